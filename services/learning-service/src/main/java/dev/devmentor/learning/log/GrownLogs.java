package dev.devmentor.learning.log;

import dev.devmentor.kit.postgres.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.stream.LongStream;

/** Notes whose log has grown since something was fitted to it, until that is done again. */
@ApplicationScoped
public class GrownLogs {
    /**
     * Notes learners.
     *
     * @param entries of the log now, by learner
     */
    public void note(Connection connection, SortedMap<Long, Long> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO grown_log (learner_id, entries) SELECT l, n FROM unnest(?::int8[], ?::int8[]) AS u(l, n) ORDER BY l
                ON CONFLICT (learner_id) DO UPDATE SET entries = excluded.entries""")) {
            insert.setArray(1, SqlArrays.int8(connection, longs(entries.keySet())));
            insert.setArray(2, SqlArrays.int8(connection, longs(entries.values())));
            insert.executeUpdate();
        }
    }

    private static long[] longs(Iterable<Long> values) {
        LongStream.Builder longs = LongStream.builder();
        values.forEach(longs::add);
        return longs.build().toArray();
    }

    /**
     * Takes the note of a learner away, unless the log has grown further meanwhile. Whoever notes the learner waits until the
     * transaction ends, so it comes last in it.
     *
     * @param entries that were fitted to
     */
    public void done(Connection connection, long learnerId, long entries) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM grown_log WHERE learner_id = ? AND entries <= ?")) {
            delete.setLong(1, learnerId);
            delete.setLong(2, entries);
            delete.executeUpdate();
        }
    }
}
