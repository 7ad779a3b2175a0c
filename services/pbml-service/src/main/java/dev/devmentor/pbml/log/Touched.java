package dev.devmentor.pbml.log;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notes, in the transaction that appends to the log, whose log it was: what is known of these owners has to be folded
 * further, soon but not now. A note is never updated and stays until somebody has folded; nothing is lost by a crash.
 */
@ApplicationScoped
public class Touched {
    /** A batch of so many new observations says that a backlog is being worked off. */
    private static final int FULL_BATCH = 1_000;
    /** So many new observations within {@link #SOON} say that more than a few people are working. */
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

    /**
     * Notes owners.
     *
     * @param owners ids of those whose logs grew
     * @param observations by how many rows
     */
    void note(UnitOfWork work, Collection<Long> owners, int observations) throws SQLException {
        if (owners.isEmpty()) {
            return;
        }
        note(work.connection(), owners, Micros.of(clock.instant()));
        count(observations);
        if (observations >= FULL_BATCH) {
            fullBatchAt = System.nanoTime();
        } else {
            work.onCommit(this::raise);
        }
    }

    /**
     * Notes that an owner has to be folded at some time, though the log may not have grown.
     *
     * @param atMicros when; microseconds since 1970-01-01T00:00Z
     */
    public void noteFor(Connection connection, long ownerId, long atMicros) throws SQLException {
        note(connection, List.of(ownerId), atMicros);
    }

    /** Puts notes back of owners that there was no time for. */
    public void putBack(Connection connection, Collection<Long> owners, long notedMicros) throws SQLException {
        if (!owners.isEmpty()) {
            note(connection, owners, notedMicros);
        }
    }

    private static void note(Connection connection, Collection<Long> owners, long atMicros) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO touched (owner_id, noted_us) SELECT l, ? FROM unnest(?::int8[]) AS l")) {
            insert.setLong(1, atMicros);
            insert.setArray(
                    2,
                    SqlArrays.int8(
                            connection,
                            owners.stream().mapToLong(Long::longValue).sorted().toArray()));
            insert.executeUpdate();
        }
    }

    private void count(int observations) {
        long now = System.nanoTime();
        long since = countedSince.get();
        if (now - since > SOON.toNanos() && countedSince.compareAndSet(since, now)) {
            counted.set(0);
        }
        if (counted.addAndGet(observations) >= BUSY) {
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
     * @param owners whose notes they were
     * @param notes number of them
     * @param oldestMicros when the oldest of them was written
     */
    public record Taken(Set<Long> owners, int notes, long oldestMicros) {}

    /**
     * Takes some notes; they come back if the transaction fails. The first that are found, and no others of the same owners:
     * after an import there are a million of them, which nobody wants to look through for each piece of work.
     *
     * @param untilMicros notes that were written until then, microseconds since 1970-01-01T00:00Z
     */
    public Taken take(Connection connection, int atMost, long untilMicros) throws SQLException {
        Set<Long> owners = new TreeSet<>();
        int notes = 0;
        long oldest = Long.MAX_VALUE;
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM touched WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM touched WHERE noted_us <= ? LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING owner_id, noted_us""")) {
            delete.setLong(1, untilMicros);
            delete.setInt(2, atMost);
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    owners.add(rows.getLong(1));
                    oldest = Math.min(oldest, rows.getLong(2));
                    notes++;
                }
            }
        }
        return new Taken(owners, notes, oldest);
    }

    /** When about the oldest note was written, in microseconds since 1970-01-01T00:00Z; empty if there is none. */
    public OptionalLong oldest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT noted_us FROM touched LIMIT 1");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }
}
