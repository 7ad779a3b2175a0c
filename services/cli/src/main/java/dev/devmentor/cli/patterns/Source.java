package dev.devmentor.cli.patterns;

import java.io.IOException;
import java.util.OptionalInt;

/** Where the lines come from. */
interface Source {
    /** Who takes what was read; may be called from several threads, and blocks when it cannot follow. */
    interface Reader {
        /**
         * Bytes as they came.
         *
         * @param error whether they came on standard error
         */
        void bytes(byte[] bytes, boolean error) throws InterruptedException;

        /** A word about the source itself, such as that a file was rotated. */
        void remark(String text) throws InterruptedException;
    }

    /** Begins to read, in threads of its own. */
    void start(Reader reader) throws IOException;

    /** Whether all was read that will ever come. */
    boolean ended();

    /** A person or the system wants an end; called again, it wants it more. */
    void interrupt(String signal);

    /** Ends at once: nobody takes the output any more. */
    void stop();

    /** What it ended with; empty for what has no end of its own. */
    OptionalInt exitCode();
}
