package dev.devmentor.learning.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventCatalog;
import dev.devmentor.kit.consume.EventConsumer;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OperationIT extends LearningIT {
    @Inject
    EventConsumer consumer;

    @Test
    void healthIsOneLook() {
        awaitQuiet();

        JsonNode health = ok(RestAssured.get("/health"));

        assertThat(health.get("service").textValue()).isEqualTo(SERVICE);
        assertThat(health.get("version").textValue()).isNotBlank();
        assertThat(health.get("status").textValue()).isEqualTo("up");
        List<String> checks = new ArrayList<>();
        health.get("checks").fieldNames().forEachRemaining(checks::add);
        assertThat(checks)
                .containsExactlyInAnyOrder("Database connections health check", "Kafka connection health check");
        assertThat(health.get("checks")).allMatch(check -> check.textValue().equals("UP"));
        assertThat(health.get("events").get("waiting").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/live", "/ready", "/started"})
    void everyProbeIsUp(String probe) {
        assertThat(ok(RestAssured.get("/q/health" + probe)).get("status").textValue())
                .isEqualTo("UP");
    }

    @Test
    void livenessLooksAtTheLanesAndAtNoDependency() {
        JsonNode live = ok(RestAssured.get("/q/health/live"));

        assertThat(texts(live.get("checks"), "name")).containsExactly("event lanes");
    }

    @Test
    void everyMetricOfOursStandsInTheDictionary() throws IOException {
        String learner = newLearner("metrics");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        sendAndAwait(record(QUIZ, null, learner, utf8("{"), java.util.Map.of()));
        String dictionary = Files.readString(root().resolve("docs/telemetry.md"));

        Set<String> served = new TreeSet<>();
        RestAssured.get("/metrics").asString().lines().forEach(line -> {
            if (line.startsWith("devmentor_")) {
                served.add(line.replaceAll("[{ ].*", "").replaceAll("_bucket$", ""));
            }
        });

        assertThat(served)
                .contains(
                        "devmentor_events_total",
                        "devmentor_dead_letters_total",
                        "devmentor_batch_seconds_count",
                        "devmentor_batch_events_count",
                        "devmentor_consumer_lag",
                        "devmentor_consumer_freshness_seconds",
                        "devmentor_consumer_waiting",
                        "devmentor_outbox_leader",
                        "devmentor_outbox_rows",
                        "devmentor_outbox_age_seconds",
                        "devmentor_outbox_sent_total");
        assertThat(served)
                .allSatisfy(name -> assertThat(dictionary).contains("`" + name.replaceAll("_(count|sum|max)$", "")));
    }

    @Test
    void everyMetricOfTheDictionaryExists() throws IOException {
        sendAndAwait(record(QUIZ, null, newLearner("metrics"), utf8("{"), java.util.Map.of()));
        String served = RestAssured.get("/metrics").asString();
        String dictionary = Files.readString(root().resolve("docs/telemetry.md"));

        Pattern.compile("`(devmentor_[a-z_]+)")
                .matcher(dictionary)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("devmentor_consumer_pauses_total")) // only after an outage
                // Of the auth service and the gateway.
                .filter(name -> !name.matches("devmentor_(auth|password|throttle|mail|audit|gateway)_.*"))
                .forEach(name -> assertThat(served).contains("\n" + name));
    }

    @Test
    void everyRouteIsDocumentedWithASummaryOfItsOwn() {
        JsonNode document = ok(RestAssured.get("/q/openapi?format=json"));

        assertThat(new OpenApiDocument(document).summaries().values())
                .hasSizeGreaterThanOrEqualTo(10)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(document.get("info").get("title").textValue()).isEqualTo("DevMentor learning service");
    }

    @Test
    void everyRouteHasExamples() {
        JsonNode document = ok(RestAssured.get("/q/openapi?format=json"));

        assertThat(new OpenApiDocument(document).withoutExample())
                .as("routes, and what of them has no example")
                .isEmpty();
    }

    @Test
    void anUnknownPathIsAProblemToo() {
        problem(as("anybody").get("/api/learning/nothing"), 404, "not-found");
        problem(as("anybody").delete("/api/learning/settings"), 405, "method-not-allowed");
    }

    @Test
    void consumesWhatTheCatalogueSaysAndNothingElse() {
        Set<String> received = new TreeSet<>(EventCatalog.receivedBy(SERVICE));
        assertThat(consumer.topics()).containsExactlyInAnyOrderElementsOf(received);
        assertThat(CONSUMED).containsExactlyInAnyOrderElementsOf(received);
        assertThat(EventCatalog.channels())
                .filteredOn(channel -> received.contains(channel.topic()))
                .hasSize(received.size())
                .allSatisfy(channel -> assertThat(channel.receivers()).contains(SERVICE));
    }

    @Test
    void publishesWhatTheCatalogueSaysAndNothingElse() throws IOException {
        Set<String> published = new TreeSet<>();
        // The kit answers requests for erasure.
        for (String module : List.of("learning-service", "service-kit")) {
            try (var sources = Files.walk(root().resolve("services/" + module + "/src/main/java"))) {
                for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                        .toList()) {
                    Pattern.compile("\\.publish\\(\\s*EventTypes\\.([A-Z_]+)")
                            .matcher(Files.readString(source))
                            .results()
                            .map(match -> match.group(1))
                            .forEach(published::add);
                }
            }
        }
        Set<String> catalogue = new TreeSet<>();
        for (var type : dev.devmentor.events.EventTypes.all()) {
            if (EventCatalog.sentBy(SERVICE).contains(type.topic())) {
                catalogue.add(
                        type.topic().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
            }
        }
        assertThat(published).isEqualTo(catalogue);
    }

    private static Path root() {
        return Path.of(System.getProperty("devmentor.root", "../.."));
    }
}
