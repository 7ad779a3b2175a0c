package dev.devmentor.gateway.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How settings come from Redis. */
@ConfigMapping(prefix = "devmentor.gateway.settings")
interface SettingsConfig {
    /** How often Redis is asked, beside its messages. */
    @WithDefault("5S")
    Duration poll();

    /** For how long Redis is waited for. */
    @WithDefault("2S")
    Duration timeout();

    /** Versions that are kept. */
    @WithDefault("50")
    int versions();
}
