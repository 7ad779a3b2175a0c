package dev.devmentor.parts;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a condition of another process: there is nothing to be notified by, so it is looked at again and again. */
public final class Waiting {
    private Waiting() {}

    /** Looks every few milliseconds, less often the longer it takes; false when the time is over. */
    public static boolean until(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        long pauseMillis = 2;
        while (true) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            try {
                Thread.sleep(pauseMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PartFailed("interrupted while waiting", e);
            }
            pauseMillis = Math.min(50, pauseMillis * 2);
        }
    }
}
