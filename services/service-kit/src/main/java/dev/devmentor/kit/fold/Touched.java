package dev.devmentor.kit.fold;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.UnitOfWork;
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

/**
 * Notes, in the transaction that appends to a log, whose log it was: what is made of it has to be folded further, soon but not
 * now. A note is never updated and stays until somebody has folded; nothing is lost by a crash. A service that uses it has
 * the table {@code touched (ID bigint NOT NULL, noted_us bigint NOT NULL)}, whose first column it names.
 */
public final class Touched {
    private final Clock clock;
    private final Pace pace = new Pace(System::nanoTime);
    private final Semaphore news = new Semaphore(0);
    private final String insert;
    private final String take;
    private final String forget;

    /** @param column the service's name for the id */
    public Touched(String column, Clock clock) {
        this.clock = clock;
        insert = "INSERT INTO touched (" + column + ", noted_us) SELECT l, ? FROM unnest(?::int8[]) AS l";
        take = """
                DELETE FROM touched WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM touched WHERE noted_us <= ? LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING\s""" + column + ", noted_us";
        // Whoever is taking a note away now deletes it, and is not waited for.
        forget = """
                DELETE FROM touched WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM touched WHERE\s""" + column + " = ? FOR UPDATE SKIP LOCKED))";
    }

    /**
     * Notes whose logs grew.
     *
     * @param ids each once
     * @param rows by how many rows, in all
     */
    public void note(UnitOfWork work, Collection<Long> ids, int rows) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        insert(work.connection(), ids, Micros.of(clock.instant()));
        if (!pace.count(rows)) {
            work.onCommit(this::raise);
        }
    }

    /**
     * Notes that there is something to fold at some time, though the log may not have grown.
     *
     * @param atMicros when; microseconds since 1970-01-01T00:00Z
     */
    public void noteFor(Connection connection, long id, long atMicros) throws SQLException {
        insert(connection, List.of(id), atMicros);
    }

    /** Puts notes back that there was no time for. */
    public void putBack(Connection connection, Collection<Long> ids, long notedMicros) throws SQLException {
        if (!ids.isEmpty()) {
            insert(connection, ids, notedMicros);
        }
    }

    private void insert(Connection connection, Collection<Long> ids, long atMicros) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, atMicros);
            statement.setArray(
                    2,
                    SqlArrays.int8(
                            connection,
                            ids.stream().mapToLong(Long::longValue).sorted().toArray()));
            statement.executeUpdate();
        }
    }

    /** Whether batches come in full on this instance, so that everything that can wait should. */
    public boolean isBacklog() {
        return pace.isBacklog();
    }

    /** Whether enough comes in on this instance that who can wait should not take more than a part of it. */
    public boolean isBusy() {
        return pace.isBusy();
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

    /** Deletes the notes of one id, but for those that are being taken, which go anyway. */
    public void forget(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(forget)) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    /**
     * Takes notes out of the table; those that another instance is taking are left out.
     *
     * @param ids whose notes they were
     * @param notes number of them
     * @param oldestMicros when the oldest of them was written
     */
    public record Taken(Set<Long> ids, int notes, long oldestMicros) {}

    /**
     * Takes some notes; they come back if the transaction fails. The first that are found, and no others of the same ids:
     * after an import there are a million of them, which nobody wants to look through for each piece of work.
     *
     * @param untilMicros notes that were written until then, microseconds since 1970-01-01T00:00Z
     */
    public Taken take(Connection connection, int atMost, long untilMicros) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        int notes = 0;
        long oldest = Long.MAX_VALUE;
        try (PreparedStatement delete = connection.prepareStatement(take)) {
            delete.setLong(1, untilMicros);
            delete.setInt(2, atMost);
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    oldest = Math.min(oldest, rows.getLong(2));
                    notes++;
                }
            }
        }
        return new Taken(ids, notes, oldest);
    }

    /** When about the oldest note was written, in microseconds since 1970-01-01T00:00Z; empty if there is none. */
    public OptionalLong oldest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT noted_us FROM touched LIMIT 1");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }
}
