package dev.devmentor.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task came into being.
 *
 * @param learner whose task it is, null while nobody's
 * @param skills what the task needs, at most 32 different ones
 * @param extra see {@link QuizAnswered#extra()}
 */
public record TaskCreated(
        String taskId,
        @Nullable String learner,
        String project,
        String title,
        List<String> skills,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable String extra) {

    public TaskCreated {
        skills = List.copyOf(skills);
        createdAt = Values.micros(createdAt);
        dueAt = Values.microsOrNull(dueAt);
    }
}
