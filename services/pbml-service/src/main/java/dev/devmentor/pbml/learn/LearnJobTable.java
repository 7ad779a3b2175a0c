package dev.devmentor.pbml.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.learn.LearnView.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of training jobs. */
@ApplicationScoped
class LearnJobTable {
    static final String QUEUED = "queued";
    static final String RECORDING = "recording";
    static final String FOLDING = "folding";
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";

    /** States that are not the last one. */
    static final Set<String> UNDER_WAY = Set.of(QUEUED, RECORDING, FOLDING);

    static final String INTERRUPTED = "interrupted, send it again: what was taken in stays";

    private static final String OF_RUNNING = " AND state IN ('queued', 'recording', 'folding')";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LearnConfig config;

    LearnJobTable(LearnConfig config) {
        this.config = config;
    }

    /** Adds a job; false if one of the same owner is under way. */
    boolean insert(Connection connection, UUID id, long ownerId, long nowMicros) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO learn_job (id, owner_id, state, started_us, beat_us) VALUES (?, ?, 'queued', ?, ?)
                ON CONFLICT (owner_id) WHERE state IN ('queued', 'recording', 'folding') DO NOTHING""")) {
            insert.setObject(1, id);
            insert.setLong(2, ownerId);
            insert.setLong(3, nowMicros);
            insert.setLong(4, nowMicros);
            return insert.executeUpdate() == 1;
        }
    }

    boolean isUnderWay(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM learn_job WHERE owner_id = ?" + OF_RUNNING)) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Ends the jobs whose instances are gone. */
    int failInterrupted(Connection connection, long nowMicros) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE learn_job SET state = 'failed', error = ? WHERE beat_us < ?" + OF_RUNNING)) {
            update.setString(1, INTERRUPTED);
            update.setLong(2, nowMicros - config.patience().toNanos() / 1_000);
            return update.executeUpdate();
        }
    }

    /** Says that its instance is at it. */
    void beat(Connection connection, UUID id, long nowMicros) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE learn_job SET beat_us = ? WHERE id = ?" + OF_RUNNING)) {
            update.setLong(1, nowMicros);
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    /**
     * Says how far a job is.
     *
     * @param state the one that it is in now
     * @return whether it goes on: nobody cancelled it, it was not given up as interrupted, and its person is still there
     */
    boolean report(
            Connection connection, UUID id, String state, Progress progress, @Nullable String error, long nowMicros)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE learn_job SET state = ?, beat_us = ?, lines = ?, added = ?, repeated = ?, refused = ?, reasons = ?,
                    folded = ?, created = ?, updated = ?, error = ?
                WHERE id = ?""" + OF_RUNNING + " RETURNING NOT cancel")) {
            update.setString(1, state);
            update.setLong(2, nowMicros);
            update.setLong(3, progress.lines);
            update.setLong(4, progress.added);
            update.setLong(5, progress.repeated);
            update.setLong(6, progress.refused);
            update.setString(7, json(progress.reasons));
            update.setLong(8, progress.folded);
            update.setLong(9, progress.created);
            update.setLong(10, progress.updated);
            update.setString(11, error);
            update.setObject(12, id);
            try (ResultSet rows = update.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Asks for an end; a job that nobody has begun is over at once. False if there is no such job of this person. */
    boolean cancel(Connection connection, UUID id, String person) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE learn_job j SET cancel = true, state = CASE WHEN j.state = 'queued' THEN 'cancelled' ELSE j.state END
                FROM owner w WHERE j.id = ? AND w.id = j.owner_id AND w.kind = 1 AND w.name = ?""")) {
            update.setObject(1, id);
            update.setString(2, person);
            return update.executeUpdate() == 1;
        }
    }

    /** A job of a person; null if there is none of that id. */
    @Nullable LearnView find(Connection connection, UUID id, String person) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT j.state, j.started_us, j.lines, j.added, j.repeated, j.refused, j.reasons, j.folded, j.created, j.updated,
                    j.error
                FROM learn_job j JOIN owner w ON w.id = j.owner_id WHERE j.id = ? AND w.kind = 1 AND w.name = ?""")) {
            select.setObject(1, id);
            select.setString(2, person);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new LearnView(
                                id.toString(),
                                rows.getString(1),
                                Micros.toInstant(rows.getLong(2)),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6),
                                reasons(rows.getString(7)),
                                rows.getLong(8),
                                rows.getLong(9),
                                rows.getLong(10),
                                rows.getString(11))
                        : null;
            }
        }
    }

    private static String json(List<Reason> reasons) {
        ArrayNode array = JSON.createArrayNode();
        for (Reason reason : reasons) {
            array.addObject().put("line", reason.line()).put("reason", reason.reason());
        }
        return array.toString();
    }

    private static List<Reason> reasons(String text) {
        List<Reason> reasons = new ArrayList<>();
        try {
            for (JsonNode reason : JSON.readTree(text)) {
                reasons.add(new Reason(
                        reason.path("line").asLong(), reason.path("reason").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the reasons of a training job are no JSON", e);
        }
        return reasons;
    }
}
