package dev.devmentor.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Stands for the learning service in tests of the launcher: takes its environment, its topic and its HTTP interface, and
 * computes nothing. It reads the whole topic at every start, so it needs no database. While the file named by FAKE_HOLD
 * is there it applies nothing, and while the one named by FAKE_LINGER is there it does not end when it is asked to.
 */
public final class FakeLearningService {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Set<String>> ANSWERS = new ConcurrentHashMap<>();

    private FakeLearningService() {}

    public static void main(String[] args) throws IOException {
        FakeService.begin(FakeService.SERVICE);
        Thread.ofPlatform().daemon().start(FakeLearningService::consume);
        HttpServer server = FakeService.server();
        server.createContext("/api/learning/progress/", exchange -> {
            String learner = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            if (!learner.equals(subject(exchange))) {
                send(exchange, 404, "{\"title\":\"Not found\",\"detail\":\"there is no such learner\"}");
                return;
            }
            int count = ANSWERS.getOrDefault(learner, Set.of()).size();
            send(exchange, 200, "{\"learner\":\"" + learner + "\",\"answers\":" + count + "}");
        });
        server.createContext(
                "/api/learning/reviews/due", exchange -> send(exchange, 200, """
                        {"learner":"%s","at":"2026-11-23T10:00:00Z","total":7,"items":[
                        {"item":"card-1","dueAt":"2026-11-21T10:00:00Z","overdueDays":2,"state":"review","skills":[],
                        "predictedRecall":0.71,"reason":{"kind":"forgetting","text":"recall falls"}}],"next":null}
                        """.formatted(subject(exchange))));
        server.createContext("/api/learning/reviews", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            if (body.path("item").asText().equals("unknown")) {
                send(exchange, 422, "{\"title\":\"Refused\",\"detail\":\"no such item\",\"status\":422}");
            } else {
                send(
                        exchange,
                        200,
                        "{\"item\":" + body.path("item")
                                + ",\"dueAt\":\"2026-11-26T04:00:00Z\",\"intervalDays\":3,\"scheduler\":\"fsrs-6\"}");
            }
        });
        server.createContext("/api/learning/quiz/generate", exchange -> send(exchange, 200, """
                        {"id":"q-1","title":"Kafka","minutes":1,"load":{"load":0.6,"pause":{"reason":"high-load",
                         "text":"The load is high: 60 %.","minutes":15}},
                         "questions":[{"id":"bank:one","type":"single-choice","bloom":"apply","seconds":40,"prompt":"Which?",
                          "options":[{"id":"a","text":"first"},{"id":"b","text":"second"}]}]}
                        """));
        server.createContext("/api/learning/quiz/submit", exchange -> send(exchange, 200, """
                        {"quizId":"q-1","answered":1,"correct":1,"points":1.0,"open":[],
                         "skills":[{"skill":"kafka","name":"Topics","answered":1,"correct":1}],"answers":[]}
                        """));
        server.createContext("/api/learning/load", exchange -> send(exchange, 200, """
                        {"load":0.4,"pause":{"reason":"long-session","text":"You have worked for 52 minutes.","minutes":10}}
                        """));
        server.createContext("/api/learning/verify", exchange -> send(exchange, 200, """
                        {"learners":1,"cards":5,"entries":9,"mismatches":0}
                        {"learners":1,"cards":10,"entries":20,"mismatches":0,"done":true}
                        """));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("fake learning service listens");
    }

    /** Reads every partition of {@code quiz.answered} from its first record on. */
    static KafkaConsumer<byte[], byte[]> answersFromTheBeginning(String bootstrapServers) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("quiz.answered").stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static void consume() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                answersFromTheBeginning(System.getenv("KAFKA_BOOTSTRAP_SERVERS"))) {
            while (true) {
                String hold = System.getenv("FAKE_HOLD");
                if (hold != null && !Waiting.until(Duration.ofMinutes(5), () -> !Files.exists(Path.of(hold)))) {
                    throw new IllegalStateException("ERROR held for too long");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    try {
                        JsonNode data = JSON.readTree(record.value());
                        ANSWERS.computeIfAbsent(data.path("learner").asText(), l -> ConcurrentHashMap.newKeySet())
                                .add(data.path("answerId").asText());
                    } catch (IOException e) {
                        System.out.println("not JSON: " + e.getMessage());
                    }
                });
            }
        }
    }

    private static String subject(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                .path("sub")
                .asText();
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
