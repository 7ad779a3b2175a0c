package dev.devmentor.learning.learner;

import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Models;
import org.jspecify.annotations.Nullable;

/**
 * A learner as stored.
 *
 * @param id key in this service's tables; means nothing outside
 * @param sub the learner's id everywhere else
 * @param settings what the settings entries of the log add up to
 * @param preferences the other half of the newest settings entry
 * @param settingsAtMicros time of the newest settings entry; null while the defaults hold
 * @param models with the learner's newest weights
 * @param plansUntilDay last day, since 1970-01-01, for which a plan may still have something to say of answers that come in;
 *     null if there never was one
 */
public record Learner(
        long id,
        String sub,
        LearnerSettings settings,
        Preferences preferences,
        @Nullable Long settingsAtMicros,
        Models models,
        @Nullable Integer plansUntilDay) {

    /** Whether the learner's log holds settings or weights, so that cards are not folded under the defaults. */
    public boolean hasTimeline() {
        return settingsAtMicros != null || models.version() > 0;
    }
}
