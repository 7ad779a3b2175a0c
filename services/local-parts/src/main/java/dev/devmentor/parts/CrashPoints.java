package dev.devmentor.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Names the places between two durable steps of whoever starts and stops parts, so that a test can end it exactly there.
 * Without the properties, which no child inherits, a point costs two comparisons with null. The services have the same in
 * their kit; this one is apart so that the launcher needs nothing of it.
 *
 * <p>{@code -Ddevmentor.crash=postgres.initialised} halts the JVM when it is there, {@code postgres.initialised:2} the second
 * time, as {@code kill -9} would: no shutdown hook runs, children live on. {@code -Ddevmentor.crash.trace=FILE} appends the
 * name of every point to a file, which tells whether a list of them is whole.
 */
public final class CrashPoints {
    private static final @Nullable String SPEC = System.getProperty("devmentor.crash");
    private static final @Nullable String TRACE = System.getProperty("devmentor.crash.trace");
    private static final @Nullable String NAME = SPEC == null ? null : SPEC.replaceFirst(":\\d+$", "");
    private static final AtomicInteger LEFT = new AtomicInteger(SPEC == null ? 0 : times(SPEC));

    private CrashPoints() {}

    /** Marks a place between two durable steps. */
    public static void reached(String point) {
        if (TRACE != null) {
            note(Path.of(TRACE), point);
        }
        if (NAME != null && NAME.equals(point) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }

    private static int times(String spec) {
        int colon = spec.lastIndexOf(':');
        return colon < 0 ? 1 : Integer.parseInt(spec.substring(colon + 1));
    }

    private static synchronized void note(Path trace, String point) {
        try {
            Files.writeString(trace, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + trace, e);
        }
    }
}
