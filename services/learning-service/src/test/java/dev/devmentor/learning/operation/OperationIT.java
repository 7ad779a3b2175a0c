package dev.devmentor.learning.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventCatalog;
import dev.devmentor.kit.consume.EventConsumer;
import dev.devmentor.learning.LearningIT;
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
    private static final Set<String> JSON_TYPES =
            Set.of("application/json", "application/x-ndjson", "text/event-stream");

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

        List<String> summaries = new ArrayList<>();
        document.get("paths")
                .forEach(path -> path.fields().forEachRemaining(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        assertThat(operation.getValue().path("summary").asText())
                                .as(operation.getKey() + " " + operation.getValue())
                                .isNotBlank();
                        summaries.add(operation.getValue().get("summary").textValue());
                    }
                }));
        assertThat(summaries).hasSizeGreaterThanOrEqualTo(10).doesNotHaveDuplicates();
        assertThat(document.get("info").get("title").textValue()).isEqualTo("DevMentor learning service");
    }

    @Test
    void everyRouteHasExamples() {
        JsonNode document = ok(RestAssured.get("/q/openapi?format=json"));

        Set<String> without = new TreeSet<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        String route = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                        withoutExample(document, path.getValue(), operation.getValue())
                                .forEach(what -> without.add(route + ": " + what));
                    }
                }));

        assertThat(without).as("routes, and what of them has no example").isEmpty();
    }

    /** Parameters and bodies of an operation that have no example. */
    private static List<String> withoutExample(JsonNode document, JsonNode path, JsonNode operation) {
        List<String> without = new ArrayList<>();
        for (JsonNode parameters : List.of(path.path("parameters"), operation.path("parameters"))) {
            for (JsonNode parameter : parameters) {
                JsonNode found = resolve(document, parameter);
                String in = found.path("in").asText();
                if (Set.of("path", "query").contains(in)
                        && !hasExample(found)
                        && !hasExample(resolve(document, found.path("schema")))) {
                    without.add("the " + in + " parameter " + found.path("name").asText());
                }
            }
        }
        JsonNode request = resolve(document, operation.path("requestBody"));
        bodiesWithoutExample(document, request).forEach(type -> without.add("the request body as " + type));
        operation.path("responses").fields().forEachRemaining(response -> {
            if (response.getKey().startsWith("2")) {
                bodiesWithoutExample(document, resolve(document, response.getValue()))
                        .forEach(type -> without.add("the body of " + response.getKey() + " as " + type));
            }
        });
        return without;
    }

    /** Types of a body, among those that are JSON, whose schema has no example. */
    private static List<String> bodiesWithoutExample(JsonNode document, JsonNode body) {
        List<String> without = new ArrayList<>();
        body.path("content").fields().forEachRemaining(content -> {
            String type = content.getKey().replaceAll(";.*", "").strip();
            if (JSON_TYPES.contains(type)
                    && !isExemplified(document, content.getValue().path("schema"), Set.of())) {
                without.add(type);
            }
        });
        return without;
    }

    /** Whether a schema, or else all of its leaves, have an example. */
    private static boolean isExemplified(JsonNode document, JsonNode schema, Set<String> visited) {
        if (hasExample(schema)) {
            return true;
        }
        Set<String> seen = new TreeSet<>(visited);
        if (schema.has("$ref")) {
            // What contains itself is judged by its other properties.
            return !seen.add(schema.get("$ref").textValue())
                    || isExemplified(document, resolve(document, schema), seen);
        }
        List<JsonNode> parts = new ArrayList<>();
        schema.path("properties").forEach(parts::add);
        for (String alternatives : List.of("allOf", "anyOf", "oneOf")) {
            for (JsonNode alternative : schema.path(alternatives)) {
                if (!alternative.path("type").asText().equals("null")) {
                    parts.add(alternative);
                }
            }
        }
        for (String element : List.of("items", "additionalProperties")) {
            if (schema.path(element).isObject()) {
                parts.add(schema.get(element));
            }
        }
        return !parts.isEmpty() && parts.stream().allMatch(part -> isExemplified(document, part, seen));
    }

    private static boolean hasExample(JsonNode node) {
        return !node.path("example").isMissingNode() || !node.path("examples").isEmpty();
    }

    /** What a reference points to; the node itself if it is none. */
    private static JsonNode resolve(JsonNode document, JsonNode node) {
        Set<String> visited = new TreeSet<>();
        JsonNode found = node;
        while (found.has("$ref") && visited.add(found.get("$ref").textValue())) {
            found = document.at(found.get("$ref").textValue().substring(1));
        }
        return found;
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
