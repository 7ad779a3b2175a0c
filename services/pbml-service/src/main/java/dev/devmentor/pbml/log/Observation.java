package dev.devmentor.pbml.log;

import dev.devmentor.pbml.owner.OwnerName;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to go into the log.
 *
 * @param owner whose log
 * @param atMicros when it happened, microseconds since 1970-01-01T00:00Z
 * @param source source of the event
 * @param eventId id of the event, unique within its source
 * @param answerId id of the answer, unique for the owner; only of answers
 * @param data the event's data as JSON, equal for equal events; never empty
 */
public record Observation(
        OwnerName owner,
        ObservationKind kind,
        long atMicros,
        String source,
        String eventId,
        @Nullable String answerId,
        String data) {
    public Observation {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("empty data stands for forgotten content");
        }
        if (answerId != null && kind != ObservationKind.ANSWER) {
            throw new IllegalArgumentException("only answers have an answer id");
        }
    }
}
