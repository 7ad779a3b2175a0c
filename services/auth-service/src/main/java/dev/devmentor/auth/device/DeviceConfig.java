package dev.devmentor.auth.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Letting programs in that have no browser. */
@ConfigMapping(prefix = "devmentor.auth.device")
interface DeviceConfig {
    /** How long a code can be approved. */
    @WithDefault("PT10M")
    Duration lifetime();

    /** Shortest time between two questions of the program. */
    @WithDefault("PT5S")
    Duration interval();
}
