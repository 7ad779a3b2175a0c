package dev.devmentor.learning.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLettersIT extends LearningIT {
    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private static Map<String, byte[]> headers(String id) {
        return EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, id));
    }

    private static byte[] data(String learner, String item, String answerId) {
        return EventEncoder.encodeData(
                EventTypes.QUIZ_ANSWERED, graded(learner, item, answerId, "2026-03-01T10:00:00Z", 3));
    }

    @Test
    void aDeadLetterKeepsTheRecordAndSaysWhereItCameFromAndWhatIsWrong() {
        String learner = newLearner("dlq");
        byte[] value = utf8("{\"answerId\":\"a-1\",\"learner\":\"" + learner + "\",\"secret\":\"tulips\"}");
        Map<String, String> headers = new LinkedHashMap<>();
        headers("e-1").forEach((name, bytes) -> headers.put(name, new String(bytes, StandardCharsets.UTF_8)));
        headers.put("x-origin", "import");
        headers.put("x-überschrift", "ü");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            RecordMetadata sent = topics.send(QUIZ, 4, learner, value, headers);

            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();

            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo(learner);
            assertThat(letter.value()).isEqualTo(value);
            headers.forEach((name, text) ->
                    assertThat(TestTopics.header(letter, name)).as(name).isEqualTo(text));
            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("schema-violation");
            assertThat(TestTopics.header(letter, "devmentor-dlq-detail")).doesNotContain("tulips");
            assertThat(TestTopics.header(letter, "devmentor-dlq-service")).isEqualTo(SERVICE);
            assertThat(TestTopics.header(letter, "devmentor-dlq-topic")).isEqualTo(QUIZ);
            assertThat(TestTopics.header(letter, "devmentor-dlq-partition")).isEqualTo("4");
            assertThat(TestTopics.header(letter, "devmentor-dlq-offset")).isEqualTo(Long.toString(sent.offset()));
            assertThat(Instant.parse(TestTopics.header(letter, "devmentor-dlq-at")))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            assertThat(letter.headers().lastHeader("devmentor-dlq-truncated-sha256"))
                    .isNull();
        }
    }

    @Test
    void anUnknownVersionIsNotGuessedAt() {
        String learner = newLearner("dlq");
        Map<String, byte[]> headers = new LinkedHashMap<>(headers("e-1"));
        headers.put("ce_dataschema", utf8("https://devmentor.dev/schemas/quiz.answered/v2.json"));
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(record(QUIZ, null, learner, data(learner, "i", "a-1"), headers));

            assertThat(TestTopics.header(deadLetters.await(1).getFirst(), "devmentor-dlq-reason"))
                    .isEqualTo("unknown-version");
            assertThat(card(learner, "i")).isNull();
        }
    }

    @Test
    void ofAnOversizedRecordTheHashAndTheBeginningAreKept() throws NoSuchAlgorithmException {
        String learner = newLearner("dlq");
        byte[] value = new byte[300_000];
        Arrays.fill(value, (byte) ' ');
        byte[] good = data(learner, "i", "a-1");
        System.arraycopy(good, 0, value, 0, good.length);
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(record(QUIZ, null, learner, value, headers("e-1")));

            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();

            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("oversized");
            assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 64 * 1024));
            assertThat(TestTopics.header(letter, "devmentor-dlq-truncated-length"))
                    .isEqualTo("300000");
            assertThat(TestTopics.header(letter, "devmentor-dlq-truncated-sha256"))
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(value)));
            assertThat(card(learner, "i")).isNull();
        }
    }

    @Test
    void aRecordOfExactlyTheLimitIsTaken() {
        String learner = newLearner("dlq");
        byte[] value = new byte[256 * 1024];
        Arrays.fill(value, (byte) ' ');
        byte[] good = data(learner, "i", "a-1");
        System.arraycopy(good, 0, value, 0, good.length);

        sendAndAwait(record(QUIZ, null, learner, value, headers("e-1")));

        assertThat(card(learner, "i")).isNotNull();
    }

    /** The letter must fit where the record did, or it would block everything behind it in the outbox. */
    @Test
    void aRecordFullOfHeadersStillFitsIntoTheDeadLetters() {
        String learner = newLearner("dlq");
        ProducerRecord<byte[], byte[]> crowded = record(QUIZ, null, learner, utf8("{"), headers("e-1"));
        byte[] noise = new byte[15_000];
        new java.util.Random(1).nextBytes(noise);
        for (int i = 0; i < 69; i++) {
            crowded.headers().add(new RecordHeader("x-" + i, noise));
        }
        crowded.headers().add(new RecordHeader("x-last", new byte[12_500]));
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(crowded);

            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();

            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("not-json");
            assertThat(letter.headers().lastHeader("x-0").value()).isEqualTo(noise);
            assertThat(TestTopics.header(letter, "ce_id")).isEqualTo("e-1");
            assertThat(Integer.parseInt(TestTopics.header(letter, "devmentor-dlq-dropped-headers")))
                    .isPositive();
            awaitQuiet();
        }
    }

    @Test
    void anEventAheadOfItsTimeIsDeadLetteredAndCanBeReplayedWhenItsTimeHasCome() {
        String learner = newLearner("future");
        Instant ahead = Instant.now().plus(Duration.ofMinutes(10));
        QuizAnswered answer = graded(learner, "i", "a-1", ahead.toString(), 3);
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(
                    event(answer),
                    event(graded(learner, "j", "a-2", ahead.minusSeconds(360).toString(), 3)));
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();
            awaitQuiet();
            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("time-in-future");
            assertThat(card(learner, "i")).isNull();
            assertThat(card(learner, "j")).as("four minutes ahead").isNotNull();

            clock.moveTo(Duration.ofMinutes(6));
            sendAndAwait(replayOf(letter, letter.value()));

            assertThat(requireCard(learner, "i").state().answers()).isEqualTo(1);
            assertThat(deadLetters.all()).hasSize(1);
            sendAndAwait(event(answer));
            assertThat(entries(learner)).as("the same event once more").isEqualTo(2);
        }
    }

    /** A letter as replay-dlq sends it: the original headers, to the topic of this service alone. */
    private static ProducerRecord<byte[], byte[]> replayOf(ConsumerRecord<byte[], byte[]> letter, byte[] value) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        letter.headers().forEach(header -> {
            if (!header.key().startsWith("devmentor-dlq-")) {
                headers.put(header.key(), header.value());
            }
        });
        return record(REPLAY, null, new String(letter.key(), StandardCharsets.UTF_8), value, headers);
    }

    @Test
    void aMendedRecordGoesThroughByTheReplayTopic() {
        String learner = newLearner("mended");
        String broken =
                new String(data(learner, "i", "a-1"), StandardCharsets.UTF_8).replace("\"grade\":3", "\"grade\":7");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(record(QUIZ, null, learner, utf8(broken), headers("e-1")));
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();

            sendAndAwait(replayOf(letter, utf8(broken.replace("\"grade\":7", "\"grade\":3"))));

            assertThat(requireCard(learner, "i").state().lastGrade()).isEqualTo(3);
            assertThat(deadLetters.all()).hasSize(1);
        }
    }

    @Test
    void aReplayedRecordThatIsStillBrokenComesBackToTheSameDeadLetters() {
        String learner = newLearner("mended");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(record(QUIZ, null, learner, utf8("{"), headers("e-1")));
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();

            send(replayOf(letter, utf8("{}")));

            ConsumerRecord<byte[], byte[]> second = deadLetters.await(2).getLast();
            assertThat(TestTopics.header(second, "devmentor-dlq-reason")).isEqualTo("schema-violation");
            assertThat(TestTopics.header(second, "devmentor-dlq-topic")).isEqualTo(REPLAY);
            List<String> reasons = new ArrayList<>();
            second.headers().headers("devmentor-dlq-reason").forEach(header -> reasons.add("one"));
            assertThat(reasons).as("headers of the first letter do not pile up").hasSize(1);
        }
    }

    @Test
    void oneEventThatCannotBeAppliedCostsItselfAlone() {
        String learner = newLearner("poison");
        execute("ALTER TABLE entry ADD CONSTRAINT no_poison CHECK (item <> 'poison " + learner + "') NOT VALID");
        List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            String item = i == 50 ? "poison " + learner : "i-" + i;
            batch.add(toPartition(1, event(graded(learner, item, "a-" + i, "2026-03-01T10:00:00Z", 3))));
        }
        double applied = counted(QUIZ, "applied");
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            sendAndAwait(batch);

            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();
            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("processing-failed");
            assertThat(TestTopics.header(letter, "devmentor-dlq-detail")).isEqualTo("PSQLException SQLSTATE 23514");
            assertThat(letter.value()).isEqualTo(batch.get(50).value());
            assertThat(entries(learner)).isEqualTo(100);
            assertThat(counted(QUIZ, "applied") - applied).isEqualTo(100);
            assertThat(number("SELECT count(*) FROM card JOIN learner ON learner_id = id WHERE sub = ?", learner))
                    .isEqualTo(100);

            execute("ALTER TABLE entry DROP CONSTRAINT no_poison");
            sendAndAwait(replayOf(letter, letter.value()));
            assertThat(entries(learner)).isEqualTo(101);
            CardState healed = requireCard(learner, "poison " + learner).state();
            assertThat(healed.answers()).isEqualTo(1);
        } finally {
            execute("ALTER TABLE entry DROP CONSTRAINT IF EXISTS no_poison");
        }
        assertStateFollowsFromTheLog();
    }

    @Test
    void aRecordWhoseDeadLetterCannotBeWrittenEitherWaitsAndIsApplied() {
        String learner = newLearner("poison");
        awaitQuiet();
        double pauses = pauses();
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            execute("ALTER TABLE outbox ADD CONSTRAINT nothing_leaves CHECK (messages < 0) NOT VALID");
            try {
                send(event(graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3)));
                Conditions.await("consumption waits", () -> pauses() > pauses);
                assertThat(card(learner, "i")).isNull();
            } finally {
                execute("ALTER TABLE outbox DROP CONSTRAINT nothing_leaves");
            }

            awaitQuiet();
            assertThat(requireCard(learner, "i").state().answers()).isEqualTo(1);
            assertThat(deadLetters.all()).isEmpty();
        }
    }
}
