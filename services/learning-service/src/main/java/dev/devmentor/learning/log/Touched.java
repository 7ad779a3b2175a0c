package dev.devmentor.learning.log;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notes, in the transaction that appends to the log, whose log it was: what is known of these people has to be folded
 * further, soon but not now. A note is never updated and stays until somebody has folded; nothing is lost by a crash.
 */
@ApplicationScoped
public class Touched {
    /** A batch of so many new entries says that a backlog is being worked off. */
    private static final int FULL_BATCH = 1_000;
    /** So many new entries within {@link #SOON} say that more than a few people are answering. */
    private static final int BUSY = 20;
    /** Batches of a backlog, or of busy times, follow each other faster than this. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final Clock clock;
    private final Semaphore news = new Semaphore(0);
    private volatile long fullBatchAt = System.nanoTime() - SOON.toNanos();
    private volatile long busyAt = fullBatchAt;
    private final AtomicLong countedSince = new AtomicLong(fullBatchAt);
    private final AtomicInteger counted = new AtomicInteger();

    Touched(Clock clock) {
        this.clock = clock;
    }

    void note(UnitOfWork work, List<PendingEntry> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        Set<Long> learners = new TreeSet<>();
        for (PendingEntry entry : added) {
            learners.add(entry.learner().id());
        }
        Connection connection = work.connection();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO touched (learner_id, noted_us) SELECT l, ? FROM unnest(?::int8[]) AS l")) {
            insert.setLong(1, Micros.of(clock.instant()));
            insert.setArray(
                    2,
                    SqlArrays.int8(
                            connection,
                            learners.stream().mapToLong(Long::longValue).toArray()));
            insert.executeUpdate();
        }
        count(added.size());
        if (added.size() >= FULL_BATCH) {
            fullBatchAt = System.nanoTime();
        } else {
            work.onCommit(this::raise);
        }
    }

    private void count(int entries) {
        long now = System.nanoTime();
        long since = countedSince.get();
        if (now - since > SOON.toNanos() && countedSince.compareAndSet(since, now)) {
            counted.set(0);
        }
        if (counted.addAndGet(entries) >= BUSY) {
            busyAt = now;
        }
    }

    /** Whether batches come in full on this instance, so that everything that can wait should. */
    public boolean isBacklog() {
        return System.nanoTime() - fullBatchAt < SOON.toNanos();
    }

    /** Whether enough comes in on this instance that who can wait should not take more than a part of it. */
    public boolean isBusy() {
        return System.nanoTime() - busyAt < 2 * SOON.toNanos();
    }

    /** Waits until something was noted on this instance, at most so long. */
    public void await(Duration time) throws InterruptedException {
        if (news.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }

    /** Ends a wait. */
    public void raise() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /**
     * Takes notes out of the table; those that another instance is taking are left out.
     *
     * @param learners whose notes they were
     * @param notes number of them
     * @param oldestMicros when the oldest of them was written
     */
    public record Taken(Set<Long> learners, int notes, long oldestMicros) {}

    /**
     * Takes some notes; they come back if the transaction fails. The first that are found, and no others of the same learners:
     * after an import there are a million of them, which nobody wants to look through for each piece of work.
     *
     * @param untilMicros notes that were written until then, microseconds since 1970-01-01T00:00Z
     */
    public Taken take(Connection connection, int atMost, long untilMicros) throws SQLException {
        Set<Long> learners = new TreeSet<>();
        int notes = 0;
        long oldest = Long.MAX_VALUE;
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM touched WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM touched WHERE noted_us <= ? LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING learner_id, noted_us""")) {
            delete.setLong(1, untilMicros);
            delete.setInt(2, atMost);
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    learners.add(rows.getLong(1));
                    oldest = Math.min(oldest, rows.getLong(2));
                    notes++;
                }
            }
        }
        return new Taken(learners, notes, oldest);
    }

    /** When about the oldest note was written, in microseconds since 1970-01-01T00:00Z; empty if there is none. */
    public OptionalLong oldest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT noted_us FROM touched LIMIT 1");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }
}
