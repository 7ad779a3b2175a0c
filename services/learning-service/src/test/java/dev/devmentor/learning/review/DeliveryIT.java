package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Repeats, contradictions, delay and disorder: what a broker may do with events, and what a producer should not. */
@QuarkusTest
class DeliveryIT extends LearningIT {
    private static final String SOURCE = "https://producer.example/test";

    @Test
    void anEqualRepeatDoesNothingHoweverItIsWritten() {
        String learner = newLearner("repeat");
        QuizAnswered answer = graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3);
        Map<String, byte[]> headers = EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, "e-1"));
        Map<String, byte[]> sparse = new LinkedHashMap<>(headers);
        sparse.remove("ce_dataschema");
        sparse.remove("content-type");
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "e-1", learner, answer));
        Card card = requireCard(learner, "i");
        double duplicates = counted(QUIZ, "duplicate");

        String otherwise = " { \"grade\" : 3.0,\n\"correct\":true, \"answeredAt\":\"2026-03-01T11:00:00.000000+01:00\","
                + "\"item\":\"\\u0069\", \"learner\":\"" + learner + "\",\"answerId\":\"a-1\",\"skills\":[] } ";
        sendAndAwait(
                event(EventTypes.QUIZ_ANSWERED, "e-1", learner, answer),
                record(QUIZ, null, learner, utf8(otherwise), headers),
                record(QUIZ, null, "another key", utf8(otherwise), sparse),
                record(
                        QUIZ,
                        null,
                        learner,
                        EventEncoder.encodeStructured(
                                EventTypes.QUIZ_ANSWERED,
                                new Event<>(envelope(EventTypes.QUIZ_ANSWERED, "e-1"), answer)),
                        Map.of("content-type", utf8("application/cloudevents+json; charset=utf-8"))),
                event(EventTypes.QUIZ_ANSWERED, "another event of the same answer", learner, answer));

        assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(5);
        assertThat(card(learner, "i")).isEqualTo(card);
        assertThat(entries(learner)).isEqualTo(1);
    }

    @Test
    void aMissingGradeIsTheSameAsTheGradeThatStandsForIt() {
        String learner = newLearner("repeat");
        QuizAnswered bare = QuizAnswered.of("a-1", learner, "i", Instant.parse("2026-03-01T10:00:00Z"), true);
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "e-1", learner, bare));
        double duplicates = counted(QUIZ, "duplicate");

        sendAndAwait(event(
                EventTypes.QUIZ_ANSWERED, "e-1", learner, graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3)));

        assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(1);
    }

    @Test
    void anotherEventUnderTheSameIdentityGoesToTheDeadLettersAndTheFirstStays() {
        String learner = newLearner("conflict");
        sendAndAwait(event(
                EventTypes.QUIZ_ANSWERED, "e-1", learner, graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3)));
        Card card = requireCard(learner, "i");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            sendAndAwait(
                    event(
                            EventTypes.QUIZ_ANSWERED,
                            "e-1",
                            learner,
                            graded(learner, "i", "a-2", "2026-03-01T10:00:00Z", 3)),
                    event(
                            EventTypes.QUIZ_ANSWERED,
                            "e-1",
                            learner,
                            graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 4)),
                    event(
                            EventTypes.QUIZ_ANSWERED,
                            "e-2",
                            learner,
                            graded(learner, "i", "a-1", "2026-03-01T10:00:01Z", 3)),
                    event(
                            EventTypes.QUIZ_ANSWERED,
                            "e-3",
                            learner,
                            graded(learner, "j", "a-1", "2026-03-01T10:00:00Z", 3)));

            List<ConsumerRecord<byte[], byte[]>> letters = deadLetters.await(4);

            assertThat(letters)
                    .hasSize(4)
                    .allSatisfy(letter -> assertThat(TestTopics.header(letter, "devmentor-dlq-reason"))
                            .isEqualTo("conflicting-duplicate"));
            assertThat(letters)
                    .extracting(letter -> TestTopics.header(letter, "devmentor-dlq-detail"))
                    .containsExactlyInAnyOrder(
                            "a different event with the same event identity was applied before",
                            "a different event with the same event identity was applied before",
                            "a different event with the same answer identity was applied before",
                            "a different event with the same answer identity was applied before");
            assertThat(card(learner, "i")).isEqualTo(card);
            assertThat(card(learner, "j")).isNull();
            assertThat(entries(learner)).isEqualTo(1);
        }
    }

    @Test
    void ofContradictionsInOneBatchTheFirstIsApplied() {
        String learner = newLearner("conflict");
        QuizAnswered first = graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3);
        QuizAnswered second = graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 2);
        double duplicates = counted(QUIZ, "duplicate");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            sendAndAwait(
                    toPartition(3, event(EventTypes.QUIZ_ANSWERED, "e-1", learner, first)),
                    toPartition(3, event(EventTypes.QUIZ_ANSWERED, "e-2", learner, second)),
                    toPartition(3, event(EventTypes.QUIZ_ANSWERED, "e-1", learner, first)));

            assertThat(deadLetters.await(1)).hasSize(1);
            assertThat(requireCard(learner, "i").state().lastGrade()).isEqualTo(3);
            assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(1);
        }
    }

    /** A repeat of what was applied is none of a contradiction that arrived just before it. */
    @Test
    void aRepeatThatFollowsAContradictionInItsBatchStillDoesNothing() {
        String learner = newLearner("conflict");
        QuizAnswered applied = graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3);
        QuizAnswered contradicting = graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 2);
        sendAndAwait(event(EventTypes.QUIZ_ANSWERED, "e-1", learner, applied));
        double duplicates = counted(QUIZ, "duplicate");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                batch.add(toPartition(2, event(EventTypes.QUIZ_ANSWERED, "e-1", learner, contradicting)));
                batch.add(toPartition(2, event(EventTypes.QUIZ_ANSWERED, "e-1", learner, applied)));
            }
            sendAndAwait(batch);

            assertThat(deadLetters.await(10))
                    .hasSize(10)
                    .allSatisfy(letter -> assertThat(letter.value())
                            .isEqualTo(EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, contradicting)));
            assertThat(counted(QUIZ, "duplicate") - duplicates).isEqualTo(10);
            assertThat(entries(learner)).isEqualTo(1);
        }
    }

    @Test
    void disorderRepeatsAndPartitionsMakeNoDifference() {
        Random random = new Random(20260301);
        Map<String, Map<String, List<QuizAnswered>>> histories = new LinkedHashMap<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String learner = newLearner("shuffled");
            Map<String, List<QuizAnswered>> ofLearner = new LinkedHashMap<>();
            for (String item : List.of("a", "b", "ü😀")) {
                List<QuizAnswered> answers = history(random, learner, item);
                ofLearner.put(item, answers);
                for (QuizAnswered answer : answers) {
                    int copies = 1 + random.nextInt(2);
                    for (int copy = 0; copy < copies; copy++) {
                        records.add(toPartition(random.nextInt(PARTITIONS), event(answer)));
                    }
                }
            }
            histories.put(learner, ofLearner);
        }
        Collections.shuffle(records, random);

        // Halves, so that the second finds what the first left.
        sendAndAwait(records.subList(0, records.size() / 2));
        sendAndAwait(records.subList(records.size() / 2, records.size()));

        histories.forEach((learner, items) -> items.forEach((item, answers) -> {
            CardState expected = fold(answers);
            assertThat(requireCard(learner, item).state()).isEqualTo(expected);
            JsonNode shown = get(learner, "/api/learning/cards/{item}", item);
            assertThat(shown.get("dueAt").textValue())
                    .isEqualTo(Micros.toInstant(expected.dueAtMicros()).toString());
            assertThat(shown.get("answers").intValue()).isEqualTo(answers.size());
            assertThat(shown.get("fsrs6").get("stability").doubleValue())
                    .isEqualTo(expected.fsrs6().stability());
            assertThat(shown.get("negativeGaps").intValue()).isEqualTo(expected.negativeGaps());
        }));
        assertStateFollowsFromTheLog();
    }

    private static List<QuizAnswered> history(Random random, String learner, String item) {
        String[] zones = {"UTC", "Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"};
        List<QuizAnswered> answers = new ArrayList<>();
        Instant at = Instant.parse("2025-01-01T00:00:00Z");
        int length = 1 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            at = at.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(20 * 86_400));
            int grade = 1 + random.nextInt(4);
            answers.add(new QuizAnswered(
                    item + "-" + i,
                    learner,
                    item,
                    at,
                    grade > 1,
                    grade,
                    List.of("skill-" + i % 3),
                    null,
                    ZoneId.of(zones[random.nextInt(zones.length)]),
                    random.nextInt(60_000),
                    null,
                    null,
                    null,
                    null));
        }
        return answers;
    }

    /** The sequential fold of answers that were sent by {@link #event}. */
    private static CardState fold(List<QuizAnswered> answers) {
        List<Entry> entries = new ArrayList<>();
        for (QuizAnswered answer : answers) {
            long micros = Micros.of(answer.answeredAt());
            ZoneId zone = answer.zone() == null ? ZoneId.of("UTC") : answer.zone();
            entries.add(new Entry.Answer(
                    new EntryKey(micros, SOURCE, "e-" + answer.answerId() + "-" + answer.learner()),
                    answer.answerId(),
                    LocalDays.localDay(micros, zone, 4),
                    zone.getId(),
                    Grade.of(answer.effectiveGrade()),
                    answer.responseTimeMs() == null ? -1 : answer.responseTimeMs()));
        }
        return new CardFold(List.of()).replay(entries);
    }

    @Test
    void aDayThatRunsBackwardsBetweenZonesCountsAsNoneAndIsFlagged() {
        String learner = newLearner("zones");
        QuizAnswered inAuckland = zoned(learner, "a-1", "2026-03-01T20:00:00Z", "Pacific/Auckland");
        QuizAnswered inLosAngeles = zoned(learner, "a-2", "2026-03-02T06:00:00Z", "America/Los_Angeles");

        sendAndAwait(event(inAuckland), event(inLosAngeles));

        CardState state = requireCard(learner, "i").state();
        assertThat(state.negativeGaps()).isEqualTo(1);
        assertThat(state).isEqualTo(fold(List.of(inAuckland, inLosAngeles)));
        JsonNode card = get(learner, "/api/learning/cards/i");
        assertThat(card.get("negativeGaps").intValue()).isEqualTo(1);
        assertThat(texts(card.get("history"), "localDay")).containsExactly("2026-03-01", "2026-03-02");
    }

    private static QuizAnswered zoned(String learner, String answerId, String at, String zone) {
        return new QuizAnswered(
                answerId,
                learner,
                "i",
                Instant.parse(at),
                true,
                3,
                List.of(),
                null,
                ZoneId.of(zone),
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void unknownFieldsAreKeptInTheLog() {
        String learner = newLearner("extra");
        String json = "{\"answerId\":\"a-1\",\"learner\":\"" + learner + "\",\"item\":\"i\","
                + "\"answeredAt\":\"2026-03-01T10:00:00Z\",\"correct\":true,\"mood\":{\"b\":2,\"a\":[1.0]}}";

        sendAndAwait(record(
                QUIZ,
                null,
                learner,
                utf8(json),
                EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, "e-1"))));

        assertThat(text("SELECT detail FROM entry JOIN learner ON learner_id = id WHERE sub = ?", learner))
                .isEqualTo("{\"mood\":{\"a\":[1],\"b\":2}}");
    }
}
