package dev.devmentor.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.MovableClock;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import dev.devmentor.testkit.TestTokens;
import dev.devmentor.testkit.TestTopics;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What tests of the running service share. All of them use one service, one database and one Kafka; every test has
 * learners of its own.
 */
@QuarkusTestResource(PlatformResource.class)
public abstract class LearningIT {
    protected static final String SERVICE = "learning-service";
    protected static final String QUIZ = "quiz.answered";
    protected static final String DEAD_LETTERS = "quiz.answered.dlq.learning-service";
    protected static final String REPLAY = "quiz.answered.replay.learning-service";
    protected static final List<String> CONSUMED = List.of(
            "quiz.answered", "task.created", "task.completed", "memory.updated", "user.erased", "pattern.learned");
    protected static final int PARTITIONS = 6;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> LEARNERS = new ConcurrentHashMap<>();

    protected TestPlatform platform;
    protected TestTokens tokens;
    protected TestTopics topics;
    protected TestPlatform.Database database;

    @Inject
    protected AgroalDataSource dataSource;

    @Inject
    protected MovableClock clock;

    @Inject
    protected MeterRegistry meters;

    @Inject
    Learners learners;

    @Inject
    CardTable cards;

    // HTTP

    /** A learner that no other test has; the same in every run, because choices are seeded by who it is. */
    protected static String newLearner(String name) {
        return name + "-" + LEARNERS.merge(name, 1, Integer::sum);
    }

    protected RequestSpecification as(String learner) {
        return with(TOKENS.computeIfAbsent(learner, tokens::learner));
    }

    protected RequestSpecification asOperator() {
        return with(TOKENS.computeIfAbsent("\0operator", _ -> tokens.operator()));
    }

    protected static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    protected JsonNode get(String learner, String path, Object... values) {
        return ok(as(learner).get(path, values));
    }

    protected Response post(String learner, String path, String body, Object... values) {
        return as(learner).body(body).post(path, values);
    }

    /** The body of an answer with status 200. */
    protected static JsonNode ok(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return json(response.asString());
    }

    protected static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    /** Asserts a problem and returns its detail. */
    protected static String problem(Response response, int status, String type) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        JsonNode problem = json(response.asString());
        assertThat(problem.get("type").textValue()).isEqualTo("https://devmentor.dev/problems/" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        return problem.path("detail").asText();
    }

    /** Answers a card over HTTP at a time. */
    protected JsonNode answer(String learner, String item, int grade, String at, String... skills) {
        return ok(post(learner, "/api/learning/reviews", """
                {"item":"%s","grade":%d,"answeredAt":"%s","skills":[%s]}""".formatted(
                        item,
                        grade,
                        at,
                        String.join(
                                ",",
                                java.util.Arrays.stream(skills)
                                        .map(skill -> "\"" + skill + "\"")
                                        .toList()))));
    }

    protected JsonNode due(String learner, String at) {
        return get(learner, "/api/learning/reviews/due?limit=200&at={at}", at);
    }

    protected static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.path(field).asText()));
        return texts;
    }

    /** Recomputes everything from the log; the last line of the report. */
    protected JsonNode verify() {
        Response response = asOperator().post("/api/learning/verify");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode last = json(response.asString().strip().lines().toList().getLast());
        assertThat(last.get("done").booleanValue()).isTrue();
        return last;
    }

    protected void assertStateFollowsFromTheLog() {
        assertThat(verify().get("mismatches").longValue()).isZero();
    }

    // Database

    protected long number(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected String text(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected int execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Entries in a learner's log. */
    protected long entries(String learner) {
        return number("SELECT count(*) FROM entry JOIN learner ON learner_id = id WHERE sub = ?", learner);
    }

    /** The card as it is stored, every bit. */
    protected @Nullable Card card(String sub, String item) {
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, sub);
            if (learner == null) {
                return null;
            }
            CardKey key = new CardKey(learner.id(), item);
            return cards.find(connection, List.of(key)).get(key);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected Card requireCard(String sub, String item) {
        return Objects.requireNonNull(card(sub, item), item);
    }

    // Events

    protected static QuizAnswered graded(String learner, String item, String answerId, String at, int grade) {
        return new QuizAnswered(
                answerId,
                learner,
                item,
                Instant.parse(at),
                grade > 1,
                grade,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    protected static <T> Envelope envelope(EventType<T> type, String id) {
        return Envelope.of(type, "https://producer.example/test", id, null);
    }

    protected static ProducerRecord<byte[], byte[]> event(QuizAnswered answer) {
        return event(
                EventTypes.QUIZ_ANSWERED, "e-" + answer.answerId() + "-" + answer.learner(), answer.learner(), answer);
    }

    protected static <T> ProducerRecord<byte[], byte[]> event(EventType<T> type, String id, String key, T data) {
        return record(
                type.topic(),
                null,
                key,
                EventEncoder.encodeData(type, data),
                EventEncoder.binaryHeaders(envelope(type, id)));
    }

    protected static ProducerRecord<byte[], byte[]> record(
            String topic,
            @Nullable Integer partition,
            @Nullable String key,
            byte @Nullable [] value,
            Map<String, byte[]> headers) {
        List<Header> list = new ArrayList<>();
        headers.forEach((name, bytes) -> list.add(new RecordHeader(name, bytes)));
        return new ProducerRecord<>(topic, partition, key == null ? null : utf8(key), value, list);
    }

    protected static ProducerRecord<byte[], byte[]> toPartition(int partition, ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), record.headers());
    }

    protected static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @SafeVarargs
    protected final void send(ProducerRecord<byte[], byte[]>... records) {
        topics.sendAll(List.of(records));
    }

    /** Sends, and waits until everything that it led to is done. */
    protected void sendAndAwait(Collection<ProducerRecord<byte[], byte[]>> records) {
        topics.sendAll(records);
        awaitQuiet();
    }

    @SafeVarargs
    protected final void sendAndAwait(ProducerRecord<byte[], byte[]>... records) {
        sendAndAwait(List.of(records));
    }

    /** How many events of a topic had that outcome so far. */
    protected double counted(String topic, String outcome) {
        Counter counter = meters.find("devmentor.events")
                .tags("topic", topic, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /** How often consumption had to wait for something that was down. */
    protected double pauses() {
        Counter counter = meters.find("devmentor.consumer.pauses").counter();
        return counter == null ? 0 : counter.count();
    }

    /** Waits until the outbox is empty and no record of a consumed topic waits: nothing is under way. */
    protected void awaitQuiet() {
        try (Admin admin = platform.kafka().admin();
                KafkaConsumer<byte[], byte[]> consumer = topics.consumer("quiet-" + UUID.randomUUID())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : CONSUMED) {
                for (int i = 0; i < PARTITIONS; i++) {
                    partitions.add(new TopicPartition(topic, i));
                }
                partitions.add(new TopicPartition(topic + ".replay." + SERVICE, 0));
            }
            consumer.assign(partitions);
            Conditions.await("nothing under way", () -> isQuiet(admin, consumer, partitions));
        }
    }

    private boolean isQuiet(Admin admin, KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        if (number("SELECT count(*) FROM outbox") > 0) {
            return false;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(SERVICE)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<TopicPartition> behind = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            long position = offset == null ? 0 : offset.offset();
            if (position < ends.get(partition)) {
                behind.add(partition);
                consumer.seek(partition, position);
            } else {
                consumer.seek(partition, ends.get(partition));
            }
        }
        // What lies between may be nothing but the marks of transactions.
        while (behind.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (!consumer.poll(Duration.ofMillis(50)).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
