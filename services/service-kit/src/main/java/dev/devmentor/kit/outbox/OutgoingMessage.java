package dev.devmentor.kit.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record to be sent.
 *
 * @param topic where it goes
 * @param key record key, or null
 * @param headers record headers in order; names are ASCII
 * @param value record value, or null
 */
public record OutgoingMessage(
        String topic, byte @Nullable [] key, Map<String, byte[]> headers, byte @Nullable [] value) {}
