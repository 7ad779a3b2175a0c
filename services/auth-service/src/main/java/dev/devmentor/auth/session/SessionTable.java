package dev.devmentor.auth.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code session} and {@code refresh_token}. */
@ApplicationScoped
class SessionTable {
    private static final String COLUMNS =
            "id, account_id, client_id, method, scope, address, user_agent, created_at, auth_time, expires_at, ended_at,"
                    + " amr";

    /** A refresh token as it is kept. */
    record Refresh(
            String sessionId, Instant expiresAt, @Nullable Instant usedAt) {}

    void add(Connection connection, Session session) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO session (id, account_id, client_id, method, scope, address, user_agent, created_at, auth_time, expires_at,
                    amr)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, session.id());
            insert.setString(2, session.accountId());
            insert.setString(3, session.clientId());
            insert.setString(4, session.method());
            insert.setString(5, session.scope());
            insert.setString(6, session.address());
            insert.setString(7, session.userAgent());
            insert.setTimestamp(8, Timestamp.from(session.createdAt()));
            insert.setTimestamp(9, Timestamp.from(session.authTime()));
            insert.setTimestamp(10, Timestamp.from(session.expiresAt()));
            insert.setArray(11, connection.createArrayOf("text", session.amr().toArray()));
            insert.executeUpdate();
        }
    }

    Optional<Session> lock(Connection connection, String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM session WHERE id = ? FOR UPDATE")) {
            select.setString(1, id);
            return first(select);
        }
    }

    /** Whether a session is there that has not ended; without waiting for anybody. */
    boolean isLive(Connection connection, String id, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM session WHERE id = ? AND ended_at IS NULL AND expires_at > ?")) {
            select.setString(1, id);
            select.setTimestamp(2, Timestamp.from(now));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Sessions of a person that have not ended, the one that began last first. */
    List<Session> live(Connection connection, String accountId, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM session WHERE account_id = ? AND ended_at IS NULL AND expires_at > ?"
                + " ORDER BY created_at DESC, id")) {
            select.setString(1, accountId);
            select.setTimestamp(2, Timestamp.from(now));
            return all(select);
        }
    }

    /** Every session of a person. */
    List<Session> ofAccount(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM session WHERE account_id = ? ORDER BY created_at, id")) {
            select.setString(1, accountId);
            return all(select);
        }
    }

    /**
     * Ends a session that has not ended.
     *
     * @return whether it has not
     */
    boolean end(Connection connection, String id, Instant now, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE session SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, reason);
            update.setString(3, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Notes that more was shown in a session than at its beginning. */
    void amr(Connection connection, String id, List<String> amr) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE session SET amr = ? WHERE id = ?")) {
            update.setArray(1, connection.createArrayOf("text", amr.toArray()));
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    /** Ids of sessions that ended and of which the gateways have not heard; older ones than {@code since} no longer matter. */
    List<String> unannounced(Connection connection, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id FROM session WHERE ended_at IS NOT NULL AND NOT announced AND ended_at > ? LIMIT 1000""")) {
            select.setTimestamp(1, Timestamp.from(since));
            List<String> ids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    void announced(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE session SET announced = true WHERE id = ANY (?)")) {
            update.setArray(1, connection.createArrayOf("text", ids.toArray()));
            update.executeUpdate();
        }
    }

    /** Deletes what nobody can use any more. Ended sessions stay for a while: a token of theirs that comes again tells of a theft. */
    int deleteOld(Connection connection, Instant endedBefore) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM session WHERE coalesce(ended_at, expires_at) < ?")) {
            delete.setTimestamp(1, Timestamp.from(endedBefore));
            return delete.executeUpdate();
        }
    }

    void addRefresh(Connection connection, byte[] hash, String sessionId, Instant now, Instant expiresAt)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO refresh_token (hash, session_id, issued_at, expires_at) VALUES (?, ?, ?, ?)")) {
            insert.setBytes(1, hash);
            insert.setString(2, sessionId);
            insert.setTimestamp(3, Timestamp.from(now));
            insert.setTimestamp(4, Timestamp.from(expiresAt));
            insert.executeUpdate();
        }
    }

    Optional<Refresh> refresh(Connection connection, byte[] hash) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT session_id, expires_at, used_at FROM refresh_token WHERE hash = ?")) {
            select.setBytes(1, hash);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Timestamp used = rows.getTimestamp(3);
                return Optional.of(new Refresh(
                        rows.getString(1), rows.getTimestamp(2).toInstant(), used == null ? null : used.toInstant()));
            }
        }
    }

    void used(Connection connection, byte[] hash, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE refresh_token SET used_at = ? WHERE hash = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setBytes(2, hash);
            update.executeUpdate();
        }
    }

    private static Optional<Session> first(PreparedStatement select) throws SQLException {
        return all(select).stream().findFirst();
    }

    private static List<Session> all(PreparedStatement select) throws SQLException {
        List<Session> sessions = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Timestamp ended = row.getTimestamp(11);
                sessions.add(new Session(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Arrays.asList((String[]) row.getArray(12).getArray()),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getTimestamp(8).toInstant(),
                        row.getTimestamp(9).toInstant(),
                        row.getTimestamp(10).toInstant(),
                        ended == null ? null : ended.toInstant()));
            }
        }
        return sessions;
    }
}
