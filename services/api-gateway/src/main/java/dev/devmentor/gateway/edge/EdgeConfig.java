package dev.devmentor.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What holds for connections and requests from outside. */
@ConfigMapping(prefix = "devmentor.gateway.edge")
public interface EdgeConfig {
    /** Largest head of a request in bytes; more is 431. */
    @WithDefault("32768")
    int maxHeadBytes();

    /** Most fields of a head; more is 431. */
    @WithDefault("100")
    int maxFields();

    /** Longest URI in bytes; more is 414. */
    @WithDefault("8192")
    int maxUriBytes();

    /** How long a head may take from its first byte to its last; more is 408. */
    @WithDefault("10s")
    Duration headTimeout();

    /** How long a connection may be silent. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** How long a stream (a WebSocket, events, a connection of HTTP/2) may be silent. */
    @WithDefault("10m")
    Duration streamIdleTimeout();

    /** Most connections from outside; further ones are closed at once. */
    @WithDefault("20000")
    int maxConnections();

    /** Event loops for connections; 0 for one on each processor. */
    @WithDefault("0")
    int eventLoops();

    /** Proxies whose {@code Forwarded} and {@code X-Forwarded-For} are believed, as addresses or CIDR blocks. */
    Optional<List<String>> trustedProxies();

    /** Part of the requests without a trace of their own for which one is recorded, 0 to 1. */
    @WithDefault("0.05")
    double traceSampling();
}
