package dev.devmentor.pbml.learn;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Training in batches. */
@ConfigMapping(prefix = "devmentor.pbml.learn")
interface LearnConfig {
    /** Largest batch that is taken; {@code devmentor.http.large-bodies} has to allow it. */
    @WithDefault("50M")
    MemorySize largestBatch();

    /** Jobs that run at once in this instance. */
    @WithDefault("2")
    int atOnce();

    /** Jobs that wait in this instance beside those that run; each keeps a file of up to the largest batch. */
    @WithDefault("4")
    int waiting();

    /** A job whose instance did not say for so long that it is at it was interrupted. */
    @WithDefault("PT30S")
    Duration patience();

    /** How often progress is looked at. */
    @WithDefault("PT0.1S")
    Duration poll();
}
