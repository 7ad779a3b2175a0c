package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.kit.time.Micros;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Imports that people started. */
@ApplicationScoped
class ImportJobTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String READING = "reading";
    static final String APPLYING = "applying";
    static final String INTERRUPTED = "interrupted";

    private final TransferConfig config;

    ImportJobTable(TransferConfig config) {
        this.config = config;
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void insert(Connection connection, UUID id, long learnerId, boolean dryRun, long nowMicros) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO import_job (id, learner_id, dry_run, state, started_us, beat_us, counts)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setObject(1, id);
            insert.setLong(2, learnerId);
            insert.setBoolean(3, dryRun);
            insert.setString(4, READING);
            insert.setLong(5, nowMicros);
            insert.setLong(6, nowMicros);
            insert.setString(7, json(new Counts()));
            insert.executeUpdate();
        }
    }

    /**
     * Says how far it is.
     *
     * @return whether it goes on: it was not cancelled, and its person is still there
     */
    boolean report(Connection connection, UUID id, String state, Counts counts, @Nullable Found found, long nowMicros)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE import_job SET state = ?, counts = ?, found = coalesce(?, found), beat_us = ?, shift_days = ?
                WHERE id = ? RETURNING NOT cancel""")) {
            update.setString(1, state);
            update.setString(2, json(counts));
            update.setString(3, found == null ? null : json(found));
            update.setLong(4, nowMicros);
            update.setObject(5, counts.shiftDays);
            update.setObject(6, id);
            try (ResultSet rows = update.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** By how many days the first import of a collection was moved; null if there was none. */
    @Nullable Integer shiftOf(Connection connection, long learnerId, String collection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT shift_days FROM import_job WHERE learner_id = ? AND collection_key = ? AND shift_days IS NOT NULL
                ORDER BY started_us, id LIMIT 1""")) {
            select.setLong(1, learnerId);
            select.setString(2, collection);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? (Integer) rows.getInt(1) : null;
            }
        }
    }

    void moved(Connection connection, UUID id, String collection, int days) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE import_job SET collection_key = ?, shift_days = ? WHERE id = ?")) {
            update.setString(1, collection);
            update.setInt(2, days);
            update.setObject(3, id);
            update.executeUpdate();
        }
    }

    /** Whether an import of a learner is under way; the learner is locked. */
    boolean isUnderWay(Connection connection, long learnerId, long nowMicros) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM import_job WHERE learner_id = ? AND state IN (?, ?) AND beat_us > ? LIMIT 1")) {
            select.setLong(1, learnerId);
            select.setString(2, READING);
            select.setString(3, APPLYING);
            select.setLong(4, nowMicros - patienceMicros());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private long patienceMicros() {
        return 2 * config.patience().toNanos() / 1_000;
    }

    /** Asks for an end. False if there is no such import of this learner. */
    boolean cancel(Connection connection, UUID id, String sub) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE import_job j SET cancel = true FROM learner l WHERE j.id = ? AND l.id = j.learner_id AND l.sub = ?""")) {
            update.setObject(1, id);
            update.setString(2, sub);
            return update.executeUpdate() == 1;
        }
    }

    /** An import of a learner; null if there is none. */
    @Nullable ImportView find(Connection connection, UUID id, String sub, long nowMicros) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT j.state, j.dry_run, j.started_us, j.beat_us, j.counts, j.found
                FROM import_job j JOIN learner l ON l.id = j.learner_id WHERE j.id = ? AND l.sub = ?""")) {
            select.setObject(1, id);
            select.setString(2, sub);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? view(id, rows, nowMicros) : null;
            }
        }
    }

    private ImportView view(UUID id, ResultSet rows, long nowMicros) throws SQLException {
        String state = rows.getString(1);
        boolean running = state.equals(READING) || state.equals(APPLYING);
        if (running && rows.getLong(4) < nowMicros - patienceMicros()) {
            state = INTERRUPTED;
        }
        try {
            Counts counts = JSON.readValue(rows.getString(5), Counts.class);
            String found = rows.getString(6);
            return new ImportView(
                    id.toString(),
                    state,
                    rows.getBoolean(2),
                    Micros.toInstant(rows.getLong(3)),
                    found == null ? null : JSON.readValue(found, Found.class),
                    counts.total,
                    counts.read,
                    counts.sent,
                    counts.alreadyThere,
                    counts.applied,
                    counts.recorded,
                    counts.shiftDays,
                    counts.leftOut,
                    counts.badLines,
                    counts.error);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an import that cannot be read", damaged);
        }
    }
}
