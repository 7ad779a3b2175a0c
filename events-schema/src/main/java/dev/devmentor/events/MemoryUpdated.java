package dev.devmentor.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory was stored, changed or deleted.
 *
 * @param version 1 for a new memory, rising with each change
 * @param text at most 16 384 characters
 * @param review whether it is to be offered as a review card
 * @param deleted whether this change deletes it; false where the event does not say
 * @param deck the deck that it belongs to, parents first, joined by two colons; at most 128 characters
 * @param group memories of one group are about the same thing, so that their cards are siblings; at most 128 characters
 * @param extra see {@link QuizAnswered#extra()}
 */
public record MemoryUpdated(
        String memoryId,
        String learner,
        int version,
        MemoryKind kind,
        String title,
        @Nullable String text,
        List<String> skills,
        boolean review,
        Instant updatedAt,
        boolean deleted,
        @Nullable String deck,
        @Nullable String group,
        @Nullable String extra) {

    public MemoryUpdated {
        skills = List.copyOf(skills);
        updatedAt = Values.micros(updatedAt);
    }
    /** A memory without deck and group. */
    public MemoryUpdated(
            String memoryId,
            String learner,
            int version,
            MemoryKind kind,
            String title,
            @Nullable String text,
            List<String> skills,
            boolean review,
            Instant updatedAt,
            boolean deleted,
            @Nullable String extra) {
        this(memoryId, learner, version, kind, title, text, skills, review, updatedAt, deleted, null, null, extra);
    }
}
