package dev.devmentor.pbml.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLettersIT extends PbmlIT {
    private static final String AT = "2026-03-01T10:00:00Z";

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    /** A letter as replay-dlq sends it: the original headers, to the topic of this service alone. */
    private static ProducerRecord<byte[], byte[]> replayOf(
            String topic, ConsumerRecord<byte[], byte[]> letter, byte[] value) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        letter.headers().forEach(header -> {
            if (!header.key().startsWith("devmentor-dlq-")) {
                headers.put(header.key(), header.value());
            }
        });
        return record(topic + ".replay." + SERVICE, null, null, value, headers);
    }

    @Test
    void everyTopicHasItsDeadLetters() {
        for (String topic : CONSUMED) {
            try (Tail deadLetters = new Tail(topics, topic + ".dlq." + SERVICE)) {
                sendAndAwait(record(
                        topic,
                        4,
                        null,
                        utf8("{\"secret\":\"tulips\"}"),
                        Map.of(
                                "ce_specversion", utf8("1.0"),
                                "ce_id", utf8(fresh("e")),
                                "ce_source", utf8(SOURCE),
                                "ce_type", utf8(topic))));

                ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();

                assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("schema-violation");
                assertThat(TestTopics.header(letter, "devmentor-dlq-detail")).doesNotContain("tulips");
                assertThat(TestTopics.header(letter, "devmentor-dlq-service")).isEqualTo(SERVICE);
                assertThat(TestTopics.header(letter, "devmentor-dlq-topic")).isEqualTo(topic);
                assertThat(utf8(letter.value())).isEqualTo("{\"secret\":\"tulips\"}");
            }
        }
    }

    @Test
    void anEventAheadOfItsTimeIsDeadLetteredAndCanBeReplayedWhenItsTimeHasCome() {
        String who = fresh("future");
        Instant ahead = Instant.now().plus(Duration.ofMinutes(10));
        try (Tail deadLetters = new Tail(topics, "code.changed.dlq.pbml-service")) {
            sendAndAwait(
                    event(EventTypes.CODE_CHANGED, fresh("e"), code(who, "c-1", ahead.toString())),
                    event(
                            EventTypes.CODE_CHANGED,
                            fresh("e"),
                            code(who, "c-2", ahead.minusSeconds(360).toString())));
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();
            assertThat(TestTopics.header(letter, "devmentor-dlq-reason")).isEqualTo("time-in-future");
            assertThat(observations(who)).as("four minutes ahead").isEqualTo(1);

            clock.moveTo(Duration.ofMinutes(6));
            sendAndAwait(replayOf("code.changed", letter, letter.value()));

            assertThat(observations(who)).isEqualTo(2);
            assertThat(deadLetters.all()).hasSize(1);
        }
    }

    @Test
    void aMendedRecordGoesThroughByTheReplayTopic() {
        String who = fresh("mended");
        String broken = utf8(EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer(who, "a-1", AT, 3)))
                .replace("\"grade\":3", "\"grade\":7");
        try (Tail deadLetters = new Tail(topics, "quiz.answered.dlq.pbml-service")) {
            sendAndAwait(record(
                    "quiz.answered",
                    null,
                    who,
                    utf8(broken),
                    EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, fresh("e")))));
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(1).getFirst();
            assertThat(observations(who)).isZero();

            sendAndAwait(replayOf("quiz.answered", letter, utf8(broken.replace("\"grade\":7", "\"grade\":3"))));

            assertThat(observations(who)).isEqualTo(1);
        }
    }

    @Test
    void oneEventThatCannotBeAppliedCostsItselfAlone() {
        String who = fresh("poison");
        execute("ALTER TABLE observation ADD CONSTRAINT no_poison CHECK (event_id <> 'e-poison-" + who
                + "') NOT VALID");
        try (Tail deadLetters = new Tail(topics, "quiz.answered.dlq.pbml-service")) {
            List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
            QuizAnswered poison = answer(who, "poison", AT, 3);
            for (int i = 0; i < 101; i++) {
                batch.add(toPartition(1, event(i == 50 ? poison : answer(who, "a-" + i, AT, 3))));
            }
            sendAndAwait(batch);

            List<ConsumerRecord<byte[], byte[]>> letters = deadLetters.await(1);
            assertThat(letters).hasSize(1);
            assertThat(TestTopics.header(letters.getFirst(), "devmentor-dlq-reason"))
                    .isEqualTo("processing-failed");
            assertThat(letters.getFirst().value()).isEqualTo(EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, poison));
        } finally {
            execute("ALTER TABLE observation DROP CONSTRAINT no_poison");
        }
        assertThat(observations(who)).isEqualTo(100);
        assertThat(miscounted()).isEmpty();
    }
}
