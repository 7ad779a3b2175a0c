package dev.devmentor.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error was seen, or one that was seen before did not come again.
 *
 * @param observationId 1 to 128 characters
 * @param learner whose run it was, null where it was nobody's
 * @param repository see {@link CodeChanged#repository()}
 * @param status gone says that an error of an earlier run of the same command did not come again
 * @param run the run that it was seen in
 * @param text one line or a whole stack trace, at most 65 536 characters; of a gone error what was printed when it was seen
 * @param exitCode what the command ended with, as a signed number
 * @param changedFiles of a gone error the files that changed since it was last seen, at most 200; empty where nobody says
 * @param commit see {@link CodeChanged#commit()}
 * @param team the team that the work belongs to
 * @param skills at most 32 different ones; empty where the event names none
 * @param extra see {@link QuizAnswered#extra()}
 */
public record ErrorObserved(
        String observationId,
        @Nullable String learner,
        @Nullable String repository,
        Instant observedAt,
        ErrorOrigin origin,
        ErrorStatus status,
        @Nullable String run,
        @Nullable String command,
        String text,
        @Nullable Integer exitCode,
        List<String> changedFiles,
        @Nullable String commit,
        @Nullable String team,
        List<String> skills,
        @Nullable String extra) {

    public ErrorObserved {
        observedAt = Values.micros(observedAt);
        changedFiles = List.copyOf(changedFiles);
        skills = List.copyOf(skills);
    }
}
