package dev.devmentor.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a model predicts holds no longer as it did.
 *
 * @param driftId 1 to 64 characters
 * @param model such as {@code sequence}, {@code related-files} or {@code template}
 * @param scopeId the learner or the team; null exactly when the scope is everyone
 * @param patternId the pattern that no longer holds, where it is one alone
 * @param before the rate of success before, 0 to 1
 * @param after the rate of success after, 0 to 1
 * @param observations how many observations the new window holds
 * @param extra see {@link QuizAnswered#extra()}
 */
public record PatternDrifted(
        String driftId,
        String model,
        PatternScope scope,
        @Nullable String scopeId,
        @Nullable String patternId,
        Instant driftedAt,
        double before,
        double after,
        int observations,
        @Nullable String extra) {

    public PatternDrifted {
        driftedAt = Values.micros(driftedAt);
        before = Values.plain(before);
        after = Values.plain(after);
    }
}
