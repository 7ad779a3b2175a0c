package dev.devmentor.pbml.engine.related;

import java.time.Instant;
import java.util.List;

/**
 * One step of a history.
 *
 * @param id names it among the evidence of an answer; 1 to {@value #LONGEST_NAME} characters
 * @param at when it was made; clocks of histories step back at times, so the order of arrival counts
 * @param author an opaque name, empty if unknown; at most {@value #LONGEST_NAME} characters
 * @param changes its files; a rename is a deletion and an addition
 */
public record Commit(String id, Instant at, String author, List<Change> changes) {

    static final int LONGEST_NAME = 128;

    /** What happened to a file. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * A file of a commit.
     *
     * @param kind what happened to it
     * @param path from the top of the repository, with slashes
     */
    public record Change(Kind kind, String path) {}

    public Commit {
        if (id.isEmpty() || id.length() > LONGEST_NAME || !Paths.isWellFormed(id)) {
            throw new IllegalArgumentException("the id of a commit has " + id.length() + " characters");
        }
        if (author.length() > LONGEST_NAME || !Paths.isWellFormed(author)) {
            throw new IllegalArgumentException("the author of a commit has " + author.length() + " characters");
        }
        changes = List.copyOf(changes);
    }
}
