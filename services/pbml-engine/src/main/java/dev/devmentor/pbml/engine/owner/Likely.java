package dev.devmentor.pbml.engine.owner;

import java.util.List;
import java.util.UUID;

/**
 * Something that may come.
 *
 * @param subject an action, a path or the id of a pattern
 * @param probability that it does
 * @param reason in a few words
 * @param refs events that it rests on, the latest first
 * @param sessions beginnings of sessions that it rests on, microseconds since 1970-01-01T00:00Z, the most similar first
 */
public record Likely(String subject, double probability, String reason, List<UUID> refs, List<Long> sessions) {
    public Likely {
        refs = List.copyOf(refs);
        sessions = List.copyOf(sessions);
    }
}
