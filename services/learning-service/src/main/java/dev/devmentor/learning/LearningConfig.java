package dev.devmentor.learning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the learning service. */
@ConfigMapping(prefix = "devmentor.learning")
public interface LearningConfig {
    /** Reviews. */
    Review review();

    /** Reviews. */
    interface Review {
        /** Cards of the skills of an open task come up when they would fall due within so many days. */
        @WithDefault("7")
        int taskHorizonDays();

        /** Notes that are offered at the end of one due list. */
        @WithDefault("5")
        int offersShown();
    }

    /** Quizzes. */
    Quiz quiz();

    /** Quizzes. */
    interface Quiz {
        /** So long a quiz takes answers after it was made. */
        @WithDefault("P7D")
        Duration open();

        /** The probability of a right answer that questions are chosen for. */
        @WithDefault("0.75")
        double targetSuccess();
    }
}
