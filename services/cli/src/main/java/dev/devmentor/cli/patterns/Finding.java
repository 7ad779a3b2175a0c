package dev.devmentor.cli.patterns;

import dev.devmentor.pbml.engine.trace.Fingerprint;
import java.util.List;

/**
 * An error that was recognised in the output.
 *
 * @param kind what it was recognised by
 * @param identity what it is known again by; nothing of it changes when the code moves by some lines
 * @param title one line for people, at most {@link #TITLE} characters
 * @param text what was printed, secrets masked, at most {@link #TEXT} characters
 * @param files that it names itself, innermost first, relative to the project where that is known
 * @param context the part of the build that it belongs to, as {@link Progress} names it; empty if there is none
 */
record Finding(Kind kind, Fingerprint identity, String title, String text, List<String> files, String context) {
    static final int TITLE = 160;
    static final int TEXT = 8 * 1024;

    /** What an error was recognised by. */
    enum Kind {
        /** A stack trace. */
        TRACE,
        /** A compiler's or a linter's word on a place in a file. */
        COMPILER,
        /** A test that failed. */
        TEST,
        /** A line of a log of the level ERROR or above. */
        LOG,
        /** A build tool's word on why it stopped, and nothing else was found. */
        BUILD
    }

    Finding {
        files = List.copyOf(files);
    }

    Finding in(String where) {
        return new Finding(kind, identity, title, text, files, where);
    }
}
