package dev.devmentor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import dev.devmentor.testkit.TestTopics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * The learning service as it is shipped does its whole job once.
 */
class SmokeIT {
    private static final int EVENTS = 2_000;
    private static final String BINARY = "application/octet-stream";

    @Test
    void theShippedServiceTakesAnswersAndSaysWhatToReview() throws Exception {
        try (SmokedService service = new SmokedService(
                "learning-service",
                List.of(
                        "quiz.answered",
                        "task.created",
                        "task.completed",
                        "memory.updated",
                        "user.erased",
                        "pattern.learned"),
                List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed"))) {
            works(service.platform(), service);
            long loadedMiB = service.residentMiB();
            everyFeatureAnswers(service.platform().tokens().learner("ada"), service);
            service.report(loadedMiB, EVENTS);
        }
    }

    private void works(TestPlatform platform, SmokedService service) throws Exception {
        String ada = platform.tokens().learner("ada");
        assertThat(service.get("/health", null).path("status").asText()).isEqualTo("up");
        assertThat(service.get("/q/health/live", null).path("status").asText()).isEqualTo("UP");

        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Instant start = Instant.parse("2026-01-05T09:00:00Z");
        for (int i = 0; i < EVENTS; i++) {
            String learner = i % 2 == 0 ? "ada" : "bob";
            QuizAnswered answer = QuizAnswered.of(
                    "answer-" + i, learner, "item-" + i % 100, start.plusSeconds(3_600L * i), i % 7 != 0);
            records.add(TestTopics.record(
                    "quiz.answered",
                    null,
                    learner,
                    EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer),
                    SmokedService.headers(EventTypes.QUIZ_ANSWERED.name(), "event-" + i)));
        }
        platform.topics().sendAll(records);
        Conditions.await(
                "answers of ada",
                () -> service.get("/api/learning/progress/ada", ada)
                                .path("answers")
                                .asLong()
                        == EVENTS / 2);

        JsonNode due = service.get("/api/learning/reviews/due?limit=5&at=2027-01-01T00:00:00Z", ada);
        assertThat(due.path("total").asInt()).isEqualTo(50);
        ArrayNode items = (ArrayNode) due.path("items");
        assertThat(items).hasSize(5);
        String item = items.get(0).path("item").asText();

        JsonNode answered = service.post("/api/learning/reviews", ada, "{\"item\":\"" + item + "\",\"grade\":3}", 200);
        assertThat(answered.path("scheduler").asText()).isEqualTo("fsrs7");
        assertThat(Instant.parse(answered.path("dueAt").asText())).isAfter(Instant.now());
        assertThat(service.get("/api/learning/cards/" + item, ada)
                        .path("history")
                        .size())
                .isGreaterThan(1);
        assertThat(service.put("/api/learning/settings", ada, "{\"scheduler\":\"sm2\",\"reschedule\":true}")
                        .path("scheduler")
                        .asText())
                .isEqualTo("sm2");
        assertThat(service.post("/api/learning/reviews", ada, "{\"grade\":3}", 400)
                        .path("type")
                        .asText())
                .isEqualTo("https://devmentor.dev/problems/invalid-request");
        assertThat(service.send(
                                "GET",
                                "/api/learning/progress/ada",
                                platform.tokens().learner("bob"),
                                null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(service.send("GET", "/api/learning/progress/ada", null, null).statusCode())
                .isEqualTo(401);

        JsonNode last = service.verified("/api/learning/verify");
        assertThat(last.path("cards").asLong()).isEqualTo(100);
        assertThat(service.send("GET", "/metrics", null, null).body()).contains("devmentor_events_total");

        platform.topics()
                .send(
                        "user.erased",
                        "bob",
                        "{\"learner\":\"bob\",\"erasedAt\":\"2026-06-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8),
                        SmokedService.headers("user.erased", "erase-bob"));
        Conditions.await(
                "erasure of bob",
                () -> service.get(
                                        "/api/learning/progress/bob",
                                        platform.tokens().learner("bob"))
                                .path("answers")
                                .asLong(-1)
                        == 0);
        platform.topics().awaitRecords("user.erasure-completed", 1);
    }

    /** What a native executable lacks shows as a status of 500, or as an object without fields. */
    private void everyFeatureAnswers(String ada, SmokedService service) throws Exception {
        for (String path : List.of(
                "skills/ada",
                "progress/ada",
                "load",
                "models",
                "leeches",
                "achievements",
                "quizzes",
                "settings",
                "plans",
                "paths",
                "interviews",
                "export",
                "analytics/forecast",
                "analytics/heatmap",
                "analytics/retention",
                "analytics/calibration",
                "analytics/distribution")) {
            HttpResponse<String> response = service.send("GET", "/api/learning/" + path, ada, null);
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            assertThat(response.body()).as(path).hasSizeGreaterThan(10);
        }
        JsonNode quiz = service.post("/api/learning/quiz/generate", ada, "{\"skills\":[\"kafka\"],\"size\":3}", 200);
        assertThat(quiz.path("questions")).hasSize(3);
        String question = quiz.path("questions").get(0).path("id").asText();
        JsonNode graded = service.post(
                "/api/learning/quiz/submit",
                ada,
                "{\"quizId\":\"" + quiz.path("id").asText() + "\",\"answers\":[{\"questionId\":\"" + question
                        + "\",\"skipped\":true}]}",
                200);
        assertThat(graded.toString()).contains(question, "explanation");
        JsonNode ofText = service.post(
                "/api/learning/quiz/generate",
                ada,
                "{\"size\":2,\"text\":\"A partition is an ordered log of records that only grows at its end."
                        + " A broker is a server that stores records on its disks. A tombstone is a marker without a value"
                        + " that removes a key for good. An offset is a number that says where a record stands in its"
                        + " partition.\"}",
                200);
        assertThat(ofText.path("questions")).isNotEmpty();
        assertThat(service.post("/api/learning/recommend", ada, "{}", 200).size())
                .isPositive();
        assertThat(service.post("/api/learning/paths", ada, "{\"goal\":\"kafka.transactions\"}", 200)
                        .path("steps"))
                .isNotEmpty();
        JsonNode plan = service.post("/api/learning/plans", ada, "{\"kind\":\"postpone\",\"count\":3}", 200);
        assertThat(service.get("/api/learning/plans/" + plan.path("id").asText(), ada)
                        .path("moves"))
                .hasSize(3);
        assertThat(events(service, "POST", "/api/learning/models/fit", ada, null))
                .contains("\"done\"");
        assertThat(events(service, "POST", "/api/learning/analytics/simulate", ada, "{\"days\":30,\"newPerDay\":1}"))
                .contains("\"done\":true");
        assertThat(interview(service, ada).path("plan").path("days")).isNotEmpty();

        HttpResponse<String> started =
                service.send("POST", "/api/learning/imports", ada, "front,back\nWhat is a topic?,A log\n", BINARY);
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String id = SmokedService.JSON.readTree(started.body()).path("id").asText();
        Conditions.await(
                "the import",
                () -> service.get("/api/learning/imports/" + id, ada)
                        .path("state")
                        .asText()
                        .equals("done"));
        assertThat(service.send("GET", "/api/learning/export?format=apkg", ada, null, BINARY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.send("GET", "/q/openapi", null, null).body()).contains("/api/learning/quiz/generate");
    }

    private JsonNode interview(SmokedService service, String token) throws Exception {
        StringBuilder form = new StringBuilder();
        Map.of(
                        "date",
                        LocalDate.now(ZoneOffset.UTC).plusDays(20).toString(),
                        "cvText",
                        "Java developer. 2019 - 2024: built services with Java and PostgreSQL.",
                        "jobDescriptionText",
                        "Senior engineer. Requirements: Kafka partitions, SQL joins, HTTP APIs.",
                        "title",
                        "Example")
                .forEach((name, value) -> form.append("--smoke\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append("\"\r\n\r\n")
                        .append(value)
                        .append("\r\n"));
        HttpResponse<String> response = service.send(
                "POST",
                "/api/learning/interviews",
                token,
                form.append("--smoke--\r\n").toString(),
                "multipart/form-data; boundary=smoke");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SmokedService.JSON.readTree(response.body());
    }

    private String events(SmokedService service, String method, String path, String token, String body)
            throws Exception {
        HttpResponse<String> response = service.send(method, path, token, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return response.body();
    }
}
