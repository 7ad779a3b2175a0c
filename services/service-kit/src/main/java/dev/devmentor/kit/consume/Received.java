package dev.devmentor.kit.consume;

import dev.devmentor.events.Event;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event and where it came from.
 *
 * @param event envelope and data
 * @param raw the record as it lies in Kafka
 * @param receivedAt when this instance read it
 * @param traceparent W3C trace context to carry on, or null where there is none
 */
public record Received<T>(
        Event<T> event,
        ConsumerRecord<byte[], byte[]> raw,
        Instant receivedAt,
        @Nullable String traceparent) {}
