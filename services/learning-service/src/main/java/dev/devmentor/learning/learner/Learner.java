package dev.devmentor.learning.learner;

import dev.devmentor.learning.engine.card.LearnerSettings;
import org.jspecify.annotations.Nullable;

/**
 * A learner as stored.
 *
 * @param id key in this service's tables; means nothing outside
 * @param sub the learner's id everywhere else
 * @param settings what the settings entries of the log add up to
 * @param settingsAtMicros time of the newest settings entry; null while the defaults hold
 */
public record Learner(
        long id,
        String sub,
        LearnerSettings settings,
        @Nullable Long settingsAtMicros) {}
