package dev.devmentor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestTopics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The PBML service as it is shipped does its whole job once. */
class PbmlSmokeIT {
    private static final int EVENTS = 2_000;
    private static final String TRACE =
            "java.lang.IllegalStateException: order 17 is lost\\n\\tat com.acme.Basket.add(Basket.java:17)\\n"
                    + "\\tat com.acme.Main.run(Main.java:7)\\n";

    @Test
    void theShippedServiceLearnsPatternsAndAnswersWithThem() throws Exception {
        try (SmokedService service = new SmokedService(
                "pbml-service",
                List.of(
                        "quiz.answered",
                        "task.created",
                        "task.completed",
                        "memory.updated",
                        "code.changed",
                        "error.observed",
                        "user.erased"),
                List.of("pattern.learned", "pattern.drifted", "user.erasure-completed"))) {
            String ada = service.platform().tokens().learner("ada");
            learnsFromTheStream(service, ada);
            long loadedMiB = service.residentMiB();
            learnsWhatFixesAnError(service, ada);
            everyFeatureAnswers(service, ada);
            erases(service);
            service.report(loadedMiB, EVENTS);
        }
    }

    private static void learnsFromTheStream(SmokedService service, String ada) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Instant start = Instant.parse("2026-01-05T09:00:00Z");
        for (int i = 0; i < EVENTS; i++) {
            String person = i % 2 == 0 ? "ada" : "bob";
            Instant at = start.plusSeconds(i / 20 * 36_000L + i % 20 * 60L);
            if (i % 4 < 2) {
                QuizAnswered answer = QuizAnswered.of("answer-" + i, person, "item-" + i % 40, at, i % 7 != 0);
                records.add(record("quiz.answered", i, EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer)));
            } else {
                String change = "{\"changeId\":\"c-" + i + "\",\"learner\":\"" + person
                        + "\",\"repository\":\"acme/shop\",\"changedAt\":\"" + at
                        + "\",\"origin\":\"commit\",\"files\":[{\"path\":\"src/Basket.java\",\"change\":\"modified\"},"
                        + "{\"path\":\"test/BasketTest.java\",\"change\":\"modified\"}]}";
                records.add(record("code.changed", i, change.getBytes(StandardCharsets.UTF_8)));
            }
        }
        service.platform().topics().sendAll(records);
        Conditions.await(
                "everything of ada in her model",
                () -> service.get("/api/pbml/models", ada).toString().contains("\"observations\":" + EVENTS / 2));
        service.platform().topics().awaitRecords("pattern.learned", 1);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int number, byte[] data) {
        return TestTopics.record(topic, null, null, data, SmokedService.headers(topic, "event-" + number));
    }

    private static void learnsWhatFixesAnError(SmokedService service, String ada) throws Exception {
        Instant at = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        String seen = "{\"observations\":[{\"observationId\":\"o-1\",\"observedAt\":\"" + at
                + "\",\"origin\":\"build\",\"status\":\"seen\",\"repository\":\"acme/shop\",\"text\":\"" + TRACE
                + "\"}]}";
        String gone = "{\"observations\":[{\"observationId\":\"o-2\",\"observedAt\":\"" + at.plusSeconds(60)
                + "\",\"origin\":\"build\",\"status\":\"gone\",\"repository\":\"acme/shop\",\"text\":\"" + TRACE
                + "\",\"changedFiles\":[\"src/Basket.java\"]}]}";
        JsonNode captured = service.post("/api/pbml/patterns/capture", ada, seen, 200);
        assertThat(captured.path("captured").get(0).path("outcome").asText()).isEqualTo("added");
        service.post("/api/pbml/patterns/capture", ada, gone, 200);
        JsonNode matched = service.post("/api/pbml/patterns/match", ada, "{\"text\":\"" + TRACE + "\"}", 200)
                .path("matches")
                .get(0);
        assertThat(matched.path("how").asText()).isEqualTo("exact");
        assertThat(matched.path("fixes").toString()).contains("src/Basket.java");
        JsonNode fix =
                service.post("/api/pbml/predict", ada, "{\"kind\":\"likely-fix\",\"text\":\"" + TRACE + "\"}", 200);
        assertThat(fix.path("predictions").get(0).path("subject").asText()).isEqualTo("src/Basket.java");
        assertThat(fix.path("predictions")
                        .get(0)
                        .path("evidence")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo("o-2");
        String id = matched.path("pattern").path("id").asText();
        service.put("/api/pbml/patterns/" + id, ada, "{\"title\":\"the lost order\"}");
        assertThat(service.get("/api/pbml/patterns/" + id, ada).path("title").asText())
                .isEqualTo("the lost order");
        service.post("/api/pbml/feedback", ada, "{\"pattern\":\"" + id + "\",\"helpful\":true}", 200);
        String bob = service.platform().tokens().learner("bob");
        assertThat(service.send("GET", "/api/pbml/patterns/" + id, bob, null).statusCode())
                .isEqualTo(404);
        assertThat(service.send("GET", "/api/pbml/patterns/" + id, null, null).statusCode())
                .isEqualTo(401);
    }

    /** What a native executable lacks shows as a status of 500, or as an object without fields. */
    private static void everyFeatureAnswers(SmokedService service, String ada) throws Exception {
        for (String path : List.of("patterns", "models", "performance", "context", "settings")) {
            HttpResponse<String> response = service.send("GET", "/api/pbml/" + path, ada, null);
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            assertThat(response.body()).as(path).hasSizeGreaterThan(10);
        }
        JsonNode related = service.post(
                "/api/pbml/predict",
                ada,
                "{\"kind\":\"related-files\",\"repository\":\"acme/shop\",\"files\":[\"src/Basket.java\"]}",
                200);
        assertThat(related.path("predictions").get(0).path("subject").asText()).isEqualTo("test/BasketTest.java");
        assertThat(service.post("/api/pbml/predict", ada, "{\"kind\":\"next-action\"}", 200)
                        .path("predictions"))
                .isNotEmpty();
        JsonNode saved = service.post("/api/pbml/context/save", ada, "{\"name\":\"before\",\"data\":{\"a\":1}}", 201);
        service.post("/api/pbml/context/" + saved.path("contextId").asText() + "/restore", ada, "{}", 200);
        JsonNode embedded = service.post("/api/pbml/embeddings", ada, "{\"input\":[\"cannot find symbol\"]}", 200);
        assertThat(embedded.path("data").get(0).path("embedding")).hasSize(384);
        service.put("/api/pbml/settings", ada, "{\"shareWithTeams\":true,\"shareWithEveryone\":true}");
        HttpResponse<String> started = service.send(
                "POST",
                "/api/pbml/learn",
                ada,
                "{\"type\":\"code.changed\",\"data\":{\"changeId\":\"l-1\",\"repository\":\"acme/shop\","
                        + "\"changedAt\":\"2026-03-01T10:00:00Z\",\"origin\":\"commit\","
                        + "\"files\":[{\"path\":\"README.md\",\"change\":\"modified\"}]}}\n",
                "application/x-ndjson");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String job = SmokedService.JSON.readTree(started.body()).path("id").asText();
        Conditions.await(
                "the training",
                () -> service.get("/api/pbml/learn/" + job, ada)
                        .path("state")
                        .asText()
                        .equals("done"));
        assertThat(service.send("GET", "/q/openapi", null, null).body()).contains("/api/pbml/patterns");
        assertThat(service.send("GET", "/metrics", null, null).body()).contains("devmentor_pbml_folds_total");
        assertThat(service.get("/health", null).path("status").asText()).isEqualTo("up");
        service.verified("/api/pbml/verify");
    }

    private static void erases(SmokedService service) throws Exception {
        service.platform()
                .topics()
                .send(
                        "user.erased",
                        "bob",
                        "{\"learner\":\"bob\",\"erasedAt\":\"2026-06-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8),
                        SmokedService.headers("user.erased", "erase-bob"));
        service.platform().topics().awaitRecords("user.erasure-completed", 1);
        String bob = service.platform().tokens().learner("bob");
        assertThat(service.get("/api/pbml/patterns?scope=person", bob).path("patterns"))
                .isEmpty();
    }
}
