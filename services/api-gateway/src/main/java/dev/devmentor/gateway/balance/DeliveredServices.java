package dev.devmentor.gateway.balance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services of the platform's catalogue, as they run on one machine. */
final class DeliveredServices {
    /** The path of readiness of every Quarkus service. */
    static final String READY = "/q/health/ready";

    /**
     * A service.
     *
     * @param healthPath null for no active checks
     */
    record Service(
            List<Address> addresses,
            Strategy strategy,
            @Nullable String healthPath,
            boolean http2) {}

    private DeliveredServices() {}

    static Map<String, Service> all() {
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("ai-gateway", onPort(3001, READY));
        services.put("auth-service", onPort(3002, READY));
        services.put("memory-service", onPort(3003, READY));
        services.put("project-service", onPort(3004, READY));
        services.put("learning-service", onPort(3005, READY));
        services.put("monitoring-service", onPort(3006, READY));
        services.put("repo-analyzer", onPort(3007, READY));
        services.put("pbml-service", onPort(3008, READY));
        services.put("feature-center", onPort(3009, READY));
        services.put("scraper-service", onPort(3010, READY));
        services.put("websocket-gateway", onPort(8002, READY));
        services.put("frontend", onPort(3000, null));
        return services;
    }

    private static Service onPort(int port, @Nullable String healthPath) {
        return new Service(
                List.of(new Address("127.0.0.1", port, false, false)), Strategy.ROUND_ROBIN, healthPath, false);
    }
}
