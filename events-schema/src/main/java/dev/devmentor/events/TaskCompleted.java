package dev.devmentor.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learner finished a task.
 *
 * @param skills what the task needed, at most 32 different ones
 * @param minutesSpent at most a year
 * @param extra see {@link QuizAnswered#extra()}
 */
public record TaskCompleted(
        String taskId,
        String learner,
        List<String> skills,
        Instant completedAt,
        @Nullable Integer minutesSpent,
        @Nullable String extra) {

    public TaskCompleted {
        skills = List.copyOf(skills);
        completedAt = Values.micros(completedAt);
    }
}
