package dev.devmentor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import dev.devmentor.testkit.TestTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * The learning service as it is shipped does its whole job once. Runs the JVM build, or with
 * {@code -Ddevmentor.executable=FILE} a native executable; {@code scripts/native} does the latter.
 */
class SmokeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS = 2_000;
    private static final String BINARY = "application/octet-stream";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theShippedServiceTakesAnswersAndSaysWhatToReview() throws Exception {
        Path root = Path.of(System.getProperty("devmentor.root"));
        String executable = System.getProperty("devmentor.executable");
        try (TestPlatform platform = TestPlatform.exclusive()) {
            platform.resetTopics(EventTopics.of(
                    "learning-service",
                    List.of(
                            "quiz.answered",
                            "task.created",
                            "task.completed",
                            "memory.updated",
                            "user.erased",
                            "pattern.learned"),
                    List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed")));
            TestPlatform.Database database = platform.newDatabase();
            LocalService service = LocalService.of(
                            root, "learning-service", PartPlace.in(platform.home(), "smoke"), Ports.free())
                    .withKafka(platform.kafka().bootstrapServers())
                    .withDatabase(database.jdbcUrl(), database.username(), database.password())
                    .withIssuer(platform.issuer().url())
                    .with("DEVMENTOR_ERASURE_KEY", PlatformResource.ERASURE_KEY);
            if (executable != null) {
                service.withExecutable(Path.of(executable));
            }
            long began = System.nanoTime();
            service.start();
            long readyMillis = (System.nanoTime() - began) / 1_000_000;
            long idleMiB = residentMiB(service.pid());
            try {
                works(platform, service);
                long loadedMiB = residentMiB(service.pid());
                everyFeatureAnswers(platform.tokens().learner("ada"), service);
                String report = String.format(
                        Locale.ROOT,
                        "%s: ready after %d ms (%s), RSS %d MiB idle, %d MiB after %d events%n",
                        executable == null ? "jvm" : "native",
                        readyMillis,
                        startedIn(service.log()),
                        idleMiB,
                        loadedMiB,
                        EVENTS);
                String reportFile = System.getProperty("devmentor.smoke.report");
                if (reportFile != null) {
                    Files.writeString(Path.of(reportFile), report);
                }
                System.out.print(report);
            } finally {
                service.stop();
            }
        }
    }

    private void works(TestPlatform platform, LocalService service) throws Exception {
        String ada = platform.tokens().learner("ada");
        assertThat(get(service, "/health", null).path("status").asText()).isEqualTo("up");
        assertThat(get(service, "/q/health/live", null).path("status").asText()).isEqualTo("UP");

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
                    headers(EventTypes.QUIZ_ANSWERED.name(), "event-" + i)));
        }
        platform.topics().sendAll(records);
        Conditions.await(
                "answers of ada",
                () -> get(service, "/api/learning/progress/ada", ada)
                                .path("answers")
                                .asLong()
                        == EVENTS / 2);

        JsonNode due = get(service, "/api/learning/reviews/due?limit=5&at=2027-01-01T00:00:00Z", ada);
        assertThat(due.path("total").asInt()).isEqualTo(50);
        ArrayNode items = (ArrayNode) due.path("items");
        assertThat(items).hasSize(5);
        String item = items.get(0).path("item").asText();

        JsonNode answered = post(service, "/api/learning/reviews", ada, "{\"item\":\"" + item + "\",\"grade\":3}", 200);
        assertThat(answered.path("scheduler").asText()).isEqualTo("fsrs7");
        assertThat(Instant.parse(answered.path("dueAt").asText())).isAfter(Instant.now());
        assertThat(get(service, "/api/learning/cards/" + item, ada)
                        .path("history")
                        .size())
                .isGreaterThan(1);
        assertThat(put(service, "/api/learning/settings", ada, "{\"scheduler\":\"sm2\",\"reschedule\":true}")
                        .path("scheduler")
                        .asText())
                .isEqualTo("sm2");
        assertThat(post(service, "/api/learning/reviews", ada, "{\"grade\":3}", 400)
                        .path("type")
                        .asText())
                .isEqualTo("https://devmentor.dev/problems/invalid-request");
        assertThat(send(
                                service,
                                "GET",
                                "/api/learning/progress/ada",
                                platform.tokens().learner("bob"),
                                null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(service, "GET", "/api/learning/progress/ada", null, null)
                        .statusCode())
                .isEqualTo(401);

        String verified = send(
                        service,
                        "POST",
                        "/api/learning/verify",
                        platform.tokens().operator(),
                        null)
                .body();
        JsonNode last = JSON.readTree(verified.substring(verified.trim().lastIndexOf('\n') + 1));
        assertThat(last.path("done").asBoolean()).as(verified).isTrue();
        assertThat(last.path("mismatches").asLong())
                .as("differences from the log, and of the build's arithmetic from the tested one")
                .isZero();
        assertThat(last.path("cards").asLong()).isEqualTo(100);
        assertThat(send(service, "GET", "/metrics", null, null).body()).contains("devmentor_events_total");

        platform.topics()
                .send(
                        "user.erased",
                        "bob",
                        "{\"learner\":\"bob\",\"erasedAt\":\"2026-06-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8),
                        headers("user.erased", "erase-bob"));
        Conditions.await(
                "erasure of bob",
                () -> get(
                                        service,
                                        "/api/learning/progress/bob",
                                        platform.tokens().learner("bob"))
                                .path("answers")
                                .asLong(-1)
                        == 0);
        platform.topics().awaitRecords("user.erasure-completed", 1);
    }

    /** What a native executable lacks shows as a status of 500, or as an object without fields. */
    private void everyFeatureAnswers(String ada, LocalService service) throws Exception {
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
            HttpResponse<String> response = send(service, "GET", "/api/learning/" + path, ada, null);
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            assertThat(response.body()).as(path).hasSizeGreaterThan(10);
        }
        JsonNode quiz = post(service, "/api/learning/quiz/generate", ada, "{\"skills\":[\"kafka\"],\"size\":3}", 200);
        assertThat(quiz.path("questions")).hasSize(3);
        String question = quiz.path("questions").get(0).path("id").asText();
        JsonNode graded = post(
                service,
                "/api/learning/quiz/submit",
                ada,
                "{\"quizId\":\"" + quiz.path("id").asText() + "\",\"answers\":[{\"questionId\":\"" + question
                        + "\",\"skipped\":true}]}",
                200);
        assertThat(graded.toString()).contains(question, "explanation");
        JsonNode ofText = post(
                service,
                "/api/learning/quiz/generate",
                ada,
                "{\"size\":2,\"text\":\"A partition is an ordered log of records that only grows at its end."
                        + " A broker is a server that stores records on its disks. A tombstone is a marker without a value"
                        + " that removes a key for good. An offset is a number that says where a record stands in its"
                        + " partition.\"}",
                200);
        assertThat(ofText.path("questions")).isNotEmpty();
        assertThat(post(service, "/api/learning/recommend", ada, "{}", 200).size())
                .isPositive();
        assertThat(post(service, "/api/learning/paths", ada, "{\"goal\":\"kafka.transactions\"}", 200)
                        .path("steps"))
                .isNotEmpty();
        JsonNode plan = post(service, "/api/learning/plans", ada, "{\"kind\":\"postpone\",\"count\":3}", 200);
        assertThat(get(service, "/api/learning/plans/" + plan.path("id").asText(), ada)
                        .path("moves"))
                .hasSize(3);
        assertThat(events(service, "POST", "/api/learning/models/fit", ada, null))
                .contains("\"done\"");
        assertThat(events(service, "POST", "/api/learning/analytics/simulate", ada, "{\"days\":30,\"newPerDay\":1}"))
                .contains("\"done\":true");
        assertThat(interview(service, ada).path("plan").path("days")).isNotEmpty();

        HttpResponse<String> started =
                send(service, "POST", "/api/learning/imports", ada, "front,back\nWhat is a topic?,A log\n", BINARY);
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String id = JSON.readTree(started.body()).path("id").asText();
        Conditions.await(
                "the import",
                () -> get(service, "/api/learning/imports/" + id, ada)
                        .path("state")
                        .asText()
                        .equals("done"));
        assertThat(send(service, "GET", "/api/learning/export?format=apkg", ada, null, BINARY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(service, "GET", "/q/openapi", null, null).body()).contains("/api/learning/quiz/generate");
    }

    private JsonNode interview(LocalService service, String token) throws Exception {
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
        HttpResponse<String> response = send(
                service,
                "POST",
                "/api/learning/interviews",
                token,
                form.append("--smoke--\r\n").toString(),
                "multipart/form-data; boundary=smoke");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private String events(LocalService service, String method, String path, String token, String body)
            throws Exception {
        HttpResponse<String> response = send(service, method, path, token, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return response.body();
    }

    private static Map<String, String> headers(String type, String id) {
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        EventEncoder.binaryHeaders(new Envelope(id, "/smoke", type, null, null, null, null, null))
                .forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
        return headers;
    }

    private JsonNode get(LocalService service, String path, String token) throws Exception {
        HttpResponse<String> response = send(service, "GET", path, token, null);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private JsonNode post(LocalService service, String path, String token, String body, int status) throws Exception {
        HttpResponse<String> response = send(service, "POST", path, token, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private JsonNode put(LocalService service, String path, String token, String body) throws Exception {
        HttpResponse<String> response = send(service, "PUT", path, token, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(LocalService service, String method, String path, String token, String body)
            throws Exception {
        return send(service, method, path, token, body, "application/json");
    }

    private HttpResponse<String> send(
            LocalService service, String method, String path, String token, String body, String contentType)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Content-Type", contentType)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static long residentMiB(long pid) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }

    private static String startedIn(Path log) throws Exception {
        for (String line : Files.readAllLines(log)) {
            int at = line.indexOf("started in ");
            if (at >= 0) {
                return line.substring(at).replaceAll("s\\..*", "s");
            }
        }
        return "start time not logged";
    }
}
