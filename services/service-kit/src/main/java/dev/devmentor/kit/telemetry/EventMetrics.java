package dev.devmentor.kit.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Meters of event consumption and relay; names as in docs/telemetry.md. */
@ApplicationScoped
public class EventMetrics {
    private final MeterRegistry registry;

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts outcomes by topic: {@code devmentor_events_total{topic,outcome}}. */
    public void count(Map<String, Map<Outcome, Long>> outcomes) {
        outcomes.forEach(
                (topic, byOutcome) -> byOutcome.forEach((outcome, events) -> Counter.builder("devmentor.events")
                        .description("Events received, by topic and by what became of them")
                        .tags("topic", topic, "outcome", outcome.tag())
                        .register(registry)
                        .increment(events)));
    }

    /** Counts a dead letter by reason: {@code devmentor_dead_letters_total{topic,reason}}. */
    public void deadLetter(String topic, String reason) {
        Counter.builder("devmentor.dead.letters")
                .description("Records sent to the dead-letter topic, by reason")
                .tags("topic", topic, "reason", reason)
                .register(registry)
                .increment();
    }

    /** Counts a pause because a part of the platform was down: {@code devmentor_consumer_pauses_total}. */
    public void pause() {
        Counter.builder("devmentor.consumer.pauses")
                .description("Times that consumption waited because a dependency was down")
                .register(registry)
                .increment();
    }

    /** Records how long a batch took from poll to commit: {@code devmentor_batch_seconds}. */
    public void batch(Duration took, int events) {
        Timer.builder("devmentor.batch")
                .description("Time from poll to commit of one batch")
                .register(registry)
                .record(took);
        registry.summary("devmentor.batch.events").record(events);
    }

    /** Counts relayed messages: {@code devmentor_outbox_sent_total}. */
    public void relayed(int messages) {
        Counter.builder("devmentor.outbox.sent")
                .description("Messages relayed from the outbox to Kafka")
                .register(registry)
                .increment(messages);
    }

    /** Registers a gauge whose value is asked for at each scrape. */
    public void gauge(String name, String description, Supplier<Number> value) {
        io.micrometer.core.instrument.Gauge.builder(name, value)
                .description(description)
                .register(registry);
    }
}
