package dev.devmentor.pbml;

import dev.devmentor.events.ChangeOrigin;
import dev.devmentor.events.CodeChanged;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.ErrorOrigin;
import dev.devmentor.events.ErrorStatus;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.FileChange;
import dev.devmentor.events.FileChangeKind;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.testkit.Consumption;
import dev.devmentor.testkit.MovableClock;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import dev.devmentor.testkit.TestTokens;
import dev.devmentor.testkit.TestTopics;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What tests of the running service share. All of them use one service, one database and one Kafka; every test has
 * owners of its own.
 */
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "service", value = PbmlIT.SERVICE))
public abstract class PbmlIT {
    protected static final String SERVICE = "pbml-service";
    protected static final String SOURCE = "https://producer.example/test";
    protected static final List<String> CONSUMED = List.of(
            "quiz.answered",
            "task.created",
            "task.completed",
            "memory.updated",
            "code.changed",
            "error.observed",
            "user.erased");
    protected static final int PARTITIONS = 6;

    private static final Map<String, Integer> NAMES = new ConcurrentHashMap<>();

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

    /** A name that no other test has; the same in every run. */
    protected static String fresh(String name) {
        return name + "-" + NAMES.merge(name, 1, Integer::sum);
    }

    // Database

    protected long number(String sql, Object... parameters) {
        return Long.parseLong(rows(sql, parameters).getFirst());
    }

    /** First column of every row, as text. */
    protected List<String> rows(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Tables that hold something of owners. */
    protected List<String> tablesOfOwners() {
        return rows("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'owner_id'
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname""");
    }

    protected int execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Rows of an owner's log. */
    protected long observations(OwnerName owner) {
        return number(
                "SELECT count(*) FROM observation JOIN owner w ON owner_id = w.id WHERE w.kind = ? AND w.name = ?",
                owner.kind().code(),
                owner.name());
    }

    protected long observations(String person) {
        return observations(OwnerName.person(person));
    }

    /** Everything of a person's log but when it was received, in the order of folding. */
    protected List<String> log(String person) {
        return rows("""
                SELECT concat_ws(' ', o.kind, o.at_us, o.source, o.event_id, o.event_key, o.answer_key, o.data)
                FROM observation o JOIN owner w ON o.owner_id = w.id WHERE w.kind = 1 AND w.name = ?
                ORDER BY o.at_us, o.source, o.event_id""", person);
    }

    /** Owners of whom the number of observations is another than the log says. */
    protected List<String> miscounted() {
        return rows("""
                SELECT w.name FROM owner w
                WHERE w.observations <> (SELECT count(*) FROM observation o WHERE o.owner_id = w.id)""");
    }

    // Events

    protected static QuizAnswered answer(String learner, String answerId, String at, int grade) {
        return new QuizAnswered(
                answerId,
                learner,
                "item-" + answerId,
                Instant.parse(at),
                grade > 1,
                grade,
                List.of("sql"),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    protected static TaskCreated task(@Nullable String learner, String id, String at) {
        return new TaskCreated(id, learner, "shop", "A task", List.of("sql"), Instant.parse(at), null, null);
    }

    protected static TaskCompleted completed(String learner, String id, String at) {
        return new TaskCompleted(id, learner, List.of("sql"), Instant.parse(at), null, null);
    }

    protected static MemoryUpdated memory(String learner, String id, String at) {
        return new MemoryUpdated(
                id,
                learner,
                1,
                MemoryKind.NOTE,
                "A note",
                "Rollback undoes.",
                List.of("sql"),
                true,
                Instant.parse(at),
                false,
                null);
    }

    protected static CodeChanged code(String learner, String id, String at) {
        return new CodeChanged(
                id,
                learner,
                "acme/shop",
                "main",
                "abc1234",
                Instant.parse(at),
                ChangeOrigin.COMMIT,
                "Fix the basket",
                List.of(new FileChange("src/Basket.java", FileChangeKind.MODIFIED, null, 1, 0, null)),
                List.of(),
                null,
                null);
    }

    protected static ErrorObserved error(@Nullable String learner, @Nullable String repository, String id, String at) {
        return new ErrorObserved(
                id,
                learner,
                repository,
                Instant.parse(at),
                ErrorOrigin.BUILD,
                ErrorStatus.SEEN,
                null,
                "./mvnw verify",
                "java.lang.IllegalStateException: größer\n\tat a.B.c(B.java:1)\n",
                1,
                List.of(),
                null,
                null,
                List.of(),
                null);
    }

    protected static Envelope envelope(EventType<?> type, String id) {
        return Envelope.of(type, SOURCE, id, null);
    }

    /** An answer in an event whose id follows from it. */
    protected static ProducerRecord<byte[], byte[]> event(QuizAnswered answer) {
        return event(EventTypes.QUIZ_ANSWERED, "e-" + answer.answerId() + "-" + answer.learner(), answer);
    }

    protected static <T> ProducerRecord<byte[], byte[]> event(EventType<T> type, String id, T data) {
        return record(
                type.topic(),
                null,
                null,
                EventEncoder.encodeData(type, data),
                EventEncoder.binaryHeaders(envelope(type, id)));
    }

    /** Headers of an event of the tests' producer. */
    public static List<Header> headers(EventType<?> type, String id) {
        List<Header> list = new ArrayList<>();
        EventEncoder.binaryHeaders(envelope(type, id))
                .forEach((name, bytes) -> list.add(new RecordHeader(name, bytes)));
        return list;
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
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
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

    /** Waits until the outbox is empty and no record of a consumed topic waits: nothing is under way. */
    protected void awaitQuiet() {
        new Consumption(platform, SERVICE, CONSUMED)
                .awaitEverything("nothing under way", () -> number("SELECT count(*) FROM outbox") == 0);
    }
}
