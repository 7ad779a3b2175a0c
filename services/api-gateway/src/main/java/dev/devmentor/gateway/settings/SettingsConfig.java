package dev.devmentor.gateway.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How settings come from Redis. */
@ConfigMapping(prefix = "devmentor.gateway.settings")
public interface SettingsConfig {
    /** How often Redis is asked, beside its messages. */
    @WithDefault("5S")
    @DurationMin(millis = 1)
    Duration poll();

    /** For how long Redis is waited for. */
    @WithDefault("2S")
    @DurationMin(millis = 1)
    Duration timeout();

    /** Versions that are kept. */
    @WithDefault("50")
    @Min(1) int versions();
}
