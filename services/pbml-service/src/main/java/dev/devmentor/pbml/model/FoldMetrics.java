package dev.devmentor.pbml.model;

import dev.devmentor.kit.telemetry.EventMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Meters of folding; names as in docs/telemetry.md. */
@ApplicationScoped
class FoldMetrics {
    private final Counter appended;
    private final Counter resumed;
    private final Counter replayed;
    private final Counter failed;
    private volatile double freshness;

    FoldMetrics(MeterRegistry registry, EventMetrics events, HotModels hot) {
        appended = fold(registry, "appended");
        resumed = fold(registry, "resumed");
        replayed = fold(registry, "replayed");
        failed = fold(registry, "failed");
        events.gauge(
                "devmentor.pbml.freshness.seconds",
                "Age of the oldest observation that is not folded",
                () -> freshness);
        events.gauge("devmentor.pbml.models.bytes", "Bytes of the models in memory, roughly", hot::bytes);
        events.gauge("devmentor.pbml.models", "Models in memory", hot::size);
    }

    private static Counter fold(MeterRegistry registry, String how) {
        return Counter.builder("devmentor.pbml.folds")
                .description("Folds of an owner's log, by how they went")
                .tag("how", how)
                .register(registry);
    }

    void appended() {
        appended.increment();
    }

    void resumed() {
        resumed.increment();
    }

    void replayed() {
        replayed.increment();
    }

    void failed() {
        failed.increment();
    }

    void fresh(double seconds) {
        freshness = Math.max(0, seconds);
    }
}
