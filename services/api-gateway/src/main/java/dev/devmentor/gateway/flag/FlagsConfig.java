package dev.devmentor.gateway.flag;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** Where flags come from. */
@ConfigMapping(prefix = "devmentor.gateway.flags")
public interface FlagsConfig {
    /** The definitions (docs/flags.md); those that are shipped if absent. */
    Optional<Path> file();

    /** How often the file is looked at. */
    @WithDefault("1S")
    @DurationMin(millis = 1)
    Duration poll();
}
