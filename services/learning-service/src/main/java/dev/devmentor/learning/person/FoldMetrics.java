package dev.devmentor.learning.person;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Meters of people's folds; names as in docs/telemetry.md. */
@ApplicationScoped
class FoldMetrics {
    private final Counter appends;
    private final Counter replays;
    private final Counter failures;
    private volatile double freshnessSeconds;

    FoldMetrics(MeterRegistry registry) {
        appends = counter(registry, "append");
        replays = counter(registry, "replay");
        failures = Counter.builder("devmentor.person.failures")
                .description("People who could not be folded, which is a bug; reading them tries again")
                .register(registry);
        Gauge.builder("devmentor.person.freshness.seconds", () -> freshnessSeconds)
                .description("Age of the oldest note of a log that grew and is not folded, at the last look")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String how) {
        return Counter.builder("devmentor.person.folds")
                .description("Times that a person's state was folded further, by how")
                .tag("how", how)
                .register(registry);
    }

    void appended() {
        appends.increment();
    }

    void replayed() {
        replays.increment();
    }

    void failed() {
        failures.increment();
    }

    void fresh(double seconds) {
        freshnessSeconds = seconds;
    }
}
