package dev.devmentor.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Code of a repository changed: it was committed, saved or proposed for review.
 *
 * @param changeId 1 to 128 characters
 * @param learner who changed it
 * @param repository a name such as {@code org/project}, with neither a colon nor an @
 * @param commit 7 to 64 lower-case hexadecimal digits
 * @param subject the first line of the message
 * @param files 1 to 1000
 * @param skills at most 32 different ones; empty where the event names none
 * @param team the team that the work belongs to
 * @param extra see {@link QuizAnswered#extra()}
 */
public record CodeChanged(
        String changeId,
        String learner,
        String repository,
        @Nullable String branch,
        @Nullable String commit,
        Instant changedAt,
        ChangeOrigin origin,
        @Nullable String subject,
        List<FileChange> files,
        List<String> skills,
        @Nullable String team,
        @Nullable String extra) {

    public CodeChanged {
        changedAt = Values.micros(changedAt);
        files = List.copyOf(files);
        skills = List.copyOf(skills);
    }
}
