package dev.devmentor.pbml.log;

import dev.devmentor.kit.fold.Touched;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Notes whose log grew, by owner. */
final class TouchedProducer {
    @Produces
    @Singleton
    Touched touched(Clock clock) {
        return new Touched("owner_id", clock);
    }
}
