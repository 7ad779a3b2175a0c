package dev.devmentor.pbml.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.Event;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a broker may do with events, and what a producer should not. */
@QuarkusTest
class DeliveryIT extends PbmlIT {
    private static final String QUIZ = "quiz.answered";
    private static final String QUIZ_DEAD = "quiz.answered.dlq.pbml-service";
    private static final String AT = "2026-03-01T10:00:00Z";

    private List<String> kinds(String person) {
        return rows("""
                SELECT o.kind || ' ' || o.event_id || ' ' || o.source || ' ' || (o.data::json ->> 'learner')
                FROM observation o JOIN owner w ON o.owner_id = w.id WHERE w.kind = 1 AND w.name = ? ORDER BY o.kind""", person);
    }

    @Test
    void everyTypeOfEventBecomesAnObservationOfItsPerson() {
        String who = fresh("every");
        sendAndAwait(
                event(EventTypes.TASK_CREATED, "e1", task(who, "t", AT)),
                event(EventTypes.TASK_COMPLETED, "e2", completed(who, "t", AT)),
                event(EventTypes.QUIZ_ANSWERED, "e3", answer(who, "a", AT, 3)),
                event(EventTypes.MEMORY_UPDATED, "e4", memory(who, "m", AT)),
                event(EventTypes.CODE_CHANGED, "e5", code(who, "c", AT)),
                event(EventTypes.ERROR_OBSERVED, "e6", error(who, "acme/shop", "o", AT)));

        String rest = " " + SOURCE + " " + who;
        assertThat(kinds(who))
                .containsExactly(
                        "1 e1" + rest, "2 e2" + rest, "3 e3" + rest, "4 e4" + rest, "5 e5" + rest, "6 e6" + rest);
        assertThat(rows(
                        "SELECT data FROM observation JOIN owner w ON owner_id = w.id WHERE w.name = ? AND o_kind(observation) = 6"
                                .replace("o_kind(observation)", "observation.kind"),
                        who))
                .containsExactly(
                        utf8(EventEncoder.encodeData(EventTypes.ERROR_OBSERVED, error(who, "acme/shop", "o", AT))));
        assertThat(rows("SELECT kind FROM observation_log WHERE owner = ? ORDER BY kind", who))
                .containsExactly("answer", "code", "error", "memory", "task-completed", "task-created");
        assertThat(number("SELECT observations FROM owner WHERE name = ?", who)).isEqualTo(6);
        Conditions.await(
                "all of it folded, which somebody noted that it has to be",
                () -> number(
                                "SELECT coalesce(max(f.observations), 0) FROM fold f JOIN owner w ON owner_id = w.id"
                                        + " WHERE w.name = ?",
                                who)
                        == 6);
    }

    @Test
    void anErrorOfNobodysRunBelongsToItsRepositoryAndOneOfNeitherIsIgnored() {
        String repository = fresh("acme/shop");
        double ignored = counted("error.observed", "ignored");
        sendAndAwait(
                event(EventTypes.ERROR_OBSERVED, fresh("e"), error(null, repository, "o-1", AT)),
                event(EventTypes.ERROR_OBSERVED, fresh("e"), error(null, repository, "o-2", AT)),
                event(EventTypes.ERROR_OBSERVED, fresh("e"), error(null, null, "o-3", AT)));

        assertThat(observations(OwnerName.repository(repository))).isEqualTo(2);
        assertThat(observations(OwnerName.person(repository))).isZero();
        assertThat(counted("error.observed", "ignored") - ignored).isEqualTo(1);
    }

    @Test
    void aPersonAndARepositoryOfOneNameAreTwoOwners() {
        String name = fresh("same");
        sendAndAwait(
                event(EventTypes.ERROR_OBSERVED, fresh("e"), error(null, name, "o-1", AT)),
                event(EventTypes.ERROR_OBSERVED, fresh("e"), error(name, "acme/shop", "o-2", AT)));

        assertThat(observations(OwnerName.repository(name))).isEqualTo(1);
        assertThat(observations(OwnerName.person(name))).isEqualTo(1);
    }

    @Test
    void aTaskOfNobodyIsIgnored() {
        double ignored = counted("task.created", "ignored");
        long before = number("SELECT count(*) FROM observation");

        sendAndAwait(event(EventTypes.TASK_CREATED, fresh("e"), task(null, "t", AT)));

        assertThat(counted("task.created", "ignored") - ignored).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM observation")).isEqualTo(before);
    }

