package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents 1.0 attributes of an event. {@code (source, id)} is its identity; {@code traceparent} and {@code
 * tracestate} are W3C trace context, null where the producer sent none that is well formed.
 */
public record Envelope(
        String id,
        String source,
        String type,
        @Nullable Instant time,
        @Nullable String subject,
        @Nullable String dataschema,
        @Nullable String traceparent,
        @Nullable String tracestate) {

    /** The envelope of a new event of {@code type}, with nothing optional but its schema. */
    public static Envelope of(EventType<?> type, String source, String id, @Nullable Instant time) {
        return new Envelope(id, source, type.name(), time, null, type.schemaUri(), null, null);
    }
}
