package dev.devmentor.learning.transfer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Import and export. */
@ConfigMapping(prefix = "devmentor.learning.transfer")
interface TransferConfig {
    /** Largest file that is taken; {@code devmentor.http.large-bodies} has to allow it. */
    @WithDefault("100M")
    MemorySize largestFile();

    /** Imports that run at once in this instance. */
    @WithDefault("2")
    int atOnce();

    /** Exports that are made at once in this instance. */
    @WithDefault("2")
    int exportsAtOnce();

    /** An import that was not seen to go on for so long is over, and so is one whose events nobody applies. */
    @WithDefault("PT90S")
    Duration patience();

    /** How often progress is looked at. */
    @WithDefault("PT0.1S")
    Duration poll();
}
