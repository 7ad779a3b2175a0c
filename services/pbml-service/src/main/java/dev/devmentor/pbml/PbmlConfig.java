package dev.devmentor.pbml;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the PBML service. */
@ConfigMapping(prefix = "devmentor.pbml")
public interface PbmlConfig {
    /** Folding of what was observed. */
    Fold fold();

    /** What is kept in memory. */
    Memory memory();

    /** What teams and everyone share. */
    Share share();

    /** What teams and everyone share. */
    interface Share {
        /** How often sums are made anew of what people contribute; one instance makes them. */
        @WithDefault("PT1M")
        Duration epoch();
    }

    /** What is kept in memory. */
    interface Memory {
        /** Most bytes that models of owners take, roughly; those that were not asked about for longest go first. */
        @WithDefault("67108864")
        long modelBytes();
    }

    /** Folding of what was observed. */
    interface Fold {
        /** Whether this instance folds in the background; without any, models are folded when somebody asks. */
        @WithDefault("true")
        boolean background();

        /** How often the background looks when nothing told it to. */
        @WithDefault("PT1S")
        Duration poll();

        /** How long it waits for more once a log grew. */
        @WithDefault("PT0.25S")
        Duration gather();

        /**
         * How long it waits for more of the same owner while many people work. Whoever asks for a model gets the present one
         * all the same.
         */
        @WithDefault("PT1M")
        Duration gatherWhenBusy();
    }
}
