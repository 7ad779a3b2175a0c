package dev.devmentor.learning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the learning service. */
@ConfigMapping(prefix = "devmentor.learning")
public interface LearningConfig {
    /** Reviews. */
    Review review();

    /** Documents that are uploaded. */
    Documents documents();

    /** What is known of people. */
    Person person();

    /** Fitting of weights. */
    Fit fit();

    /** Fitting of weights. */
    interface Fit {
        /** Whether this instance fits in the background. */
        @WithDefault("true")
        boolean background();

        /** How often it looks whether somebody's log has grown enough. */
        @WithDefault("PT15S")
        Duration poll();

        /** Entries of a log from which on weights are fitted to it. */
        @WithDefault("200")
        int leastReviews();

        /** A log is fitted again when it has become so many times as long. */
        @WithDefault("1.25")
        double growth();
    }

    /** Reviews. */
    interface Review {
        /** Cards of the skills of an open task come up when they would fall due within so many days. */
        @WithDefault("7")
        int taskHorizonDays();

        /** Notes that are offered at the end of one due list. */
        @WithDefault("5")
        int offersShown();
    }

    /** Documents that are uploaded. */
    interface Documents {
        /** Directory of the document reader: {@code classes/} and {@code lib/}. Without it PDF and DOCX are answered with 501. */
        Optional<Path> reader();

        /** The program {@code java} that runs the document reader; that of the service itself if absent. */
        Optional<Path> java();

        /** Documents that are read at the same time, each in a process of its own. */
        @WithDefault("2")
        int atOnce();
    }

    /** What is known of people. */
    interface Person {
        /** Whether this instance folds in the background; without any, states are folded when somebody asks. */
        @WithDefault("true")
        boolean fold();

        /** How often the background looks when nothing told it to. */
        @WithDefault("PT1S")
        Duration poll();

        /** How long it waits for more once a log grew. */
        @WithDefault("PT0.25S")
        Duration gather();

        /**
         * How long it waits for more of the same person while many people answer. Whoever asks for a state gets the present
         * one all the same.
         */
        @WithDefault("PT1M")
        Duration gatherWhenBusy();

        /** How often shared difficulties change, if anybody answered anything. */
        @WithDefault("PT24H")
        Duration epoch();
    }

    /** Quizzes. */
    Quiz quiz();

    /** Quizzes. */
    interface Quiz {
        /** So long a quiz takes answers after it was made. */
        @WithDefault("P7D")
        Duration open();
    }
}
