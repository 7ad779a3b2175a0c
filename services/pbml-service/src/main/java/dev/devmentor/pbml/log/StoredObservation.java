package dev.devmentor.pbml.log;

import dev.devmentor.pbml.engine.owner.EventKey;
import java.util.UUID;

/**
 * An observation as it lies in the log.
 *
 * @param key its place in the order of folding
 * @param eventKey first 128 bits of SHA-256 over source and id; what evidence refers to
 * @param data the event's data as JSON; empty if its content was forgotten
 */
public record StoredObservation(EventKey key, UUID eventKey, ObservationKind kind, String data) {
    /** Whether there is only left that it happened. */
    public boolean isForgotten() {
        return data.isEmpty();
    }
}
