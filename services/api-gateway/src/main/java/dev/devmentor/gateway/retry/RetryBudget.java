package dev.devmentor.gateway.retry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many retries there may be: within any ten seconds no more than a share of the first tries of these ten seconds, and a few beside
 * (as in Finagle's RetryBudget), so that retries never multiply an outage. Time is cut into seconds; a window is the second that runs
 * and the nine before.
 *
 * <p>Counting a first try is one compare-and-set. Taking a retry is behind a lock, as it counts over the window first.
 */
public final class RetryBudget {
    /** Seconds of the window. */
    public static final int WINDOW = 10;

    private static final int COUNT_BITS = 32;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final LongSupplier nanoClock;
    private final long originNanos;
    // Each holds the number of a second above the count of that second.
    private final AtomicLongArray firsts = new AtomicLongArray(WINDOW + 1);
    private final AtomicLongArray retries = new AtomicLongArray(WINDOW + 1);
    private final Object taking = new Object();

    /** An empty window. */
    public RetryBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        originNanos = nanoClock.getAsLong();
    }

    /** Notes a first try. */
    public void firstTry() {
        count(firsts, second());
    }

    /**
     * Takes a retry.
     *
     * @param percent retries for each 100 first tries
     * @param floorPerSecond retries a second that need no first tries
     * @return false if there is none left
     */
    public boolean take(int percent, int floorPerSecond) {
        synchronized (taking) {
            long second = second();
            long allowed = sum(firsts, second) * percent / 100 + (long) floorPerSecond * WINDOW;
            if (sum(retries, second) >= allowed) {
                return false;
            }
            count(retries, second);
            return true;
        }
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - originNanos);
    }

    private static void count(AtomicLongArray ring, long second) {
        int slot = (int) (second % ring.length());
        while (true) {
            long held = ring.get(slot);
            long next;
            if (held >>> COUNT_BITS == second) {
                next = held + 1;
            } else if (held >>> COUNT_BITS < second) {
                next = (second << COUNT_BITS) + 1;
            } else {
                return; // This thread slept for a whole window.
            }
            if (ring.compareAndSet(slot, held, next)) {
                return;
            }
        }
    }

    private static long sum(AtomicLongArray ring, long second) {
        long sum = 0;
        for (int slot = 0; slot < ring.length(); slot++) {
            long held = ring.get(slot);
            long of = held >>> COUNT_BITS;
            if (of <= second && of > second - WINDOW) {
                sum += held & COUNT_MASK;
            }
        }
        return sum;
    }
}
