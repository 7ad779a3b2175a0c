package dev.devmentor.gateway.breaker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Breakers as they are configured; what operators set goes before. */
@ConfigMapping(prefix = "devmentor.gateway.breaker")
interface BreakerConfig {
    /** Failures in a row that open a breaker. */
    @WithDefault("5")
    int failures();

    /** For how long it opens first. */
    @WithDefault("30S")
    Duration open();

    /** For how long it opens at most, when it fails again and again. */
    @WithDefault("5M")
    Duration longestOpen();

    /** How long it has to have been closed to begin with the short time again. */
    @WithDefault("5M")
    Duration calm();
}
