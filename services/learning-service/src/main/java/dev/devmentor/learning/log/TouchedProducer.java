package dev.devmentor.learning.log;

import dev.devmentor.kit.fold.Touched;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Notes whose log grew, by learner. */
final class TouchedProducer {
    @Produces
    @Singleton
    Touched touched(Clock clock) {
        return new Touched("learner_id", clock);
    }
}
