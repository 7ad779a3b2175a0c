package dev.devmentor.gateway.shed;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests may be in the gateway at once, found from how late its event loops are. Services differ in their pace by a factor of a
 * thousand, so how long requests take says nothing of the gateway; how long what is ready waits for its event loop does. If even the
 * shortest wait is too long for three windows there is a standing queue (as in CoDel, RFC 8289), and the limit falls below what is in; if not, it
 * rises again.
 */
final class DelayLimit {
    // One late window is a pause of the JVM, and over.
    private static final int LATE_WINDOWS = 3;
    private static final double SHRINK = 0.8;
    private static final double LEAST_SHARE = 0.1;
    private static final double GROWTH = 1.05;

    private final int least;
    private final int most;
    private final long targetNanos;
    private final AtomicInteger inside = new AtomicInteger();
    private volatile int limit;
    private volatile int peak;
    private int late;

    DelayLimit(int least, int most, long targetNanos) {
        if (least < 1 || most < least || targetNanos < 1) {
            throw new IllegalArgumentException("no bounds: " + least + ", " + most + ", " + targetNanos);
        }
        this.least = least;
        this.most = most;
        this.targetNanos = targetNanos;
        limit = most;
    }

    boolean tryEnter() {
        while (true) {
            int now = inside.get();
            if (now >= limit) {
                return false;
            }
            if (inside.compareAndSet(now, now + 1)) {
                if (now >= peak) {
                    peak = now + 1;
                }
                return true;
            }
        }
    }

    void leave() {
        inside.decrementAndGet();
    }

    int limit() {
        return limit;
    }

    int inside() {
        return inside.get();
    }

    /**
     * A window is over. Called by one thread at a time.
     *
     * @param shortestWaitNanos of the event loop that was latest
     */
    void window(long shortestWaitNanos) {
        int highest = peak;
        peak = inside.get();
        late = shortestWaitNanos > targetNanos ? late + 1 : 0;
        if (late >= LATE_WINDOWS) {
            double share = Math.clamp((double) targetNanos / shortestWaitNanos, LEAST_SHARE, SHRINK);
            limit = Math.max(least, (int) (Math.min(limit, highest) * share));
        } else if (late == 0 && 2L * highest >= limit) {
            limit = (int) Math.min(most, Math.ceil(limit * GROWTH) + 1);
        }
    }
}
