package dev.devmentor.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** What holds for connections and requests from outside. */
@ConfigMapping(prefix = "devmentor.gateway.edge")
public interface EdgeConfig {
    /** Largest head of a request in bytes; more is 431. */
    @WithDefault("32768")
    @Min(1024) @Max(1 << 20) int maxHeadBytes();

    /** Most fields of a head; more is 431. */
    @WithDefault("100")
    @Min(1) @Max(10_000) int maxFields();

    /** Longest URI in bytes; more is 414. */
    @WithDefault("8192")
    @Min(64) int maxUriBytes();

    /** How long a head may take from its first byte to its last; more is 408. */
    @WithDefault("10s")
    @DurationMin(millis = 1)
    Duration headTimeout();

    /** How long a connection may be silent. */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    Duration idleTimeout();

    /** How long a stream (a WebSocket, events, a connection of HTTP/2) may be silent. */
    @WithDefault("10m")
    @DurationMin(seconds = 1)
    Duration streamIdleTimeout();

    /** Most connections from outside; further ones are closed at once. */
    @WithDefault("20000")
    @Min(1) int maxConnections();

    /** Event loops for connections; 0 for one on each processor. */
    @WithDefault("0")
    @Min(0) @Max(1024) int eventLoops();

    /** Proxies whose {@code Forwarded} and {@code X-Forwarded-For} are believed, as addresses or CIDR blocks. */
    Optional<List<String>> trustedProxies();

    /** Part of the requests without a trace of their own for which one is recorded, 0 to 1. */
    @WithDefault("0.05")
    @DecimalMin("0") @DecimalMax("1") double traceSampling();
}
