package dev.devmentor.auth.serviceaccount;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code service_account}, {@code api_key} and their usage. */
@ApplicationScoped
class ServiceAccountTable {
    /** A program that acts for itself. */
    record Row(String id, String ownerId, String name, String scope, String tier, Instant createdAt) {}

    /** A key, without what it takes to use it. */
    record Key(
            String id,
            String serviceAccountId,
            byte[] hash,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt,
            int perMinute,
            int perDay) {
        boolean isGood(Instant now) {
            return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
        }
    }

    /** Requests with the keys of a service account within an hour. */
    record Usage(String keyId, Instant hour, long requests, long errors) {}

    /** @return whether the owner has none of this name yet */
    boolean add(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO service_account (id, owner_id, name, scope, tier, created_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (owner_id, name) DO NOTHING""")) {
            insert.setString(1, row.id());
            insert.setString(2, row.ownerId());
            insert.setString(3, row.name());
            insert.setString(4, row.scope());
            insert.setString(5, row.tier());
            insert.setTimestamp(6, Timestamp.from(row.createdAt()));
            return insert.executeUpdate() == 1;
        }
    }

    /** Service accounts of a person, locked. */
    List<Row> ofOwner(Connection connection, String ownerId) throws SQLException {
        return rows(
                connection,
                "SELECT id, owner_id, name, scope, tier, created_at FROM service_account WHERE owner_id = ?"
                        + " ORDER BY created_at, id FOR UPDATE",
                ownerId);
    }

    Optional<Row> byId(Connection connection, String id) throws SQLException {
        return rows(
                        connection,
                        "SELECT id, owner_id, name, scope, tier, created_at FROM service_account WHERE id = ? FOR UPDATE",
                        id)
                .stream()
                .findFirst();
    }

    void delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM service_account WHERE id = ?")) {
            delete.setString(1, id);
            delete.executeUpdate();
        }
    }

    void addKey(Connection connection, Key key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO api_key (id, service_account_id, hash, created_at, expires_at, per_minute, per_day)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, key.id());
            insert.setString(2, key.serviceAccountId());
            insert.setBytes(3, key.hash());
            insert.setTimestamp(4, Timestamp.from(key.createdAt()));
            insert.setTimestamp(5, key.expiresAt() == null ? null : Timestamp.from(key.expiresAt()));
            insert.setInt(6, key.perMinute());
            insert.setInt(7, key.perDay());
            insert.executeUpdate();
        }
    }

    List<Key> keys(Connection connection, String serviceAccountId) throws SQLException {
        return keys(connection, "service_account_id = ? ORDER BY created_at, id", serviceAccountId);
    }

    Optional<Key> key(Connection connection, String id) throws SQLException {
        return keys(connection, "id = ?", id).stream().findFirst();
    }

    /** Lets a key end then, if it does not end earlier. */
    void endKey(Connection connection, String id, Instant at) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE api_key SET expires_at = least(expires_at, ?) WHERE id = ?")) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    void revokeKey(Connection connection, String id, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    void keyUsed(Connection connection, String id, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE api_key SET last_used_at = ? WHERE id = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, id);
            update.executeUpdate();
        }
    }

    /** Takes in what a gateway counted; the same minute of the same gateway counts once, with its last numbers. */
    void report(Connection connection, String reporter, String keyId, Instant minute, long requests, long errors)
            throws SQLException {
        long requestsBefore = 0;
        long errorsBefore = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT requests, errors FROM api_key_report WHERE reporter = ? AND key_id = ? AND minute = ? FOR UPDATE""")) {
            select.setString(1, reporter);
            select.setString(2, keyId);
            select.setTimestamp(3, Timestamp.from(minute));
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    requestsBefore = rows.getLong(1);
                    errorsBefore = rows.getLong(2);
                }
            }
        }
        if (requests < requestsBefore || errors < errorsBefore) {
            return; // an older report that comes late
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO api_key_report (reporter, key_id, minute, requests, errors) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (reporter, key_id, minute) DO UPDATE SET requests = excluded.requests, errors = excluded.errors""")) {
            upsert.setString(1, reporter);
            upsert.setString(2, keyId);
            upsert.setTimestamp(3, Timestamp.from(minute));
            upsert.setLong(4, requests);
            upsert.setLong(5, errors);
            upsert.executeUpdate();
        }
        try (PreparedStatement add = connection.prepareStatement("""
                INSERT INTO api_key_usage (key_id, hour, requests, errors) VALUES (?, date_trunc('hour', ?::timestamptz, 'UTC'), ?, ?)
                ON CONFLICT (key_id, hour) DO UPDATE
                SET requests = api_key_usage.requests + excluded.requests, errors = api_key_usage.errors + excluded.errors""")) {
            add.setString(1, keyId);
            add.setTimestamp(2, Timestamp.from(minute));
            add.setLong(3, requests - requestsBefore);
            add.setLong(4, errors - errorsBefore);
            add.executeUpdate();
        }
    }

    /** Deletes what would only be needed for a report that comes after so long. */
    void forgetReports(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM api_key_report WHERE minute < ?")) {
            delete.setTimestamp(1, Timestamp.from(before));
            delete.executeUpdate();
        }
    }

    List<Usage> usage(Connection connection, String serviceAccountId, Instant from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT u.key_id, u.hour, u.requests, u.errors FROM api_key_usage u JOIN api_key k ON k.id = u.key_id
                WHERE k.service_account_id = ? AND u.hour >= ? ORDER BY u.hour, u.key_id""")) {
            select.setString(1, serviceAccountId);
            select.setTimestamp(2, Timestamp.from(from));
            List<Usage> usage = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    usage.add(new Usage(
                            row.getString(1), row.getTimestamp(2).toInstant(), row.getLong(3), row.getLong(4)));
                }
            }
            return usage;
        }
    }

    private static List<Row> rows(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, value);
            List<Row> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Row(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getTimestamp(6).toInstant()));
                }
            }
            return found;
        }
    }

    private static List<Key> keys(Connection connection, String condition, String value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, service_account_id, hash, created_at, expires_at, revoked_at, last_used_at, per_minute, per_day"
                        + " FROM api_key WHERE " + condition)) {
            select.setString(1, value);
            List<Key> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Key(
                            row.getString(1),
                            row.getString(2),
                            row.getBytes(3),
                            row.getTimestamp(4).toInstant(),
                            instant(row, 5),
                            instant(row, 6),
                            instant(row, 7),
                            row.getInt(8),
                            row.getInt(9)));
                }
            }
            return found;
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