    @Test
    void anEqualRepeatDoesNothingHoweverItIsWritten() {
        String who = fresh("repeat");
        QuizAnswered answer = answer(who, "a-1", AT, 3);
        Map<String, byte[]> headers = EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, "e-1"));
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "e-1", answer));
        List<String> log = log(who);
        double duplicates = counted(QUIZ, "duplicate");

        String otherwise = " { \"grade\" : 3.0,\n\"correct\":true, \"answeredAt\":\"2026-03-01T11:00:00.000000+01:00\","
                + "\"item\":\"\\u0069tem-a-1\", \"learner\":\"" + who
                + "\",\"answerId\":\"a-1\",\"skills\":[\"sql\"] } ";
        sendAndAwait(
                event(EventTypes.QUIZ_ANSWERED, "e-1", answer),
                record(QUIZ, null, who, utf8(otherwise), headers),
                record(
                        QUIZ,
                        null,
                        "another key",
                        EventEncoder.encodeStructured(
                                EventTypes.QUIZ_ANSWERED,
                                new Event<>(envelope(EventTypes.QUIZ_ANSWERED, "e-1"), answer)),
                        Map.of("content-type", utf8("application/cloudevents+json; charset=utf-8"))),
                event(EventTypes.QUIZ_ANSWERED, "another event of the same answer", answer));

        assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(4);
        assertThat(log(who)).isEqualTo(log).hasSize(1);
        assertThat(number("SELECT observations FROM owner WHERE name = ?", who)).isEqualTo(1);
    }

    @Test
    void anotherEventUnderTheSameIdentityGoesToTheDeadLettersAndTheFirstStays() {
        String who = fresh("conflict");
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "e-1", answer(who, "a-1", AT, 3)));
        List<String> log = log(who);
        try (Tail deadLetters = new Tail(topics, QUIZ_DEAD)) {
            sendAndAwait(
                    event(EventTypes.QUIZ_ANSWERED, "e-1", answer(who, "a-2", AT, 3)),
                    event(EventTypes.QUIZ_ANSWERED, "e-1", answer(who, "a-1", AT, 4)),
                    event(EventTypes.QUIZ_ANSWERED, "e-2", answer(who, "a-1", "2026-03-01T10:00:01Z", 3)));

            List<ConsumerRecord<byte[], byte[]>> letters = deadLetters.await(3);

            assertThat(letters)
                    .hasSize(3)
                    .allSatisfy(letter -> assertThat(TestTopics.header(letter, "devmentor-dlq-reason"))
                            .isEqualTo("conflicting-duplicate"));
            assertThat(letters)
                    .extracting(letter -> TestTopics.header(letter, "devmentor-dlq-detail"))
                    .containsExactlyInAnyOrder(
                            "a different event with the same event identity was applied before",
                            "a different event with the same event identity was applied before",
                            "a different event with the same answer identity was applied before");
        }
        assertThat(log(who)).isEqualTo(log);
    }

    @Test
    void theSameEventIdOfAnotherTypeContradictsToo() {
        String who = fresh("conflict");
        sendAndAwait(event(EventTypes.TASK_CREATED, "e-1", task(who, "t", AT)));
        try (Tail deadLetters = new Tail(topics, "task.completed.dlq.pbml-service")) {
            sendAndAwait(event(EventTypes.TASK_COMPLETED, "e-1", completed(who, "t", AT)));

            assertThat(TestTopics.header(deadLetters.await(1).getFirst(), "devmentor-dlq-reason"))
                    .isEqualTo("conflicting-duplicate");
        }
        assertThat(observations(who)).isEqualTo(1);
    }

    /** A repeat of what was applied is none of a contradiction that arrived just before it. */
    @Test
    void aRepeatThatFollowsAContradictionInItsBatchStillDoesNothing() {
        String who = fresh("conflict");
        QuizAnswered applied = answer(who, "a-1", AT, 3);
        QuizAnswered contradicting = answer(who, "a-1", AT, 2);
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "e-1", applied));
        double duplicates = counted(QUIZ, "duplicate");
        try (Tail deadLetters = new Tail(topics, QUIZ_DEAD)) {
            List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                batch.add(toPartition(2, event(EventTypes.QUIZ_ANSWERED, "e-1", contradicting)));
                batch.add(toPartition(2, event(EventTypes.QUIZ_ANSWERED, "e-1", applied)));
            }
            sendAndAwait(batch);

            assertThat(deadLetters.await(10))
                    .hasSize(10)
                    .allSatisfy(letter -> assertThat(letter.value())
                            .isEqualTo(EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, contradicting)));
        }
        assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(10);
        assertThat(observations(who)).isEqualTo(1);
    }

    @Test
    void ofContradictionsInOneBatchTheFirstIsKept() {
        String who = fresh("conflict");
        double duplicates = counted(QUIZ, "duplicate");
        try (Tail deadLetters = new Tail(topics, QUIZ_DEAD)) {
            sendAndAwait(
                    toPartition(3, event(EventTypes.QUIZ_ANSWERED, "e-1", answer(who, "a-1", AT, 3))),
                    toPartition(3, event(EventTypes.QUIZ_ANSWERED, "e-2", answer(who, "a-1", AT, 2))),
                    toPartition(3, event(EventTypes.QUIZ_ANSWERED, "e-1", answer(who, "a-1", AT, 3))));

            assertThat(deadLetters.await(1)).hasSize(1);
        }
        assertThat(rows(
                        "SELECT data::json ->> 'grade' FROM observation JOIN owner w ON owner_id = w.id WHERE w.name = ?",
                        who))
                .containsExactly("3");
        assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(1);
    }

    /** Twice the same stream of two people, each time in another order, spread over other partitions, with other repeats. */
    @Test
    void disorderRepeatsAndPartitionsMakeNoDifference() {
        Random random = new Random(20260301);
        List<List<String>> logs = new ArrayList<>();
        String base = fresh("shuffled");
        for (int round = 0; round < 3; round++) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            // Names of one length, so that the logs of the rounds are equal but for them.
            String who = base + "-" + round;
            for (int i = 0; i < 300; i++) {
                String at = Instant.parse(AT).plusSeconds(i * 37L % 600).toString();
                ProducerRecord<byte[], byte[]> record = switch (i % 5) {
                    case 0 -> event(EventTypes.CODE_CHANGED, who + i, code(who, "c" + i, at));
                    case 1 -> event(EventTypes.ERROR_OBSERVED, who + i, error(who, null, "o" + i, at));
                    case 2 -> event(EventTypes.MEMORY_UPDATED, who + i, memory(who, "m" + i, at));
                    default -> event(EventTypes.QUIZ_ANSWERED, who + i, answer(who, "a" + i, at, 3));
                };
                for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                    records.add(toPartition(random.nextInt(PARTITIONS), record));
                }
            }
            Collections.shuffle(records, random);
            sendAndAwait(records.subList(0, records.size() / 2));
            sendAndAwait(records.subList(records.size() / 2, records.size()));
            logs.add(rows("""
                    SELECT replace(concat_ws(' ', o.kind, o.at_us, o.source, o.event_id, o.answer_key, o.data), ?, 'them')
                    FROM observation o JOIN owner w ON o.owner_id = w.id WHERE w.name = ?
                    ORDER BY o.at_us, o.source, o.event_id""", who, who));
        }

        assertThat(logs.getFirst()).hasSize(300);
        assertThat(logs.get(1)).isEqualTo(logs.getFirst());
        assertThat(logs.get(2)).isEqualTo(logs.getFirst());
        assertThat(miscounted()).isEmpty();
    }

    @Test
    void unknownFieldsAreKept() {
        String who = fresh("extra");
        String json = "{\"answerId\":\"a-1\",\"learner\":\"" + who + "\",\"item\":\"i\","
                + "\"answeredAt\":\"2026-03-01T10:00:00Z\",\"correct\":true,\"mood\":{\"b\":2,\"a\":[1.0]}}";

        sendAndAwait(record(
                QUIZ, null, who, utf8(json), EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, "e-1"))));

        assertThat(rows(
                        "SELECT data::json ->> 'mood' FROM observation JOIN owner w ON owner_id = w.id WHERE w.name = ?",
                        who))
                .containsExactly("{\"a\":[1],\"b\":2}");
    }

    /** Forgotten content contradicts nothing, and does not come back. */
    @Test
    void aRepeatOfAnObservationWhoseContentWasForgottenDoesNothing() {
        String who = fresh("forgotten");
        sendAndAwait(event(EventTypes.MEMORY_UPDATED, "e-1", memory(who, "m-1", AT)));
        execute("UPDATE observation SET data = '' WHERE owner_id = (SELECT id FROM owner WHERE name = '" + who + "')");
        double duplicates = counted("memory.updated", "duplicate");

        sendAndAwait(event(EventTypes.MEMORY_UPDATED, "e-1", memory(who, "m-1", AT)));

        assertThat(counted("memory.updated", "duplicate") - duplicates).isEqualTo(1);
        assertThat(rows("SELECT data FROM observation JOIN owner w ON owner_id = w.id WHERE w.name = ?", who))
                .containsExactly("");
    }
}
