package dev.devmentor.kit.transaction;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Names the places between two durable steps, so that a test can end or freeze the process exactly there. In production
 * the properties are absent and a point costs two comparisons with null.
 *
 * <p>{@code -Ddevmentor.crash=outbox.after-send:3} halts the JVM the third time that this point is reached, as
 * {@code kill -9} would: no shutdown hook runs, no buffer is flushed. {@code -Ddevmentor.freeze=outbox.after-send:3}
 * stops it there, as {@code kill -STOP} would and by that very signal, until somebody sends it SIGCONT.
 */
public final class CrashPoints {
    private static final @Nullable Point CRASH = Point.of(System.getProperty("devmentor.crash"));
    private static final @Nullable Point FREEZE = Point.of(System.getProperty("devmentor.freeze"));

    private CrashPoints() {}

    /** Marks a place between two durable steps. */
    public static void reached(String point) {
        if (CRASH != null && CRASH.isNow(point)) {
            Runtime.getRuntime().halt(137);
        }
        if (FREEZE != null && FREEZE.isNow(point)) {
            freeze();
        }
    }

    private static void freeze() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot freeze this process", e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A point, and how often it is still reached until it is the time. */
    private record Point(String name, AtomicInteger left) {
        static @Nullable Point of(@Nullable String spec) {
            if (spec == null) {
                return null;
            }
            int colon = spec.lastIndexOf(':');
            return colon < 0
                    ? new Point(spec, new AtomicInteger(1))
                    : new Point(
                            spec.substring(0, colon), new AtomicInteger(Integer.parseInt(spec.substring(colon + 1))));
        }

        boolean isNow(String point) {
            return name.equals(point) && left.decrementAndGet() == 0;
        }
    }
}
