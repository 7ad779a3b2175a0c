package dev.devmentor.kit.deadletter;

import dev.devmentor.events.Reason;
import dev.devmentor.kit.outbox.OutgoingMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes dead letters: topic {@code <topic>.dlq.<service>}, the original key, value and headers, and beside them headers
 * that begin with {@code devmentor-dlq-}. Of a value over 256 KiB the first 64 KiB and the SHA-256 of the whole are kept,
 * of headers the first 128 KiB together, of a key the first 16 KiB: a dead letter always fits into a record.
 */
@ApplicationScoped
public class DeadLetters {
    /** Prefix of the headers that a dead letter adds. */
    public static final String HEADER_PREFIX = "devmentor-dlq-";

    static final int LARGEST_KEPT_WHOLE = 256 * 1024;
    static final int KEPT_OF_LARGER = 64 * 1024;
    private static final int LARGEST_HEADER = 16 * 1024;
    private static final int LARGEST_HEADERS = 128 * 1024;
    private static final int LARGEST_KEY = 16 * 1024;

    private final String service;

    DeadLetters(@ConfigProperty(name = "quarkus.application.name") String service) {
        this.service = service;
    }

    /** Topic of the dead letters of a topic. */
    public static String topic(String topic, String service) {
        return topic + ".dlq." + service;
    }

    /** Topic by which a dead letter comes back to one service only. */
    public static String replayTopic(String topic, String service) {
        return topic + ".replay." + service;
    }

    /**
     * The dead letter of a record.
     *
     * @param eventTopic topic that the record belongs to, also when it came by the replay topic
     * @param detail which rule was broken and where; never a value of the record
     */
    public OutgoingMessage of(
            ConsumerRecord<byte[], byte[]> record, String eventTopic, Reason reason, String detail, Instant at) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        int room = LARGEST_HEADERS;
        int dropped = 0;
        for (Header header : record.headers()) {
            if (header.key().startsWith(HEADER_PREFIX)) {
                continue;
            }
            byte[] value = header.value() == null ? new byte[0] : header.value();
            byte[] kept = value.length > LARGEST_HEADER ? Arrays.copyOf(value, LARGEST_HEADER) : value;
            int needed = 16 + 4 * header.key().length() + kept.length;
            if (needed > room) {
                dropped++;
            } else {
                room -= needed;
                headers.put(header.key(), kept);
            }
        }
        if (dropped > 0) {
            put(headers, "dropped-headers", Integer.toString(dropped));
        }
        put(headers, "reason", reason.code());
        put(headers, "detail", detail.length() > 500 ? detail.substring(0, 500) : detail);
        put(headers, "service", service);
        put(headers, "topic", record.topic());
        put(headers, "partition", Integer.toString(record.partition()));
        put(headers, "offset", Long.toString(record.offset()));
        put(headers, "at", at.toString());
        byte[] value = record.value();
        if (value != null && value.length > LARGEST_KEPT_WHOLE) {
            put(headers, "truncated-sha256", HexFormat.of().formatHex(sha256(value)));
            put(headers, "truncated-length", Integer.toString(value.length));
            value = Arrays.copyOf(value, KEPT_OF_LARGER);
        }
        byte[] key = record.key();
        if (key != null && key.length > LARGEST_KEY) {
            put(headers, "key-length", Integer.toString(key.length));
            key = Arrays.copyOf(key, LARGEST_KEY);
        }
        return new OutgoingMessage(topic(eventTopic, service), key, headers, value);
    }

    private static void put(Map<String, byte[]> headers, String name, String value) {
        headers.put(HEADER_PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
