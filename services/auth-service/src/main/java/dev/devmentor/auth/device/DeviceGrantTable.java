package dev.devmentor.auth.device;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code device_grant}. */
@ApplicationScoped
class DeviceGrantTable {
    private static final String COLUMNS =
            "device_code_hash, user_code, client_id, scope, address, user_agent, created_at, expires_at, state, account_id, auth_time,"
                    + " polled_at, interval_seconds, amr";

    /**
     * A program that waits, has been let in, or has not.
     *
     * @param amr what whoever let it in had shown in their session
     */
    record Row(
            byte[] hash,
            String userCode,
            String clientId,
            String scope,
            String address,
            String userAgent,
            Instant createdAt,
            Instant expiresAt,
            String state,
            @Nullable String accountId,
            @Nullable Instant authTime,
            @Nullable Instant polledAt,
            int intervalSeconds,
            List<String> amr) {
        Row {
            amr = List.copyOf(amr);
        }
    }

    /** @return whether nobody else has this code */
    boolean add(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO device_grant (device_code_hash, user_code, client_id, scope, address, user_agent, created_at, expires_at,
                    interval_seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")) {
            insert.setBytes(1, row.hash());
            insert.setString(2, row.userCode());
            insert.setString(3, row.clientId());
            insert.setString(4, row.scope());
            insert.setString(5, row.address());
            insert.setString(6, row.userAgent());
            insert.setTimestamp(7, Timestamp.from(row.createdAt()));
            insert.setTimestamp(8, Timestamp.from(row.expiresAt()));
            insert.setInt(9, row.intervalSeconds());
            return insert.executeUpdate() == 1;
        }
    }

    Optional<Row> lockByDeviceCode(Connection connection, byte[] hash) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM device_grant WHERE device_code_hash = ? FOR UPDATE")) {
            select.setBytes(1, hash);
            return one(select);
        }
    }

    Optional<Row> lockByUserCode(Connection connection, String code, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM device_grant WHERE user_code = ? AND state = 'waiting' AND expires_at > ? FOR UPDATE")) {
            select.setString(1, code);
            select.setTimestamp(2, Timestamp.from(now));
            return one(select);
        }
    }

    /** @param session of the person who decides; null without one */
    void decide(
            Connection connection,
            byte[] hash,
            String state,
            String account,
            @Nullable Instant authTime,
            @Nullable String session)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE device_grant SET state = ?, account_id = ?, auth_time = ?,
                    amr = coalesce((SELECT amr FROM session WHERE id = ?), '{}')
                WHERE device_code_hash = ?""")) {
            update.setString(1, state);
            update.setString(2, account);
            update.setTimestamp(3, authTime == null ? null : Timestamp.from(authTime));
            update.setString(4, session);
            update.setBytes(5, hash);
            update.executeUpdate();
        }
    }

    /** A program has come for its session. */
    void used(Connection connection, byte[] hash) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE device_grant SET state = 'used' WHERE device_code_hash = ?")) {
            update.setBytes(1, hash);
            update.executeUpdate();
        }
    }

    /** Denies all that a person has approved and no program has used. */
    void withdraw(Connection connection, String account) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE device_grant SET state = 'denied', auth_time = NULL WHERE account_id = ? AND state = 'approved'")) {
            update.setString(1, account);
            update.executeUpdate();
        }
    }

    void polled(Connection connection, byte[] hash, Instant now, int intervalSeconds) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE device_grant SET polled_at = ?, interval_seconds = ? WHERE device_code_hash = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setInt(2, intervalSeconds);
            update.setBytes(3, hash);
            update.executeUpdate();
        }
    }

    void deleteExpired(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM device_grant WHERE expires_at < ?")) {
            delete.setTimestamp(1, Timestamp.from(before));
            delete.executeUpdate();
        }
    }

    private static Optional<Row> one(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new Row(
                    row.getBytes(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getTimestamp(7).toInstant(),
                    row.getTimestamp(8).toInstant(),
                    row.getString(9),
                    row.getString(10),
                    instant(row, 11),
                    instant(row, 12),
                    row.getInt(13),
                    Arrays.asList((String[]) row.getArray(14).getArray())));
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
