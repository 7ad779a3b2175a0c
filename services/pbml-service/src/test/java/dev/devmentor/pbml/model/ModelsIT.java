package dev.devmentor.pbml.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A model is what its owner's log says, whatever the order and the pieces in which that came. */
@QuarkusTest
class ModelsIT extends PbmlIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Models models;

    @Inject
    HotModels hot;

    @Inject
    Owners owners;

    @Inject
    MeterRegistry meters;

    private byte[] model(String person) throws SQLException {
        return models.ask(OwnerName.person(person), OwnerState::snapshot);
    }

    private Owner owner(String person) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Objects.requireNonNull(owners.find(connection, OwnerName.person(person)));
        }
    }

    private List<String> patterns(String person) throws SQLException {
        return rows("""
                SELECT concat_ws(' ', pattern_id, p.kind, state, lower, mean, support, first_us, last_us, since_us, title, detail)
                FROM pattern p WHERE owner_id = ? ORDER BY pattern_id""", owner(person).id());
    }

    /** The same events of the same person, sent in another order and to other partitions. */
    private static List<ProducerRecord<byte[], byte[]>> scattered(
            List<ProducerRecord<byte[], byte[]>> events, long seed) {
        Random random = new Random(seed);
        List<ProducerRecord<byte[], byte[]>> scattered = new ArrayList<>();
        events.forEach(event -> scattered.add(toPartition(random.nextInt(PARTITIONS), event)));
        Collections.shuffle(scattered, random);
        return scattered;
    }

    @Test
    void isTheSameInWhateverOrderAndPiecesItsLogCame() throws SQLException {
        String inOrder = fresh("ordered");
        List<ProducerRecord<byte[], byte[]>> events = Days.of(inOrder, 11, 260);
        sendAndAwait(events);
        byte[] expected = model(inOrder);
        List<String> rows = patterns(inOrder);
        assertThat(rows).hasSizeGreaterThan(10);

        List<ProducerRecord<byte[], byte[]>> scattered = scattered(events, 5);
        // Erased from everywhere and sent anew in pieces; a person's name is part of no model.
        forgetEverything(inOrder);
        for (int from = 0; from < scattered.size(); from += 65) {
            sendAndAwait(scattered.subList(from, Math.min(scattered.size(), from + 65)));
            model(inOrder);
        }
        assertThat(model(inOrder)).isEqualTo(expected);
        assertThat(patterns(inOrder)).isEqualTo(rows);

        // Once more the same: nothing happens.
        sendAndAwait(scattered.subList(0, 100));
        assertThat(model(inOrder)).isEqualTo(expected);
    }

    @Test
    void isFoldedFromTheSavedOneWhenAnEventComesALittleLate() throws SQLException {
        String person = fresh("late");
        List<ProducerRecord<byte[], byte[]>> events = Days.of(person, 12, 400);
        List<ProducerRecord<byte[], byte[]>> early = new ArrayList<>(events);
        ProducerRecord<byte[], byte[]> late = early.remove(395);
        sendAndAwait(early);
        model(person);
        awaitQuiet();
        double resumed = folds("resumed");
        double replayed = folds("replayed");

        sendAndAwait(List.of(late));
        byte[] model = model(person);
        assertThat(folds("resumed")).isEqualTo(resumed + 1);
        assertThat(folds("replayed")).isEqualTo(replayed);
        List<String> rows = patterns(person);

        forgetWhatFollows(person);
        assertThat(model).isEqualTo(model(person));
        assertThat(rows).isEqualTo(patterns(person));
    }

    /** What comes late takes a pattern's last evidence away, which nothing else touches. */
    @Test
    void patternsAreThoseOfTheLogWhenAnEventComesLateToAModelThatIsReadAgain() throws SQLException {
        String person = fresh("late-and-again");
        Instant begin = Instant.parse("2026-03-02T08:00:00Z");
        List<ProducerRecord<byte[], byte[]>> sessions = new ArrayList<>();
        for (int i = 0; i < 79; i++) {
            // What is saved lags the end a little; nothing behind it touches the pattern.
            List<ProducerRecord<byte[], byte[]>> session = session(person, i, begin.plus(Duration.ofHours(3L * i)));
            sessions.addAll(i < 64 ? session : session.subList(0, 1));
        }
        sendAndAwait(sessions);
        model(person);
        assertThat(number("SELECT count(*) FROM model WHERE owner_id = ?", id(person)))
                .isEqualTo(1);
        sendAndAwait(session(person, 79, begin.plus(Duration.ofHours(3 * 79))));
        model(person);
        assertThat(patterns(person)).anyMatch(row -> row.contains(" 65 ") && row.contains("store a note, then answer"));

        hot.forget(id(person));
        Instant between = begin.plus(Duration.ofHours(3 * 79)).plusSeconds(30);
        sendAndAwait(List.of(event(answer(person, "between", between.toString(), 1))));
        byte[] model = model(person);
        List<String> rows = patterns(person);
        forgetWhatFollows(person);
        assertThat(model).isEqualTo(model(person));
        assertThat(rows).isEqualTo(patterns(person));
    }

    private List<ProducerRecord<byte[], byte[]>> session(String person, int number, Instant at) {
        TaskCreated task = new TaskCreated("t" + number, person, "shop", "A task", List.of("sql"), at, null, null);
        MemoryUpdated note = new MemoryUpdated(
                "m" + number,
                person,
                1,
                MemoryKind.NOTE,
                "A note",
                "text",
                List.of(),
                false,
                at.plusSeconds(60),
                false,
                null);
        return List.of(
                event(EventTypes.TASK_CREATED, person + "-t" + number, task),
                event(EventTypes.MEMORY_UPDATED, person + "-m" + number, note),
                event(answer(person, "a" + number, at.plusSeconds(120).toString(), 3)));
    }

    private double folds(String how) {
        return meters.counter("devmentor.pbml.folds", "how", how).count();
    }

    private void forgetWhatFollows(String person) throws SQLException {
        long id = owner(person).id();
        for (String table : List.of("fold", "model", "pattern")) {
            execute("DELETE FROM " + table + " WHERE owner_id = " + id);
        }
        hot.forget(id);
    }

    private void forgetEverything(String person) throws SQLException {
        long id = owner(person).id();
        for (String table : List.of("observation", "fold", "model", "pattern", "announcement", "touched")) {
            execute("DELETE FROM " + table + " WHERE owner_id = " + id);
        }
        execute("UPDATE owner SET observations = 0 WHERE id = " + id);
        hot.forget(id);
    }

    @Test
    void isTheSameAfterItWasReadAgainAndAfterAllThatFollowsFromTheLogIsGone() throws SQLException {
        String person = fresh("restarted");
        List<ProducerRecord<byte[], byte[]>> events = Days.of(person, 3, 300);
        sendAndAwait(events.subList(0, 240));
        model(person);
        sendAndAwait(events.subList(240, 300));
        byte[] expected = model(person);
        List<String> rows = patterns(person);
        long id = owner(person).id();
        assertThat(number("SELECT count(*) FROM model WHERE owner_id = " + id)).isEqualTo(1);

        hot.forget(id);
        assertThat(model(person)).isEqualTo(expected);

        forgetWhatFollows(person);
        assertThat(model(person)).isEqualTo(expected);
        assertThat(patterns(person)).isEqualTo(rows);
        assertThat(models.differs(owner(person))).isFalse();
    }

    @Test
    void mendsASavedModelThatIsDamaged() throws SQLException {
        String person = fresh("damaged");
        sendAndAwait(Days.of(person, 4, 220));
        byte[] expected = model(person);
        long id = owner(person).id();
        execute("UPDATE model SET state = '\\x00'::bytea || substring(state FROM 2) WHERE owner_id = " + id);
        hot.forget(id);
        assertThat(model(person)).isEqualTo(expected);
    }

    @Test
    void keepsNobodyInMemoryWhomAnotherInstanceErased() throws SQLException {
        String person = fresh("erased-elsewhere");
        sendAndAwait(Days.of(person, 7, 20));
        model(person);
        long id = owner(person).id();
        assertThat(hot.owners()).contains(id);
        for (String table : List.of("observation", "fold", "pattern", "announcement", "contribution")) {
            execute("DELETE FROM " + table + " WHERE owner_id = " + id);
        }
        execute("DELETE FROM owner WHERE id = " + id);
        models.forgetErased();
        assertThat(hot.owners()).doesNotContain(id);
    }

    @Test
    void foldsInTheBackground() throws SQLException {
        String person = fresh("unasked");
        sendAndAwait(Days.of(person, 6, 60));
        long id = owner(person).id();
        Conditions.await(
                "the log is folded without anybody asking",
                PATIENCE,
                () -> number("SELECT coalesce(max(observations), 0) FROM fold WHERE owner_id = " + id) == 60);
        assertThat(number("SELECT count(*) FROM pattern WHERE owner_id = " + id))
                .isPositive();
    }

    @Test
    void announcesWhatIsToBeReliedOnOnceAndItsChangesWithRisingVersions() throws SQLException, IOException {
        String person = fresh("announced");
        try (Tail tail = new Tail(topics, "pattern.learned")) {
            sendAndAwait(Days.of(person, 8, 260));
            model(person);
            awaitQuiet();
            Map<String, Integer> versions = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : tail.all()) {
                JsonNode data = JSON.readTree(record.value());
                if (data.path("scopeId").asText().equals(person)) {
                    int version = data.path("version").asInt();
                    assertThat(version)
                            .isEqualTo(
                                    versions.getOrDefault(data.path("patternId").asText(), 0) + 1);
                    versions.put(data.path("patternId").asText(), version);
                    // One that a late event took back says no more than that.
                    assertThat(data.path("evidence").isEmpty())
                            .isEqualTo(data.path("title").asText().equals("a pattern that is no more"));
                    data.path("evidence")
                            .forEach(event -> assertThat(number(
                                            "SELECT count(*) FROM observation WHERE owner_id = ? AND source = ? AND event_id = ?",
                                            id(person),
                                            event.path("source").asText(),
                                            event.path("id").asText()))
                                    .isEqualTo(1));
                }
            }
            assertThat(versions).isNotEmpty();
            assertThat(versions.keySet()).anyMatch(id -> id.startsWith("error-"));

            long id = owner(person).id();
            long said = versions.values().stream().mapToInt(Integer::intValue).sum();
            hot.forget(id);
            execute("DELETE FROM model WHERE owner_id = " + id);
            model(person);
            awaitQuiet();
            assertThat(tail.all().stream().filter(record -> utf8(record.value()).contains(person)))
                    .hasSize((int) said);
        }
    }

    private long id(String person) {
        return number("SELECT id FROM owner WHERE kind = 1 AND name = ?", person);
    }
}
