package dev.devmentor.gateway.retry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;

/** Retries as they are configured; what operators set goes before. */
@ConfigMapping(prefix = "devmentor.gateway.retry")
public interface RetryConfig {
    /** Retries of one request at most. */
    @WithDefault("3")
    @Min(0) int retries();

    /** Waits before them. */
    @WithDefault("1S,2S,4S")
    @NotEmpty List<@DurationMin(nanos = 0) Duration> waits();

    /** Share of a wait by which it is shorter or longer. */
    @WithDefault("0.2")
    @DecimalMin("0") @DecimalMax("1") double jitter();

    /** Retries for each 100 first tries of the last ten seconds, by service. */
    @WithDefault("10")
    @Min(0) int budgetPercent();

    /** Retries a second that are there without any budget, by service. */
    @WithDefault("1")
    @Min(0) int floorPerSecond();
}
