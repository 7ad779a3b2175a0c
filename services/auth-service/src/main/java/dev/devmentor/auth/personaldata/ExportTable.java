package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of exports. */
@ApplicationScoped
class ExportTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<ExportPart>> PARTS = new TypeReference<>() {};

    /** Adds a running export; false if one of the account is running. */
    boolean insert(Connection connection, UUID id, String account, List<ExportPart> parts, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO personal_export (id, account_id, state, requested_at, beat_at, parts)
                VALUES (?, ?, 'running', ?, ?, ?) ON CONFLICT (account_id) WHERE state = 'running' DO NOTHING""")) {
            insert.setObject(1, id);
            insert.setString(2, account);
            insert.setTimestamp(3, Timestamp.from(now));
            insert.setTimestamp(4, Timestamp.from(now));
            insert.setString(5, write(parts));
            return insert.executeUpdate() == 1;
        }
    }

    /** Deletes all but the newest exports of an account. */
    void keepNewest(Connection connection, String account, int most) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM personal_export WHERE account_id = ? AND state <> 'running' AND id NOT IN (
                    SELECT id FROM personal_export WHERE account_id = ? ORDER BY requested_at DESC LIMIT ?)""")) {
            delete.setString(1, account);
            delete.setString(2, account);
            delete.setInt(3, most);
            delete.executeUpdate();
        }
    }

    Optional<ExportView> find(Connection connection, UUID id, String account) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT state, requested_at, parts, bytes, sha256, finished_at, expires_at, error
                FROM personal_export WHERE id = ? AND account_id = ?""")) {
            select.setObject(1, id);
            select.setString(2, account);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long bytes = row.getLong(4);
                boolean file = !row.wasNull();
                return Optional.of(new ExportView(
                        id.toString(),
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        read(row.getString(3)),
                        file ? "/api/auth/me/exports/" + id + "/file" : null,
                        file ? bytes : null,
                        row.getString(5),
                        instant(row, 6),
                        instant(row, 7),
                        row.getString(8)));
            }
        }
    }

    /**
     * Says that a running export is alive.
     *
     * @return whether it is to go on: it is there, and nobody has cancelled it
     */
    boolean beat(Connection connection, UUID id, List<ExportPart> parts, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE personal_export SET beat_at = ?, parts = ? WHERE id = ? AND state = 'running' RETURNING cancel""")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, write(parts));
            update.setObject(3, id);
            try (ResultSet rows = update.executeQuery()) {
                return rows.next() && !rows.getBoolean(1);
            }
        }
    }

    void addChunk(Connection connection, UUID id, int number, byte[] body) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO personal_export_chunk (export_id, number, body) VALUES (?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setInt(2, number);
            insert.setBytes(3, body);
            insert.executeUpdate();
        }
    }

    Optional<byte[]> chunk(Connection connection, UUID id, int number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT body FROM personal_export_chunk WHERE export_id = ? AND number = ?")) {
            select.setObject(1, id);
            select.setInt(2, number);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** A file that is whole: in the transaction that adds its last chunk. False if the export is not running any more. */
    boolean finish(
            Connection connection,
            UUID id,
            String state,
            List<ExportPart> parts,
            long bytes,
            String sha256,
            Instant now,
            Instant expires)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE personal_export SET state = ?, parts = ?, bytes = ?, sha256 = ?, finished_at = ?, expires_at = ?
                WHERE id = ? AND state = 'running' AND NOT cancel""")) {
            update.setString(1, state);
            update.setString(2, write(parts));
            update.setLong(3, bytes);
            update.setString(4, sha256);
            update.setTimestamp(5, Timestamp.from(now));
            update.setTimestamp(6, Timestamp.from(expires));
            update.setObject(7, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Ends a running export without a file. */
    void end(Connection connection, UUID id, String state, @Nullable String error, Instant now, Instant expires)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE personal_export SET state = ?, error = ?, finished_at = ?, expires_at = ?
                WHERE id = ? AND state = 'running'""")) {
            update.setString(1, state);
            update.setString(2, error);
            update.setTimestamp(3, Timestamp.from(now));
            update.setTimestamp(4, Timestamp.from(expires));
            update.setObject(5, id);
            update.executeUpdate();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM personal_export_chunk WHERE export_id = ?")) {
            delete.setObject(1, id);
            delete.executeUpdate();
        }
    }

    /** Asks a running export to end; false if there is none running of that id. */
    boolean cancel(Connection connection, UUID id, String account) throws SQLException {
        return changed(
                connection,
                "UPDATE personal_export SET cancel = true WHERE id = ? AND account_id = ? AND state = 'running'",
                id,
                account);
    }

    /** Deletes an export that is over; false if there is none of that id. */
    boolean delete(Connection connection, UUID id, String account) throws SQLException {
        return changed(
                connection,
                "DELETE FROM personal_export WHERE id = ? AND account_id = ? AND state <> 'running'",
                id,
                account);
    }

    /** Ends exports whose instance has not been heard of. */
    int failLost(Connection connection, Instant heardBefore, Instant now, Instant expires) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE personal_export SET state = 'failed', error = 'interrupted; start it again', finished_at = ?, expires_at = ?
                WHERE state = 'running' AND beat_at < ?""")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setTimestamp(2, Timestamp.from(expires));
            update.setTimestamp(3, Timestamp.from(heardBefore));
            return update.executeUpdate();
        }
    }

    /** Deletes what has been kept for long enough. */
    int deleteExpired(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM personal_export WHERE expires_at <= ?")) {
            delete.setTimestamp(1, Timestamp.from(now));
            return delete.executeUpdate();
        }
    }

    private static boolean changed(Connection connection, String sql, UUID id, String account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.setString(2, account);
            return statement.executeUpdate() == 1;
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static String write(List<ExportPart> parts) {
        try {
            return JSON.writeValueAsString(parts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("parts are always JSON", impossible);
        }
    }

    private static List<ExportPart> read(String parts) {
        try {
            return JSON.readValue(parts, PARTS);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("stored parts are no JSON", damaged);
        }
    }
}
