package dev.devmentor.auth.personaldata;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Exports of everything that is held of a person. */
@ConfigMapping(prefix = "devmentor.auth.export")
public interface ExportConfig {
    /** How long a file is kept. */
    @WithDefault("PT24H")
    Duration keep();

    /** Exports that one instance makes at once. */
    @WithDefault("2")
    int atOnce();

    /** Files that are kept of one person; the oldest goes when a further one is made. */
    @WithDefault("3")
    int most();

    /** Largest answer of one service. */
    @WithDefault("256M")
    MemorySize largestPart();

    /** Largest file, compressed. */
    @WithDefault("128M")
    MemorySize largestFile();

    /** Longest time in which a service has to answer. */
    @WithDefault("PT3M")
    Duration partTimeout();

    /** Longest wait for a connection to a service, and for the beginning of its answer. */
    @WithDefault("PT10S")
    Duration connectTimeout();

    /** How often a service is asked that cannot be reached, or says that it is busy. */
    @WithDefault("3")
    int attempts();

    /** First wait between two attempts; twice as long each time. */
    @WithDefault("PT1S")
    Duration firstPause();

    /** How often a running export says that it is alive, and looks whether it was cancelled. */
    @WithDefault("PT1S")
    Duration beat();

    /** One that has not been heard of for so long was interrupted. */
    @WithDefault("PT30S")
    Duration lostAfter();

    /** How often a stream of progress looks. */
    @WithDefault("PT0.3S")
    Duration poll();
}
