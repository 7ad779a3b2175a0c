package dev.devmentor.parts;

import java.nio.file.Path;

/** A part that runs as a process. {@link #start()} returns when the part answers, not when its port is open. */
public interface LocalPart extends AutoCloseable {
    String name();

    int port();

    /**
     * Starts it and waits until it answers. What an earlier, killed run left behind (processes, lock files) is cleared
     * away first.
     *
     * @throws PartFailed when it ends early or does not answer in time; the message has the last line of its log
     */
    void start();

    /** Takes over a part that already runs in this place; false when none does. */
    boolean attach();

    /** Shuts it down in an orderly way. Does nothing when it does not run. */
    void stop();

    /** Kills it and its children, as a power cut would. */
    void kill9();

    /** Freezes it: connections stay open, nothing answers. */
    void pause();

    void resume();

    boolean isAlive();

    /** Its process id, or -1 when it was not started. */
    long pid();

    Path log();

    @Override
    default void close() {
        stop();
    }
}
