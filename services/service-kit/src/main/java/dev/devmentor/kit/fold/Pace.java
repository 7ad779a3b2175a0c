package dev.devmentor.kit.fold;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How fast rows come in on this instance. */
final class Pace {
    /** A batch of so many new rows says that a backlog is being worked off. */
    static final int FULL_BATCH = 1_000;
    /** So many new rows within {@link #SOON} say that more than a few people are at work. */
    static final int BUSY = 20;
    /** Batches of a backlog, or of busy times, follow each other faster than this. */
    static final Duration SOON = Duration.ofMillis(500);

    private final LongSupplier nanoTime;
    private volatile long fullBatchAt;
    private volatile long busyAt;
    private final AtomicLong countedSince;
    private final AtomicInteger counted = new AtomicInteger();

    /** @param nanoTime as of {@link System#nanoTime} */
    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long longAgo = nanoTime.getAsLong() - 2 * SOON.toNanos();
        fullBatchAt = longAgo;
        busyAt = longAgo;
        countedSince = new AtomicLong(longAgo);
    }

    /** Counts a batch of new rows; gives whether it was a full one. */
    boolean count(int rows) {
        long now = nanoTime.getAsLong();
        long since = countedSince.get();
        if (now - since > SOON.toNanos() && countedSince.compareAndSet(since, now)) {
            counted.set(0);
        }
        if (counted.addAndGet(rows) >= BUSY) {
            busyAt = now;
        }
        boolean full = rows >= FULL_BATCH;
        if (full) {
            fullBatchAt = now;
        }
        return full;
    }

    /** Whether batches come in full. */
    boolean isBacklog() {
        return nanoTime.getAsLong() - fullBatchAt < SOON.toNanos();
    }

    /** Whether much has come in just now. */
    boolean isBusy() {
        return nanoTime.getAsLong() - busyAt < 2 * SOON.toNanos();
    }
}
