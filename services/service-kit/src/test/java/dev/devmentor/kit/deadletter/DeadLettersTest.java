package dev.devmentor.kit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.Reason;
import dev.devmentor.kit.outbox.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private final DeadLetters deadLetters = new DeadLetters("some-service");

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "thing.happened", 3, 42, 0, TimestampType.CREATE_TIME, -1, -1, key, value, headers, Optional.empty());
    }

    private static String text(OutgoingMessage letter, String header) {
        return new String(letter.headers().get(header), StandardCharsets.UTF_8);
    }

    @Test
    void theTopicsAreNamedAfterEventAndService() {
        assertThat(DeadLetters.topic("thing.happened", "some-service")).isEqualTo("thing.happened.dlq.some-service");
        assertThat(DeadLetters.replayTopic("thing.happened", "some-service"))
                .isEqualTo("thing.happened.replay.some-service");
    }

    @Test
    void keyValueAndHeadersStayAsTheyWere() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("a", new byte[] {1});
        headers.add("devmentor-dlq-reason", new byte[] {1});

        OutgoingMessage letter = deadLetters.of(
                record(new byte[] {7}, new byte[] {8, 9}, headers), "thing.happened", Reason.NOT_JSON, "why", AT);

        assertThat(letter.topic()).isEqualTo("thing.happened.dlq.some-service");
        assertThat(letter.key()).containsExactly(7);
        assertThat(letter.value()).containsExactly(8, 9);
        assertThat(letter.headers().get("a")).containsExactly(1);
        assertThat(letter.headers().keySet())
                .containsExactlyInAnyOrder(
                        "a",
                        "devmentor-dlq-reason",
                        "devmentor-dlq-detail",
                        "devmentor-dlq-service",
                        "devmentor-dlq-topic",
                        "devmentor-dlq-partition",
                        "devmentor-dlq-offset",
                        "devmentor-dlq-at");
        assertThat(text(letter, "devmentor-dlq-reason")).isEqualTo("not-json");
        assertThat(text(letter, "devmentor-dlq-detail")).isEqualTo("why");
        assertThat(text(letter, "devmentor-dlq-service")).isEqualTo("some-service");
        assertThat(text(letter, "devmentor-dlq-topic")).isEqualTo("thing.happened");
        assertThat(text(letter, "devmentor-dlq-partition")).isEqualTo("3");
        assertThat(text(letter, "devmentor-dlq-offset")).isEqualTo("42");
        assertThat(text(letter, "devmentor-dlq-at")).isEqualTo("2026-03-01T10:00:00Z");
    }

    @Test
    void aRecordWithoutKeyAndValueIsKeptAsSuch() {
        OutgoingMessage letter =
                deadLetters.of(record(null, null, new RecordHeaders()), "thing.happened", Reason.EMPTY, "why", AT);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void aValueOfTheLimitIsKeptWholeAndOneOverItIsCut() {
        byte[] limit = new byte[DeadLetters.LARGEST_KEPT_WHOLE];
        byte[] over = new byte[DeadLetters.LARGEST_KEPT_WHOLE + 1];

        assertThat(deadLetters
                        .of(record(null, limit, new RecordHeaders()), "t", Reason.NOT_JSON, "", AT)
                        .value())
                .hasSize(262_144);
        OutgoingMessage cut = deadLetters.of(record(null, over, new RecordHeaders()), "t", Reason.OVERSIZED, "", AT);
        assertThat(cut.value()).hasSize(65_536);
        assertThat(text(cut, "devmentor-dlq-truncated-length")).isEqualTo("262145");
        assertThat(text(cut, "devmentor-dlq-truncated-sha256")).hasSize(64);
    }

    /** A broker takes a record of a megabyte; what is made of it must not be larger. */
    @Test
    void theLetterOfTheLargestRecordFitsIntoARecord() {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < 40; i++) {
            headers.add("header-" + i, new byte[17_000]);
        }

        OutgoingMessage letter = deadLetters.of(
                record(new byte[100_000], new byte[262_144], headers), "t", Reason.NOT_JSON, "x".repeat(10_000), AT);

        long size = letter.key().length + letter.value().length;
        for (var header : letter.headers().entrySet()) {
            size += header.getKey().length() + header.getValue().length;
        }
        assertThat(size).isLessThan(500_000);
        assertThat(letter.headers().get("header-0")).hasSize(16_384);
        assertThat(text(letter, "devmentor-dlq-dropped-headers")).isEqualTo("33");
        assertThat(text(letter, "devmentor-dlq-detail")).hasSize(500);
    }
}
