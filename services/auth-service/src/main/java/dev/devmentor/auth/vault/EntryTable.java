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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of entries. */
@ApplicationScoped
class EntryTable {
    private static final String COLUMNS = "id, version, key_version, data_key, ciphertext, updated_at";

    /** An entry as it is stored. */
    record Entry(UUID id, int version, int keyVersion, byte[] dataKey, byte[] ciphertext, Instant updatedAt) {}

    Optional<Entry> find(Connection connection, String owner, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM vault_entry WHERE account_id = ? AND id = ?")) {
            select.setString(1, owner);
            select.setObject(2, id);
            return read(select, Long.MAX_VALUE).stream().findFirst();
        }
    }

    /** Entries by id, up to a number of them and, after the first, up to a sum of bytes. */
    List<Entry> page(Connection connection, String owner, @Nullable UUID after, int limit, long bytes)
            throws SQLException {
        String from = after == null ? "" : " AND id > ?";
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM vault_entry WHERE account_id = ?" + from + " ORDER BY id LIMIT ?")) {
            int parameter = 1;
            select.setString(parameter++, owner);
            if (after != null) {
                select.setObject(parameter++, after);
            }
            select.setInt(parameter, limit);
            // In a transaction the rows come in portions, so that a full page is not read to be thrown away.
            select.setFetchSize(16);
            return read(select, bytes);
        }
    }

    void insert(Connection connection, String owner, Entry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO vault_entry (" + COLUMNS + ", account_id) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, entry.id());
            insert.setInt(2, entry.version());
            insert.setInt(3, entry.keyVersion());
            insert.setBytes(4, entry.dataKey());
            insert.setBytes(5, entry.ciphertext());
            insert.setTimestamp(6, Timestamp.from(entry.updatedAt()));
            insert.setString(7, owner);
            insert.executeUpdate();
        }
    }

    void update(Connection connection, String owner, Entry entry) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE vault_entry SET version = ?, key_version = ?, data_key = ?, ciphertext = ?, updated_at = ?
                WHERE account_id = ? AND id = ?""")) {
            update.setInt(1, entry.version());
            update.setInt(2, entry.keyVersion());
            update.setBytes(3, entry.dataKey());
            update.setBytes(4, entry.ciphertext());
            update.setTimestamp(5, Timestamp.from(entry.updatedAt()));
            update.setString(6, owner);
            update.setObject(7, entry.id());
            update.executeUpdate();
        }
    }

    void delete(Connection connection, String owner, UUID id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM vault_entry WHERE account_id = ? AND id = ?")) {
            delete.setString(1, owner);
            delete.setObject(2, id);
            delete.executeUpdate();
        }
    }

    private static List<Entry> read(PreparedStatement select, long bytes) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        long sum = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Entry entry = new Entry(
                        rows.getObject(1, UUID.class),
                        rows.getInt(2),
                        rows.getInt(3),
                        rows.getBytes(4),
                        rows.getBytes(5),
                        rows.getTimestamp(6).toInstant());
                sum += entry.ciphertext().length;
                if (sum > bytes && !entries.isEmpty()) {
                    break;
                }
                entries.add(entry);
            }
        }
        return entries;
    }
}
