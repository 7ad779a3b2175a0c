package dev.devmentor.gateway.settings;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StateResource} answers, for the OpenAPI document alone: the sections themselves are made by those whose state it is. By
 * OpenApiIT it has what they have.
 *
 * @param breakers when they open, and those of routes
 * @param gateway what is under way in all, and how many requests may be
 * @param limits requests a minute
 * @param routes in the order of their names
 * @param services by name
 * @param settingsVersion 0 for all as configured
 */
@Schema(examples = """
        {"breakers": {"failures": 5, "openSeconds": 30, "longestOpenSeconds": 300, "calmSeconds": 300, "routes": {"learning": "CLOSED"}},
         "gateway": {"limit": 1000, "requests": 12, "loopDelayMillis": 0},
         "limits": {"anonymous": 10, "free": 120, "premium": 1000, "auth": 60},
         "retries": {"retries": 3, "waitsMillis": [1000, 2000, 4000], "budgetPercent": 10, "floorPerSecond": 1},
         "routes": [{"name": "learning", "prefix": "/api/learning", "exact": false, "service": "learning-service", "access": "TOKEN",
           "limits": "CALLER", "timeoutMillis": 30000, "maxBodyBytes": 1048576, "cacheSeconds": 0}],
         "services": {"learning-service": {"strategy": "ROUND_ROBIN", "limit": 200, "underWay": 3,
           "instances": [{"instance": "http://127.0.0.1:3005", "well": true, "breaker": "CLOSED", "underWay": 3}]}},
         "settingsVersion": 0}""")
record GatewayState(
        Breakers breakers,
        Gateway gateway,
        RequestLimits limits,
        Retries retries,
        List<RouteLine> routes,
        Map<String, Service> services,
        long settingsVersion) {

    /** @param routes CLOSED, OPEN or HALF_OPEN, by the name of the route */
    @Schema(name = "GatewayBreakers")
    record Breakers(
            int failures, long openSeconds, long longestOpenSeconds, long calmSeconds, Map<String, String> routes) {}

    /** @param requests that are under way */
    @Schema(name = "GatewayLoad")
    record Gateway(int limit, int requests, long loopDelayMillis) {}

    /** Requests a minute. */
    @Schema(name = "GatewayLimits")
    record RequestLimits(int anonymous, int free, int premium, int auth) {}

    /** @param floorPerSecond retries that are there without any budget */
    @Schema(name = "GatewayRetries")
    record Retries(int retries, List<Long> waitsMillis, int budgetPercent, int floorPerSecond) {}

    /**
     * A route.
     *
     * @param access OPEN or TOKEN
     * @param role that is needed; absent for any
     * @param limits NONE, CALLER or AUTH
     */
    @Schema(name = "GatewayRoute")
    record RouteLine(
            String name,
            String prefix,
            boolean exact,
            String service,
            String access,
            @Nullable String role,
            String limits,
            long timeoutMillis,
            long maxBodyBytes,
            int cacheSeconds) {}

    /** @param limit of requests that may be under way */
    @Schema(name = "GatewayService")
    record Service(String strategy, int limit, int underWay, List<ServiceInstance> instances) {}

    /** @param breaker CLOSED, OPEN or HALF_OPEN */
    @Schema(name = "GatewayInstance")
    record ServiceInstance(String instance, boolean well, String breaker, int underWay) {}
}
