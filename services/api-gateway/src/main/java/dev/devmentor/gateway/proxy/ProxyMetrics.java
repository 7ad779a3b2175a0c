package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.metric.RequestCounter;
import dev.devmentor.gateway.route.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of requests; the names stand in docs/telemetry.md. */
final class ProxyMetrics {
    private final MeterRegistry registry;
    private final LongAdder inFlight = new LongAdder();
    private final Counter unasked;
    private final Counter nonsense;
    private final Map<String, OfRoute> routes = new ConcurrentHashMap<>();

    ProxyMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("devmentor.gateway.in.flight", inFlight, LongAdder::doubleValue);
        unasked = registry.counter("devmentor.gateway.upstream.unasked");
        nonsense = registry.counter("devmentor.gateway.upstream.nonsense");
    }

    /** The meters of one route, looked up once for a request. */
    static final class OfRoute {
        private final RequestCounter[] requests = new RequestCounter[6];
        private final Timer latency;
        private final Counter[] failures;
        private final Counter retries;
        private final Counter cached;

        OfRoute(MeterRegistry registry, String route) {
            for (int i = 0; i < requests.length; i++) {
                // Status class 0: the client went away before there was an answer.
                requests[i] = RequestCounter.of(
                        registry,
                        "devmentor.gateway.proxied.requests",
                        "Requests that went to a service, by the class of the answer's status",
                        "route",
                        route,
                        "status",
                        i == 0 ? "none" : i + "xx");
            }
            latency = Timer.builder("devmentor.gateway.latency")
                    .tag("route", route)
                    .serviceLevelObjectives(
                            Duration.ofMillis(1),
                            Duration.ofMillis(5),
                            Duration.ofMillis(20),
                            Duration.ofMillis(100),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(10))
                    .register(registry);
            Failure[] kinds = Failure.values();
            failures = new Counter[kinds.length];
            for (Failure kind : kinds) {
                failures[kind.ordinal()] = registry.counter(
                        "devmentor.gateway.upstream.failures",
                        "route",
                        route,
                        "failure",
                        kind.name().toLowerCase(java.util.Locale.ROOT));
            }
            retries = registry.counter("devmentor.gateway.proxied.retries", "route", route);
            cached = registry.counter("devmentor.gateway.cached.answers", "route", route);
        }

        void ended(int status, long nanos) {
            requests[status / 100].increment();
            latency.record(nanos, TimeUnit.NANOSECONDS);
        }

        void failed(Failure how) {
            failures[how.ordinal()].increment();
        }

        void retried() {
            retries.increment();
        }

        void cached() {
            cached.increment();
        }
    }

    OfRoute of(Route route) {
        OfRoute found = routes.get(route.name());
        return found != null ? found : routes.computeIfAbsent(route.name(), name -> new OfRoute(registry, name));
    }

    void began() {
        inFlight.increment();
    }

    void ended() {
        inFlight.decrement();
    }

    /** An instance sent something that nobody had asked for. */
    void unasked() {
        unasked.increment();
    }

    /** An instance sent what is no HTTP. */
    void nonsense() {
        nonsense.increment();
    }
}
