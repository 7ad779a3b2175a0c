package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A learner reached an achievement.
 *
 * @param achievement stable id
 * @param title name for people
 * @param unlockedAt when what it took had been done
 * @param level of the learner then, from 1
 * @param points of the learner then
 * @param extra see {@link QuizAnswered#extra()}
 */
public record AchievementUnlocked(
        String learner,
        String achievement,
        String title,
        Instant unlockedAt,
        @Nullable Integer level,
        @Nullable Integer points,
        @Nullable String extra) {

    public AchievementUnlocked {
        unlockedAt = Values.micros(unlockedAt);
    }
}
