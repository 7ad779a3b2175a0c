package dev.devmentor.pbml.engine.related;

import java.time.Instant;
import java.util.List;

/**
 * What goes with this?
 *
 * @param paths files of the change so far, at least one; they need not be known
 * @param author who makes it, empty if that is not to count
 * @param at when
 */
public record Query(List<String> paths, String author, Instant at) {

    /** More files than these say no more about the change. */
    static final int MOST_PATHS = 32;

    public Query {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no paths");
        }
        paths = List.copyOf(paths);
    }

    /** One file, whoever asks. */
    public static Query of(String path, Instant at) {
        return new Query(List.of(path), "", at);
    }
}
