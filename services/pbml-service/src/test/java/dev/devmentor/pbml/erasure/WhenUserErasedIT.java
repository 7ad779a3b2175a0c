package dev.devmentor.pbml.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.testkit.Tail;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WhenUserErasedIT extends PbmlIT {
    private static final String COMPLETED = "user.erasure-completed";
    private static final String AT = "2026-03-01T10:00:00Z";

    private static ProducerRecord<byte[], byte[]> erased(String person, String id) {
        return event(
                EventTypes.USER_ERASED,
                id + person,
                new UserErased(person, Instant.parse("2026-03-10T00:00:00Z"), "self", null));
    }

    private static List<ProducerRecord<byte[], byte[]>> everything(String person) {
        return List.of(
                event(EventTypes.TASK_CREATED, "t" + person, task(person, "t", AT)),
                event(EventTypes.TASK_COMPLETED, "d" + person, completed(person, "t", AT)),
                event(EventTypes.QUIZ_ANSWERED, "q" + person, answer(person, "a", AT, 3)),
                event(EventTypes.MEMORY_UPDATED, "m" + person, memory(person, "m", AT)),
                event(EventTypes.CODE_CHANGED, "c" + person, code(person, "c", AT)),
                event(EventTypes.ERROR_OBSERVED, "o" + person, error(person, "acme/shop", "o", AT)));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return new JsonMapper().readTree(utf8(bytes));
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Of every table that there is with rows of owners, also of one that somebody adds and does not think of here. */
    private void assertNothingIsOrphaned() {
        assertThat(tablesOfOwners()).contains("observation", "touched");
        for (String table : tablesOfOwners()) {
            assertThat(number("SELECT count(*) FROM " + table
                            + " t WHERE NOT EXISTS (SELECT 1 FROM owner w WHERE w.id = t.owner_id)"))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void everythingOfThePersonGoesAndNobodyElsesDoes() {
        String person = fresh("erased");
        String other = fresh("kept");
        sendAndAwait(everything(person));
        sendAndAwait(everything(other));
        // A repository is nobody, even if it is called as somebody is.
        sendAndAwait(event(EventTypes.ERROR_OBSERVED, fresh("e"), error(null, person, "o", AT)));
        List<String> kept = log(other);
        try (Tail completed = new Tail(topics, COMPLETED)) {
            sendAndAwait(erased(person, "erase-"));

            JsonNode done = json(completed
                    .await(record ->
                            json(record.value()).path("learner").asText().equals(person))
                    .value());
            assertThat(done.get("service").textValue()).isEqualTo(SERVICE);
            assertThat(done.get("erasureId").textValue()).isEqualTo("erase-" + person);
            assertThat(done.get("counts").get("observation").longValue()).isEqualTo(6);
        }
        assertThat(number("SELECT count(*) FROM owner WHERE kind = 1 AND name = ?", person))
                .isZero();
        assertThat(observations(OwnerName.repository(person))).isEqualTo(1);
        assertThat(log(other)).isEqualTo(kept).hasSize(6);
        assertNothingIsOrphaned();
    }

    @Test
    void whateverArrivesLaterOrIsReplayedIsCountedAndDoesNothing() {
        String person = fresh("erased");
        sendAndAwait(everything(person));
        sendAndAwait(erased(person, "erase-"));
        double ignored = counted("quiz.answered", "ignored");
        long before = number("SELECT sum(ignored) FROM erased");

        sendAndAwait(everything(person));
        sendAndAwait(
                event(EventTypes.QUIZ_ANSWERED, "late" + person, answer(person, "a-2", AT, 3)),
                record(
                        "quiz.answered.replay.pbml-service",
                        null,
                        null,
                        EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer(person, "a-3", AT, 3)),
                        EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, "replayed" + person))));

        assertThat(counted("quiz.answered", "ignored") - ignored).isEqualTo(3);
        assertThat(number("SELECT sum(ignored) FROM erased") - before).isEqualTo(8);
        assertThat(number("SELECT count(*) FROM owner WHERE name = ?", person)).isZero();
        assertNothingIsOrphaned();
    }

    @Test
    void noTableHoldsTheIdOfAnErasedPerson() {
        String person = fresh("erased");
        sendAndAwait(everything(person));

        sendAndAwait(erased(person, "erase-"));
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "late" + person, answer(person, "a-2", AT, 3)));

        for (String table : rows("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition""")) {
            assertThat(number("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%' || ? || '%'", person))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void aRepeatedRequestIsAnsweredOnceAndAnotherRequestAgainWithNothingToCount() {
        String person = fresh("erased");
        sendAndAwait(everything(person));
        double duplicates = counted("user.erased", "duplicate");
        try (Tail completed = new Tail(topics, COMPLETED)) {
            sendAndAwait(erased(person, "one-"), erased(person, "one-"));
            sendAndAwait(erased(person, "one-"));
            sendAndAwait(erased(person, "two-"));

            assertThat(completed.await(2))
                    .extracting(record -> json(record.value())
                            .get("counts")
                            .get("observation")
                            .longValue())
                    .containsExactly(6L, 0L);
        }
        assertThat(counted("user.erased", "duplicate") - duplicates).isEqualTo(2);
    }

    @Test
    void somebodyUnknownIsErasedToo() {
        String person = fresh("erased");
        try (Tail completed = new Tail(topics, COMPLETED)) {
            sendAndAwait(erased(person, "erase-"));
            assertThat(completed.await(1)).hasSize(1);
        }
        sendAndAwait(everything(person));
        assertThat(number("SELECT count(*) FROM owner WHERE name = ?", person)).isZero();
    }

    @Test
    void anErasureThatRacesWithEventsLeavesNothingBehind() {
        List<String> people = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Tail completed = new Tail(topics, COMPLETED)) {
            for (int round = 0; round < 15; round++) {
                String person = fresh("race");
                people.add(person);
                for (int i = 0; i < 30; i++) {
                    records.add(toPartition(
                            i % PARTITIONS,
                            i % 2 == 0
                                    ? event(answer(person, "a-" + i, AT, 3))
                                    : event(EventTypes.CODE_CHANGED, "c" + i + person, code(person, "c-" + i, AT))));
                    if (i == 15) {
                        records.add(erased(person, "erase-"));
                    }
                }
            }
            sendAndAwait(records);
            assertThat(completed.await(people.size())).hasSize(people.size());
        }
        for (String person : people) {
            assertThat(number("SELECT count(*) FROM owner WHERE name = ?", person))
                    .isZero();
        }
        assertNothingIsOrphaned();
        assertThat(miscounted()).isEmpty();
    }
}
