package dev.devmentor.gateway.shed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Makes the limits of services, within the bounds that are configured, and counts whom they refuse. */
@Singleton
public class ServiceLimits {
    private final LatencyLimit.Bounds bounds;
    private final MeterRegistry meters;
    private final ConcurrentMap<String, Counter> refusals = new ConcurrentHashMap<>();

    @Inject
    ServiceLimits(ShedConfig config, MeterRegistry meters) {
        this(bounds(config), meters);
    }

    private static LatencyLimit.Bounds bounds(ShedConfig config) {
        if (config.serviceStart() < config.serviceLeast() || config.serviceMost() < config.serviceStart()) {
            throw new ConfigurationException(
                    "devmentor.gateway.shed: service-least is at most service-start, and that at"
                            + " most service-most");
        }
        return new LatencyLimit.Bounds(
                config.serviceStart(),
                config.serviceLeast(),
                config.serviceMost(),
                config.tolerated().toNanos());
    }

    /** With these bounds for each service. */
    public ServiceLimits(LatencyLimit.Bounds bounds, MeterRegistry meters) {
        this.bounds = bounds;
        this.meters = meters;
    }

    /** The limit of one service. */
    public LatencyLimit newLimit(String service) {
        LatencyLimit limit = new LatencyLimit(System::nanoTime, bounds);
        Gauge.builder("devmentor.gateway.service.limit", limit, LatencyLimit::limit)
                .tag("service", service)
                .register(meters);
        Gauge.builder("devmentor.gateway.service.under.way", limit, LatencyLimit::underWay)
                .tag("service", service)
                .register(meters);
        return limit;
    }

    /** Counts a call that a limit has refused. */
    public void refused(String service) {
        Counter counter = refusals.get(service);
        if (counter == null) {
            counter = refusals.computeIfAbsent(service, name -> meters.counter("devmentor.gateway.sheds", "by", name));
        }
        counter.increment();
    }
}
