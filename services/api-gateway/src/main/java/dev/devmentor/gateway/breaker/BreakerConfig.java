package dev.devmentor.gateway.breaker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Breakers as they are configured; what operators set goes before. */
@ConfigMapping(prefix = "devmentor.gateway.breaker")
public interface BreakerConfig {
    /** Failures in a row that open a breaker. */
    @WithDefault("5")
    @Min(1) int failures();

    /** For how long it opens first. */
    @WithDefault("30S")
    @DurationMin(millis = 1)
    Duration open();

    /** For how long it opens at most, when it fails again and again. */
    @WithDefault("5M")
    @DurationMin(millis = 1)
    Duration longestOpen();

    /** How long it has to have been closed to begin with the short time again. */
    @WithDefault("5M")
    @DurationMin(nanos = 0)
    Duration calm();
}
