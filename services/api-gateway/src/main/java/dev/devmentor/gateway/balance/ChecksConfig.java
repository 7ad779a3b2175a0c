package dev.devmentor.gateway.balance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Active checks of instances, and how often names are looked up. */
@ConfigMapping(prefix = "devmentor.gateway.checks")
public interface ChecksConfig {
    /** Whether instances are asked at all. */
    @WithDefault("true")
    boolean enabled();

    /** How often each is asked; a fifth sooner or later. */
    @WithDefault("5S")
    @DurationMin(millis = 1)
    Duration interval();

    /** For how long an answer is waited for. */
    @WithDefault("2S")
    @DurationMin(millis = 1)
    Duration timeout();

    /** Failures in a row after which it leaves. */
    @WithDefault("2")
    @Min(1) int failures();

    /** Successes in a row after which it comes back. */
    @WithDefault("2")
    @Min(1) int successes();

    /** How often names are looked up. */
    @WithDefault("5S")
    @DurationMin(millis = 1)
    Duration dnsInterval();
}
