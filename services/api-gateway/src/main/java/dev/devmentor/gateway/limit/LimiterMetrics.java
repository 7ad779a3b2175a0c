package dev.devmentor.gateway.limit;

import dev.devmentor.gateway.metric.RequestCounter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Meters of the limiter; names as in docs/telemetry.md. */
final class LimiterMetrics {
    private final MeterRegistry registry;
    private final Counter timedOut;
    private final Counter unreachable;
    private final Counter calls;
    private final Counter told;
    private final RequestCounter ahead;
    private final Counter refusedWindow;
    private final Counter refusedQuota;

    LimiterMetrics(MeterRegistry registry) {
        this.registry = registry;
        timedOut = fallback("timeout");
        unreachable = fallback("unreachable");
        calls = Counter.builder("devmentor.gateway.limiter.calls")
                .description("Calls of the script in Redis; one decides many requests")
                .register(registry);
        told = Counter.builder("devmentor.gateway.limiter.told")
                .description("Requests that were admitted without Redis and told to it later")
                .register(registry);
        ahead = RequestCounter.of(
                registry,
                "devmentor.gateway.limiter.ahead",
                "Requests that were admitted by what Redis had said a moment ago, and told to it later");
        refusedWindow = refused("minute");
        refusedQuota = refused("day");
    }

    private Counter fallback(String reason) {
        return Counter.builder("devmentor.gateway.limiter.fallback")
                .description("Requests that were decided without Redis, by reason")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter refused(String limit) {
        return Counter.builder("devmentor.gateway.limiter.refused")
                .description("Requests that were refused with 429, by the limit that was used up")
                .tag("limit", limit)
                .register(registry);
    }

    void up(Supplier<Number> value) {
        Gauge.builder("devmentor.gateway.limiter.redis.up", value)
                .description("1 while limits are checked in Redis, 0 while this process decides alone")
                .register(registry);
    }

    void gateways(Supplier<Number> value) {
        Gauge.builder("devmentor.gateway.instances", value)
                .description("Gateways that are alive, as last seen in Redis")
                .register(registry);
    }

    void callers(Supplier<Number> value) {
        Gauge.builder("devmentor.gateway.limiter.callers", value)
                .description("Callers whose requests of the last minute this process remembers")
                .register(registry);
    }

    void fallback(Decision.Source source) {
        (source == Decision.Source.TIMED_OUT ? timedOut : unreachable).increment();
    }

    void call() {
        calls.increment();
    }

    void ahead() {
        ahead.increment();
    }

    void told(int requests) {
        told.increment(requests);
    }

    void refused(boolean byDay) {
        (byDay ? refusedQuota : refusedWindow).increment();
    }
}
