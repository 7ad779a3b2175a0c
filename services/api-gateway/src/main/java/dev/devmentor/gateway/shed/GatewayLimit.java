package dev.devmentor.gateway.shed;

import dev.devmentor.gateway.settings.StateSection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The limit of the whole gateway, as it is configured. */
@Singleton
@Unremovable
final class GatewayLimit implements StateSection {
    private final DelayLimit limit;
    private volatile long lateNanos;

    @Inject
    GatewayLimit(ShedConfig config, MeterRegistry meters) {
        if (config.most() < config.least()) {
            throw new ConfigurationException("devmentor.gateway.shed.most: is less than least");
        }
        limit = new DelayLimit(config.least(), config.most(), config.delay().toNanos());
        Gauge.builder("devmentor.gateway.limit", limit, DelayLimit::limit).register(meters);
        Gauge.builder("devmentor.gateway.under.way", limit, DelayLimit::inside).register(meters);
        Gauge.builder("devmentor.gateway.loop.delay.seconds", this, now -> now.lateNanos / 1e9)
                .register(meters);
    }

    boolean tryEnter() {
        return limit.tryEnter();
    }

    void leave() {
        limit.leave();
    }

    void window(long shortestWaitNanos) {
        lateNanos = shortestWaitNanos;
        limit.window(shortestWaitNanos);
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public Object state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("limit", limit.limit());
        state.put("requests", limit.inside());
        state.put("loopDelayMillis", lateNanos / 1_000_000);
        return state;
    }
}
