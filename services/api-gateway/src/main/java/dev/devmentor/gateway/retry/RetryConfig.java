package dev.devmentor.gateway.retry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Retries as they are configured; what operators set goes before. */
@ConfigMapping(prefix = "devmentor.gateway.retry")
interface RetryConfig {
    /** Retries of one request at most. */
    @WithDefault("3")
    int retries();

    /** Waits before them. */
    @WithDefault("1S,2S,4S")
    List<Duration> waits();

    /** Share of a wait by which it is shorter or longer. */
    @WithDefault("0.2")
    double jitter();

    /** Retries for each 100 first tries of the last ten seconds, by service. */
    @WithDefault("10")
    int budgetPercent();

    /** Retries a second that are there without any budget, by service. */
    @WithDefault("1")
    int floorPerSecond();
}
