package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card's next review was set.
 *
 * @param intervalDays whole days from the review to {@code dueAt}; 0 where it is due the same day
 * @param answerId the answer that caused it, null where something else did
 * @param stability days, as the scheduler understands it
 * @param difficulty in the scheduler's own scale
 * @param repetitions answers so far
 * @param lapses how often a known card was forgotten
 * @param retrievabilityTarget the wanted probability of recall at {@code dueAt}
 * @param extra see {@link QuizAnswered#extra()}
 */
public record ReviewScheduled(
        String learner,
        String item,
        Instant dueAt,
        int intervalDays,
        SchedulerName scheduler,
        @Nullable String answerId,
        @Nullable Instant reviewedAt,
        CardState state,
        @Nullable Double stability,
        @Nullable Double difficulty,
        int repetitions,
        int lapses,
        @Nullable Double retrievabilityTarget,
        @Nullable String extra) {

    public ReviewScheduled {
        dueAt = Values.micros(dueAt);
        reviewedAt = Values.microsOrNull(reviewedAt);
        stability = Values.plain(stability);
        difficulty = Values.plain(difficulty);
        retrievabilityTarget = Values.plain(retrievabilityTarget);
    }
}
