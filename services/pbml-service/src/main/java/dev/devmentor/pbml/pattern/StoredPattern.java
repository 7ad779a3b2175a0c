package dev.devmentor.pbml.pattern;

import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternView;

/**
 * A pattern as it is stored.
 *
 * @param state as of the last observation
 * @param lower lower bound of the probability that it holds
 */
record StoredPattern(
        String id,
        PatternKind kind,
        LifeState state,
        double lower,
        double mean,
        int support,
        long firstMicros,
        long lastMicros,
        long sinceMicros,
        String title,
        PatternDetail detail) {

    /** As the row of a view is. */
    static StoredPattern of(PatternView view) {
        return new StoredPattern(
                view.id(),
                view.kind(),
                view.state(),
                view.lower(),
                view.mean(),
                view.support(),
                view.firstMicros(),
                view.lastMicros(),
                view.sinceMicros(),
                view.title(),
                PatternDetail.of(view));
    }
}
