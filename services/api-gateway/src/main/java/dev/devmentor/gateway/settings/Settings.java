package dev.devmentor.gateway.settings;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What operators have changed of what is configured. What is null or absent is as configured.
 *
 * @param limits requests a minute
 * @param breaker when breakers open and for how long
 * @param retry when a call is tried again
 * @param routes by their name
 * @param services by their name
 */
@Schema(
        name = "GatewaySettings",
        examples = "{\"limits\": {\"free\": 60}, \"routes\": {\"ai\": {\"timeoutMillis\": 60000}}}")
public record Settings(
        LimitSettings limits,
        BreakerSettings breaker,
        RetrySettings retry,
        Map<String, RouteSettings> routes,
        Map<String, ServiceSettings> services) {
    /** Everything as configured. */
    public static final Settings NONE = new Settings(
            new LimitSettings(null, null, null, null),
            new BreakerSettings(null, null, null, null),
            new RetrySettings(null, null, null),
            Map.of(),
            Map.of());

    public Settings {
        routes = Map.copyOf(routes);
        services = Map.copyOf(services);
    }

    /** Requests a minute, 1 to 1 000 000 each. */
    @Schema(name = "GatewayLimitSettings")
    public record LimitSettings(
            @Nullable Integer anonymous,
            @Nullable Integer free,
            @Nullable Integer premium,
            @Nullable Integer auth) {}

    /**
     * Breakers.
     *
     * @param failures in a row that open one, 1 to 1000
     * @param openSeconds for which it stays open the first time, 1 to 3600
     * @param longestOpenSeconds for which it stays open at most, 1 to 86 400
     * @param calmSeconds after closing, after which it begins with the short time again, 1 to 86 400
     */
    @Schema(name = "GatewayBreakerSettings")
    public record BreakerSettings(
            @Nullable Integer failures,
            @Nullable Integer openSeconds,
            @Nullable Integer longestOpenSeconds,
            @Nullable Integer calmSeconds) {}

    /**
     * Retries.
     *
     * @param retries of one request at most, 0 to 3
     * @param budgetPercent retries for each 100 first tries, 0 to 100
     * @param floorPerSecond retries a second that are there without any budget, 0 to 1000
     */
    @Schema(name = "GatewayRetrySettings")
    public record RetrySettings(
            @Nullable Integer retries,
            @Nullable Integer budgetPercent,
            @Nullable Integer floorPerSecond) {}

    /**
     * A route.
     *
     * @param timeoutMillis until the head of the answer, 10 to 600 000
     * @param access {@code TOKEN} to close what is open; what is closed can't be opened
     * @param role that is needed beside a token where none is configured
     * @param maxBodyBytes of a request, 0 to 1 GiB
     * @param cacheSeconds for which an answer may be shown while the breaker is open, 0 to 86 400
     */
    @Schema(name = "GatewayRouteSettings")
    public record RouteSettings(
            @Nullable Integer timeoutMillis,
            @Nullable String access,
            @Nullable String role,
            @Nullable Long maxBodyBytes,
            @Nullable Integer cacheSeconds) {}

    /**
     * A service.
     *
     * @param instances {@code http://host:port}, {@code https://host:port} or {@code dns://name:port}, 1 to 64
     * @param strategy {@code ROUND_ROBIN}, {@code LEAST_CONNECTIONS} or {@code IP_HASH}
     */
    @Schema(name = "GatewayServiceSettings")
    public record ServiceSettings(
            @Nullable List<String> instances, @Nullable String strategy) {
        public ServiceSettings {
            instances = instances == null ? null : List.copyOf(instances);
        }
    }
}
