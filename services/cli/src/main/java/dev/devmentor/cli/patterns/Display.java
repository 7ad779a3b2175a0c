package dev.devmentor.cli.patterns;

import java.time.Duration;
import java.time.Instant;

/** A way to show a watch. */
interface Display {

    /**
     * How it goes on.
     *
     * @param errors different ones so far
     * @param known how many of them earlier runs had
     */
    record Status(Duration elapsed, long lines, int templates, int errors, int known) {}

    default void begin(Screen screen) {
        // Most have nothing to say before there is something.
    }

    void note(Note note, Screen screen, Instant now);

    default void redraw(Status status, Templates templates, Screen screen) {
        // Only where a person looks.
    }

    /** Gives the terminal back as it was, without a word. */
    default void leave(Screen screen) {
        // Most have not taken it.
    }

    void end(Summary summary, Screen screen, Instant now);
}
