package dev.devmentor.learning.fit;

import dev.devmentor.learning.engine.predict.OnlineOffset;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of what was fitted when, and of offsets. */
@ApplicationScoped
class FitTable {

    /**
     * What is kept of a learner.
     *
     * @param entries of the log at the last fit; 0 if there was none
     * @param fittedMicros when that was
     * @param offset of predictions
     */
    record Kept(long entries, @Nullable Long fittedMicros, OnlineOffset offset) {
        static final Kept NOTHING = new Kept(0, null, OnlineOffset.NONE);
    }

    Kept of(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT entries, fitted_us, recall_offset FROM fit WHERE learner_id = ?")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Kept.NOTHING;
                }
                long fitted = rows.getLong(2);
                return new Kept(rows.getLong(1), rows.wasNull() ? null : fitted, new OnlineOffset(rows.getDouble(3)));
            }
        }
    }

    /** Whether this transaction alone fits this learner until it ends. */
    boolean tryLock(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtextextended('fit ' || ?, 0))")) {
            lock.setLong(1, learnerId);
            try (ResultSet rows = lock.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** A learner whose log has grown enough since the last fit. */
    Optional<String> oneToFit(Connection connection, int leastEntries, double growth, Collection<String> without)
            throws SQLException {
        return one(connection, """
                SELECT l.sub FROM grown_log g JOIN learner l ON l.id = g.learner_id
                LEFT JOIN fit f ON f.learner_id = g.learner_id
                WHERE g.entries >= ? AND g.entries >= coalesce(f.entries, 0) * ?::float8 AND g.entries > coalesce(f.entries, 0)
                  AND l.sub <> ALL (?)
                LIMIT 1""", leastEntries, growth, without);
    }

    /** A learner whose log has grown since the offset was computed. */
    Optional<String> oneToCalibrate(Connection connection, int leastEntries, Collection<String> without)
            throws SQLException {
        return one(connection, """
                SELECT l.sub FROM grown_log g JOIN learner l ON l.id = g.learner_id
                LEFT JOIN fit f ON f.learner_id = g.learner_id
                WHERE g.entries >= ? AND g.entries * ?::float8 > coalesce(f.offset_entries, 0)
                  AND l.sub <> ALL (?)
                LIMIT 1""", leastEntries, 1, without);
    }

    private static Optional<String> one(
            Connection connection, String sql, int leastEntries, double factor, Collection<String> without)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, leastEntries);
            select.setDouble(2, factor);
            select.setArray(3, connection.createArrayOf("text", without.toArray(String[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    void storeFit(Connection connection, long learnerId, long entries, long atMicros) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO fit (learner_id, entries, fitted_us) VALUES (?, ?, ?)
                ON CONFLICT (learner_id) DO UPDATE SET entries = excluded.entries, fitted_us = excluded.fitted_us""")) {
            upsert.setLong(1, learnerId);
            upsert.setLong(2, entries);
            upsert.setLong(3, atMicros);
            upsert.executeUpdate();
        }
    }

    void storeOffset(Connection connection, long learnerId, long entries, int version, OnlineOffset offset)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO fit (learner_id, offset_entries, offset_version, recall_offset) VALUES (?, ?, ?, ?)
                ON CONFLICT (learner_id) DO UPDATE SET offset_entries = excluded.offset_entries,
                    offset_version = excluded.offset_version, recall_offset = excluded.recall_offset""")) {
            upsert.setLong(1, learnerId);
            upsert.setLong(2, entries);
            upsert.setInt(3, version);
            upsert.setDouble(4, offset.offset());
            upsert.executeUpdate();
        }
    }
}
