package dev.devmentor.events;

import org.jspecify.annotations.Nullable;

/**
 * The identity of another event.
 *
 * @param source who said it: a URI reference, 1 to 256 characters
 * @param id its identity among the events of its source, 1 to 256 characters
 * @param extra see {@link QuizAnswered#extra()}
 */
public record EventReference(
        String source, String id, @Nullable String extra) {
    /** A reference without anything that the schema does not name. */
    public EventReference(String source, String id) {
        this(source, id, null);
    }
}
