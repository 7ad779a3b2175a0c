package dev.devmentor.kit.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record to be sent. Together with its headers it is smaller than the largest record that a broker takes by
 * default: one that is not would stand in the way of everything behind it.
 *
 * @param topic where it goes
 * @param key record key, or null
 * @param headers record headers in order
 * @param value record value, or null
 */
public record OutgoingMessage(
        String topic, byte @Nullable [] key, Map<String, byte[]> headers, byte @Nullable [] value) {
    private static final int LARGEST = 1_000_000;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if no broker would take it
     */
    // Not the compact form: javac drops the annotations of its parameters' types, which NullAway reads.
    public OutgoingMessage(String topic, byte @Nullable [] key, Map<String, byte[]> headers, byte @Nullable [] value) {
        long size = (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        for (Map.Entry<String, byte[]> header : headers.entrySet()) {
            size += header.getKey().length() + header.getValue().length;
        }
        if (size > LARGEST) {
            throw new IllegalArgumentException("a record for " + topic + " of " + size + " bytes");
        }
        this.topic = topic;
        this.key = key;
        this.headers = headers;
        this.value = value;
    }
}
