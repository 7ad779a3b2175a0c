package dev.devmentor.kit.transaction;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Names the places between two durable steps, so that a test can end the process exactly there. In production the
 * property is absent and a point costs one comparison with null.
 *
 * <p>{@code -Ddevmentor.crash=outbox.after-send:3} halts the JVM the third time that this point is reached, as
 * {@code kill -9} would: no shutdown hook runs, no buffer is flushed.
 */
public final class CrashPoints {
    private static final @Nullable String POINT;
    private static final AtomicInteger LEFT;

    static {
        String spec = System.getProperty("devmentor.crash");
        int colon = spec == null ? -1 : spec.lastIndexOf(':');
        POINT = spec == null ? null : colon < 0 ? spec : spec.substring(0, colon);
        LEFT = new AtomicInteger(spec == null || colon < 0 ? 1 : Integer.parseInt(spec.substring(colon + 1)));
    }

    private CrashPoints() {}

    /** Marks a place between two durable steps. */
    public static void reached(String point) {
        if (POINT != null && POINT.equals(point) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }
}
