package dev.devmentor.auth.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the delays. */
@ConfigMapping(prefix = "devmentor.auth.throttle")
interface ThrottleConfig {
    /** How long Redis may take; after that this instance counts alone. */
    @WithDefault("PT0.25S")
    Duration patience();

    /** How long it counts alone before it asks Redis again. */
    @WithDefault("PT2S")
    Duration retry();

    /** Most things that it counts alone. */
    @WithDefault("100000")
    int mostLocal();

    /** How long a browser stays known after somebody logged in. */
    @WithDefault("P180D")
    Duration deviceLifetime();
}
