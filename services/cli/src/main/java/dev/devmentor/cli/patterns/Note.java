package dev.devmentor.cli.patterns;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that the watch has to say about an error. */
sealed interface Note {

    /**
     * An error came, for the first time in this run.
     *
     * @param before what earlier runs know of it; null if none had it
     * @param similar another error with the same root; null if there is none, or if this one was there before
     */
    record Seen(
            String id,
            Finding finding,
            @Nullable KnownError before,
            @Nullable KnownError similar) implements Note {}

    /**
     * An error of an earlier run has not come again in a run that came as far as that.
     *
     * @param how {@code success} or {@code passed}
     */
    record Gone(KnownError error, String how, Fix fix) implements Note {}

    /** An error of an earlier run has not come again, but this run did not come as far. */
    record NotSeen(KnownError error) implements Note {}

    /** What other people's runs say of an error, as the service knows it. */
    record Elsewhere(
            String id,
            String how,
            String title,
            long support,
            @Nullable Instant lastSeen,
            List<String> files) implements Note {
        public Elsewhere {
            files = List.copyOf(files);
        }
    }

    /** One line about the watch itself. */
    record Remark(String text) implements Note {}
}
