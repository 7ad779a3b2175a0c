package dev.devmentor.events;

import org.jspecify.annotations.Nullable;

/**
 * What became of a file in a {@link CodeChanged}.
 *
 * @param path in the repository, with slashes, 1 to 1024 characters
 * @param from the path before; there where the file was renamed
 * @param linesAdded null where nobody counts them, as in a binary file
 * @param linesDeleted as {@code linesAdded}
 * @param extra see {@link QuizAnswered#extra()}
 */
public record FileChange(
        String path,
        FileChangeKind change,
        @Nullable String from,
        @Nullable Integer linesAdded,
        @Nullable Integer linesDeleted,
        @Nullable String extra) {}
