package dev.devmentor.gateway.shed;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many calls of one service may be under way at once, found from how long they take. If they take longer than they do without
 * anybody waiting, the surplus is queueing, and the limit shrinks by the same share; if not, it grows (the gradient of Netflix's
 * concurrency-limits and Envoy's adaptive concurrency).
 *
 * <p>Time is cut into windows. A window counts only calls that began in it, so that each window sees what the limit before has done.
 * What counts is the median: a few callers who read slowly, or a few large answers, don't move it. The time without waiting is learned
 * where the limit is far away, and under lasting overload by letting only half as many in for one window from time to time, and half of
 * that, as long as the time halves with them.
 *
 * <p>Queueing that stays below a tolerated time is left alone: refusing would cost the callers more. Where the limit is not
 * needed it does not move.
 */
public final class LatencyLimit {
    /**
     * What bounds it.
     *
     * @param start calls at once before anything is known
     * @param least calls at once that are always let in
     * @param most calls at once
     * @param toleratedNanos median up to which nobody is refused
     */
    public record Bounds(int start, int least, int most, long toleratedNanos) {
        public Bounds {
            if (least < 1 || start < least || most < start || toleratedNanos < 0) {
                throw new IllegalArgumentException(
                        "no bounds: " + start + ", " + least + ", " + most + ", " + toleratedNanos);
            }
        }
    }

    private static final int SAMPLES = 256;
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_PROBE = TimeUnit.SECONDS.toNanos(1);
    private static final long PROBE = TimeUnit.SECONDS.toNanos(15);
    // How much longer than without waiting is still taken for no waiting.
    private static final double TOLERANCE = 1.25;
    // Below this share of the time before, with half as many at once, the rest was queueing.
    private static final double PROPORTIONAL = 0.6;
    private static final double GROWTH = 0.1;
    // By how much per window the time without waiting may rise where the limit is far away.
    private static final double DRIFT = 1.002;

    private final LongSupplier nanoClock;
    private final Bounds bounds;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile int limit;
    private volatile int peak;
    private volatile boolean refused;

    // Behind this object's lock.
    private final long[] samples = new long[SAMPLES];
    private int count;
    private long windowBegan;
    private double exactLimit;
    // The median without waiting, 0 before it is known.
    private double unloaded;
    // The queue of a larger limit is still there.
    private boolean settling;
    private boolean probing;
    // The median before the limit was halved for probing.
    private double before;
    // Until the first sign of queueing it may double.
    private boolean opening = true;
    private long probeAt;

    /** With nothing known. */
    public LatencyLimit(LongSupplier nanoClock, Bounds bounds) {
        this.nanoClock = nanoClock;
        this.bounds = bounds;
        exactLimit = bounds.start;
        limit = bounds.start;
        windowBegan = nanoClock.getAsLong();
        probeAt = windowBegan + FIRST_PROBE;
    }

    /** Lets a call in, or not. Each that was let in leaves once. */
    public boolean tryEnter() {
        while (true) {
            int now = underWay.get();
            if (now >= limit) {
                refused = true;
                return false;
            }
            if (underWay.compareAndSet(now, now + 1)) {
                notePeak(now + 1);
                return true;
            }
        }
    }

    /** Lets a call in whatever the limit is. */
    public void enterAnyway() {
        notePeak(underWay.incrementAndGet());
    }

    /** A call ended that tells nothing of how long calls take: it failed at once, or its caller went away. */
    public void leave() {
        underWay.decrementAndGet();
    }

    /** A call ended that began at that time. */
    public void leave(long beganNanos) {
        underWay.decrementAndGet();
        long now = nanoClock.getAsLong();
        synchronized (this) {
            if (settling) {
                // What begins now says nothing of the smaller limit.
                settling = underWay.get() > limit && now - windowBegan < SETTLING;
                if (!settling) {
                    windowBegan = now;
                }
                return;
            }
            if (beganNanos - windowBegan < 0) {
                return;
            }
            samples[count % SAMPLES] = now - beganNanos;
            count++;
            long elapsed = now - windowBegan;
            boolean enough = count >= 100 || (elapsed >= 20 * WINDOW && count >= 20) || elapsed >= 100 * WINDOW;
            // Far too long is plain after a few.
            boolean alarm = count == 20 && !probing && median() > 2 * allowed();
            if (elapsed >= WINDOW && (enough || alarm)) {
                if (count >= 5) {
                    adapt(now);
                }
                count = 0;
                windowBegan = now;
                peak = underWay.get();
                refused = false;
                settling = peak > limit;
            }
        }
    }

    /** Calls at once that are let in now. */
    public int limit() {
        return limit;
    }

    /** Calls that are under way. */
    public int underWay() {
        return underWay.get();
    }

    private void adapt(long now) {
        double median = median();
        if (probing) {
            // As long as half as many take about half as long, all of it is queueing.
            if (median < PROPORTIONAL * before && limit > bounds.least) {
                before = median;
                limit = Math.max(bounds.least, limit / 2);
                return;
            }
            probing = false;
            unloaded = median;
            probeAt = now + PROBE;
            limit = (int) exactLimit;
            return;
        }
        boolean used = 2L * peak >= limit;
        if (!used) {
            probeAt = now + PROBE;
        }
        if (unloaded == 0) {
            unloaded = median;
        } else if (median < unloaded) {
            unloaded = (unloaded + median) / 2;
        } else if (!used) {
            unloaded = Math.min(median, unloaded * DRIFT);
        }
        if (!used) {
            return;
        }
        double gradient = Math.clamp(allowed() / median, 0.25, 1);
        if (gradient < 1) {
            opening = false;
        }
        double next = opening ? 2 * exactLimit : gradient * exactLimit + Math.max(1, GROWTH * exactLimit);
        // Half of the way, against noise, but where it is far too much.
        boolean far = opening || gradient < 0.5;
        exactLimit = Math.clamp(far ? next : (exactLimit + next) / 2, bounds.least, bounds.most);
        limit = (int) exactLimit;
        if (refused && now - probeAt >= 0 && median > bounds.toleratedNanos) {
            probing = true;
            before = median;
            limit = Math.max(bounds.least, limit / 2);
        }
    }

    private double median() {
        int filled = Math.min(count, SAMPLES);
        Arrays.sort(samples, 0, filled);
        return Math.max(1, samples[filled / 2]);
    }

    private double allowed() {
        return unloaded == 0 ? Double.MAX_VALUE : Math.max(TOLERANCE * unloaded, bounds.toleratedNanos);
    }

    private void notePeak(int now) {
        if (now > peak) {
            peak = now; // Two threads may be wrong by one, once.
        }
    }
}
