package dev.devmentor.auth.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** How people are forgotten. */
@ConfigMapping(prefix = "devmentor.auth.erasure")
public interface ErasureConfig {
    /** Services that have to answer, beside this one; it holds for requests that are made from then on. */
    @WithDefault("learning-service,pbml-service")
    Set<String> services();

    /** After which time a service that is silent is asked again; twice as long each time. */
    @WithDefault("PT1M")
    Duration firstRepeat();

    /** Longest time between two repeats. */
    @WithDefault("PT6H")
    Duration longestRepeat();

    /** How often an instance looks for what is due. */
    @WithDefault("PT2S")
    Duration look();

    /** How long the proof of an erasure is kept, which names nobody. */
    @WithDefault("P1095D")
    Duration keep();
}
