package dev.devmentor.auth.vault;

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

/** The tables of vaults and their keys. */
@ApplicationScoped
class VaultTable {
    /** A vault's keys and sizes. */
    record Stored(int format, int version, byte[] publicKey, byte[] privateKey, int entries, long bytes) {}

    /** A way in. */
    record Slot(String kind, byte @Nullable [] salt, int iterations, byte[] wrapped) {}

    Optional<Stored> find(Connection connection, String owner) throws SQLException {
        return one(connection, owner, "");
    }

    /** The vault, locked until the transaction ends: changes of one person's vault come one after the other. */
    Optional<Stored> lock(Connection connection, String owner) throws SQLException {
        return one(connection, owner, " FOR UPDATE");
    }

    private static Optional<Stored> one(Connection connection, String owner, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT format, version, public_key, private_key, entries, bytes FROM vault WHERE account_id = ?"
                        + lock)) {
            select.setString(1, owner);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Stored(
                                rows.getInt(1),
                                rows.getInt(2),
                                rows.getBytes(3),
                                rows.getBytes(4),
                                rows.getInt(5),
                                rows.getLong(6)))
                        : Optional.empty();
            }
        }
    }

    /** False if there is a vault already. */
    boolean create(Connection connection, String owner, int format, byte[] publicKey, byte[] privateKey, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO vault (account_id, format, version, public_key, private_key, created_at, changed_at)
                VALUES (?, ?, 1, ?, ?, ?, ?) ON CONFLICT (account_id) DO NOTHING""")) {
            insert.setString(1, owner);
            insert.setInt(2, format);
            insert.setBytes(3, publicKey);
            insert.setBytes(4, privateKey);
            insert.setTimestamp(5, Timestamp.from(now));
            insert.setTimestamp(6, Timestamp.from(now));
            return insert.executeUpdate() == 1;
        }
    }

    void rewrapped(Connection connection, String owner, int version, byte[] privateKey, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE vault SET version = ?, private_key = ?, changed_at = ? WHERE account_id = ?")) {
            update.setInt(1, version);
            update.setBytes(2, privateKey);
            update.setTimestamp(3, Timestamp.from(now));
            update.setString(4, owner);
            update.executeUpdate();
        }
    }

    void resized(Connection connection, String owner, int entries, long bytes) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE vault SET entries = entries + ?, bytes = bytes + ? WHERE account_id = ?")) {
            update.setInt(1, entries);
            update.setLong(2, bytes);
            update.setString(3, owner);
            update.executeUpdate();
        }
    }

    List<Slot> slots(Connection connection, String owner) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT kind, salt, iterations, wrapped FROM vault_slot WHERE account_id = ? ORDER BY kind")) {
            select.setString(1, owner);
            List<Slot> slots = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    slots.add(new Slot(rows.getString(1), rows.getBytes(2), rows.getInt(3), rows.getBytes(4)));
                }
            }
            return slots;
        }
    }

    void replaceSlots(Connection connection, String owner, List<Slot> slots) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM vault_slot WHERE account_id = ?")) {
            delete.setString(1, owner);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO vault_slot (account_id, kind, salt, iterations, wrapped) VALUES (?, ?, ?, ?, ?)")) {
            for (Slot slot : slots) {
                insert.setString(1, owner);
                insert.setString(2, slot.kind());
                insert.setBytes(3, slot.salt());
                insert.setObject(4, slot.salt() == null ? null : slot.iterations(), java.sql.Types.INTEGER);
                insert.setBytes(5, slot.wrapped());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Deletes rows of a person and says how many. */
    long delete(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                delete.setString(i + 1, parameters[i]);
            }
            return delete.executeLargeUpdate();
        }
    }

    /** Counts a question for somebody's key; the number of those within the hour. */
    int lookups(Connection connection, String asker, Instant now, Instant hourAgo) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO vault_lookup AS l (account_id, since, lookups) VALUES (?, ?, 1)
                ON CONFLICT (account_id) DO UPDATE SET
                    lookups = CASE WHEN l.since <= ? THEN 1 ELSE l.lookups + 1 END,
                    since = CASE WHEN l.since <= ? THEN EXCLUDED.since ELSE l.since END
                RETURNING lookups""")) {
            upsert.setString(1, asker);
            upsert.setTimestamp(2, Timestamp.from(now));
            upsert.setTimestamp(3, Timestamp.from(hourAgo));
            upsert.setTimestamp(4, Timestamp.from(hourAgo));
            try (ResultSet rows = upsert.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
