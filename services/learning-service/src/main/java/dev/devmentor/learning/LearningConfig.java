package dev.devmentor.learning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the learning service. */
@ConfigMapping(prefix = "devmentor.learning")
public interface LearningConfig {
    /** Reviews. */
    Review review();

    /** Documents that are uploaded. */
    Documents documents();

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
}
