package dev.devmentor.gateway.flag;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where flags come from. */
@ConfigMapping(prefix = "devmentor.gateway.flags")
interface FlagsConfig {
    /** The definitions (docs/flags.md); those that are shipped if absent. */
    Optional<Path> file();

    /** How often the file is looked at. */
    @WithDefault("1S")
    Duration poll();
}
