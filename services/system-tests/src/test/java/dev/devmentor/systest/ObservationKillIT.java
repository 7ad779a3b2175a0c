package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The log of observations, whose service dies between any two durable steps of consuming. */
class ObservationKillIT {
    private static final long SEED = 20_264;
    private static final String SERVICE = "pbml-service";
    private static final List<String> CONSUMED = List.of(
            "quiz.answered",
            "task.created",
            "task.completed",
            "memory.updated",
            "code.changed",
            "error.observed",
            "user.erased");
    private static final List<String> PRODUCED =
            List.of("pattern.learned", "pattern.drifted", "user.erasure-completed");

    /** Every place between two durable steps of consuming, in the order in which they are reached. */
    private static final List<String> POINTS = List.of(
            "log.locked",
            "log.appended",
            "transaction.before-commit",
            "transaction.after-commit",
            "consumer.after-apply",
            "consumer.after-commit");

    private final TestPlatform platform = TestPlatform.shared();
    private final Map<String, String> expected = new HashMap<>();

    @Test
    void aDeathBetweenAnyTwoStepsLosesNothingAndDoublesNothing() throws SQLException, InterruptedException {
        Figures figures = Figures.of(getClass(), "death between any two durable steps of consuming", SEED);
        platform.resetTopics(new ArrayList<>(EventTopics.of(SERVICE, CONSUMED, PRODUCED)));
        TestPlatform.Database database = platform.newDatabase();
        Random random = new Random(SEED);
        int deaths = 0;
        for (int n : Counts.CRASHES) {
            for (String point : POINTS) {
                platform.topics().sendAll(events(random, Counts.CRASH_EVENTS));
                String crash = point + ":" + n;
                LocalService dying = service(database).withSystemProperty("devmentor.crash", crash);
                try {
                    dying.start();
                } catch (PartFailed early) {
                    assertThat(dying.isAlive()).as(early.getMessage()).isFalse();
                }
                Conditions.await("the end at " + crash, Counts.HANGS, () -> !dying.isAlive());
                forgetDeadMembers();
                deaths++;
            }
        }
        LocalService last = service(database);
        last.start();
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            Conditions.await(
                    "everything is in the log",
                    Counts.HANGS,
                    () -> number(connection, "SELECT count(*) FROM observation") >= expected.size());
            assertThat(log(connection)).isEqualTo(expected);
            assertThat(number(connection, "SELECT count(*) FROM observation")).isEqualTo(expected.size());
            assertThat(number(connection, """
                    SELECT count(*) FROM owner w
                    WHERE w.observations <> (SELECT count(*) FROM observation o WHERE o.owner_id = w.id)""")).isZero();
            assertThat(number(connection, "SELECT count(DISTINCT owner_id) FROM touched"))
                    .as("nobody whose log grew is forgotten")
                    .isEqualTo(number(connection, "SELECT count(*) FROM owner"));
        } finally {
            last.stop();
        }
        figures.passed(
                POINTS.size() + " points, each at times " + Counts.CRASHES + ", " + expected.size() + " events",
                deaths + " deaths; every event once in the log, and counted once");
    }

    private LocalService service(TestPlatform.Database database) {
        return LocalService.of(
                        Path.of(System.getProperty("devmentor.root", "../..")),
                        SERVICE,
                        PartPlace.in(platform.home(), SERVICE),
                        Ports.free())
                .withKafka(platform.kafka().bootstrapServers())
                .withDatabase(database.jdbcUrl(), database.username(), database.password())
                .withIssuer(platform.issuer().url())
                .with("DEVMENTOR_ERASURE_KEY", PlatformResource.ERASURE_KEY)
                // Only what is consumed is looked at; notes stay until somebody folds.
                .with("DEVMENTOR_PBML_FOLD_BACKGROUND", "false")
                // Many small steps, so that every point is reached often enough.
                .with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "50");
    }

    private void forgetDeadMembers() throws InterruptedException {
        try (Admin admin = platform.kafka().admin()) {
            admin.removeMembersFromConsumerGroup(SERVICE, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        } catch (ExecutionException nobodyThere) {
            // A group without members has nobody to forget.
            return;
        }
    }

    private List<ProducerRecord<byte[], byte[]>> events(Random random, int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "e-" + expected.size();
            String who = "who-" + random.nextInt(30);
            Instant at = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(random.nextInt(100_000));
            records.add(
                    switch (random.nextInt(3)) {
                        case 0 ->
                            record(
                                    EventTypes.QUIZ_ANSWERED,
                                    id,
                                    QuizAnswered.of("a-" + id, who, "item", at, random.nextBoolean()));
                        case 1 ->
                            record(
                                    EventTypes.CODE_CHANGED,
                                    id,
                                    new CodeChanged(
                                            "c-" + id,
                                            who,
                                            "acme/shop",
                                            null,
                                            null,
                                            at,
                                            ChangeOrigin.SAVE,
                                            null,
                                            List.of(new FileChange(
                                                    "a.java", FileChangeKind.MODIFIED, null, 1, 2, null)),
                                            List.of(),
                                            null,
                                            null));
                        default ->
                            record(
                                    EventTypes.ERROR_OBSERVED,
                                    id,
                                    new ErrorObserved(
                                            "o-" + id,
                                            null,
                                            "acme/" + who,
                                            at,
                                            ErrorOrigin.BUILD,
                                            ErrorStatus.SEEN,
                                            null,
                                            null,
                                            "no such symbol " + i,
                                            1,
                                            List.of(),
                                            null,
                                            null,
                                            List.of(),
                                            null));
                    });
        }
        return records;
    }

    private <T> ProducerRecord<byte[], byte[]> record(EventType<T> type, String id, T data) {
        expected.put(id, EventEncoder.encodeDataAsText(type, data));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(type.topic(), null, EventEncoder.encodeData(type, data));
        EventEncoder.binaryHeaders(Envelope.of(type, "/test/observations", id, null))
                .forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    private static Map<String, String> log(Connection connection) throws SQLException {
        Map<String, String> log = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT event_id, data FROM observation")) {
            while (rows.next()) {
                log.put(rows.getString(1), rows.getString(2));
            }
        }
        return log;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
