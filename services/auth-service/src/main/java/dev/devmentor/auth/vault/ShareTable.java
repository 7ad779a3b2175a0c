package dev.devmentor.auth.vault;

import dev.devmentor.auth.vault.VaultViews.GivenView;
import dev.devmentor.auth.vault.VaultViews.ReceivedView;
import dev.devmentor.auth.vault.VaultViews.SharedView;
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

/** The table of shares. */
@ApplicationScoped
class ShareTable {
    /** A share as it is stored. */
    record Share(
            UUID entryId,
            String recipient,
            byte[] recipientKey,
            int keyVersion,
            byte[] ephemeral,
            byte[] wrapped,
            byte[] approval) {}

    /** Adds a share, or wraps the key of one anew; whoever had accepted it still has. */
    void put(Connection connection, String owner, Share share, Instant now) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO vault_share
                    (id, owner_id, entry_id, recipient_id, recipient_key, key_version, ephemeral, wrapped, approval, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (owner_id, entry_id, recipient_id) DO UPDATE SET recipient_key = EXCLUDED.recipient_key,
                    key_version = EXCLUDED.key_version, ephemeral = EXCLUDED.ephemeral, wrapped = EXCLUDED.wrapped,
                    approval = EXCLUDED.approval""")) {
            upsert.setObject(1, UUID.randomUUID());
            upsert.setString(2, owner);
            upsert.setObject(3, share.entryId());
            upsert.setString(4, share.recipient());
            upsert.setBytes(5, share.recipientKey());
            upsert.setInt(6, share.keyVersion());
            upsert.setBytes(7, share.ephemeral());
            upsert.setBytes(8, share.wrapped());
            upsert.setBytes(9, share.approval());
            upsert.setTimestamp(10, Timestamp.from(now));
            upsert.executeUpdate();
        }
    }

    List<GivenView> given(Connection connection, String owner, UUID entryId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT s.recipient_id, a.email, a.name, s.recipient_key, s.approval, s.key_version, s.accepted, s.created_at
                FROM vault_share s JOIN account a ON a.id = s.recipient_id
                WHERE s.owner_id = ? AND s.entry_id = ? ORDER BY s.created_at, s.recipient_id""")) {
            select.setString(1, owner);
            select.setObject(2, entryId);
            List<GivenView> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new GivenView(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            Encoded.text(rows.getBytes(4)),
                            Encoded.text(rows.getBytes(5)),
                            rows.getInt(6),
                            rows.getBoolean(7),
                            rows.getTimestamp(8).toInstant()));
                }
            }
            return found;
        }
    }

    boolean revoke(Connection connection, String owner, UUID entryId, String recipient) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM vault_share WHERE owner_id = ? AND entry_id = ? AND recipient_id = ?")) {
            delete.setString(1, owner);
            delete.setObject(2, entryId);
            delete.setString(3, recipient);
            return delete.executeUpdate() == 1;
        }
    }

    /** Shares of an entry that are not for the data key of this version. */
    void deleteOther(Connection connection, String owner, UUID entryId, int keyVersion) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM vault_share WHERE owner_id = ? AND entry_id = ? AND key_version <> ?")) {
            delete.setString(1, owner);
            delete.setObject(2, entryId);
            delete.setInt(3, keyVersion);
            delete.executeUpdate();
        }
    }

    /** Whether the two share anything, in either direction. */
    boolean between(Connection connection, String one, String other) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT EXISTS (SELECT FROM vault_share WHERE owner_id = ? AND recipient_id = ?
                               UNION ALL SELECT FROM vault_share WHERE owner_id = ? AND recipient_id = ?)""")) {
            select.setString(1, one);
            select.setString(2, other);
            select.setString(3, other);
            select.setString(4, one);
            return exists(select);
        }
    }

    boolean has(Connection connection, String owner, UUID entryId, String recipient) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM vault_share WHERE owner_id = ? AND entry_id = ? AND recipient_id = ?)")) {
            select.setString(1, owner);
            select.setObject(2, entryId);
            select.setString(3, recipient);
            return exists(select);
        }
    }

    /** Shares that a person has not accepted. */
    int offers(Connection connection, String recipient) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT count(*) FROM vault_share WHERE recipient_id = ? AND NOT accepted")) {
            select.setString(1, recipient);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    List<ReceivedView> received(Connection connection, String recipient, @Nullable UUID after, int limit)
            throws SQLException {
        String from = after == null ? "" : " AND s.id > ?";
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT s.id, s.owner_id, a.email, a.name, v.public_key, s.entry_id, s.accepted, s.created_at
                FROM vault_share s JOIN account a ON a.id = s.owner_id JOIN vault v ON v.account_id = s.owner_id
                WHERE s.recipient_id = ?""" + from + " ORDER BY s.id LIMIT ?")) {
            int parameter = 1;
            select.setString(parameter++, recipient);
            if (after != null) {
                select.setObject(parameter++, after);
            }
            select.setInt(parameter, limit);
            List<ReceivedView> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new ReceivedView(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            Encoded.text(rows.getBytes(5)),
                            rows.getString(6),
                            rows.getBoolean(7),
                            rows.getTimestamp(8).toInstant()));
                }
            }
            return found;
        }
    }

    Optional<SharedView> shared(Connection connection, String recipient, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT s.id, s.owner_id, v.public_key, e.id, e.version, s.key_version, s.ephemeral, s.wrapped, e.ciphertext,
                       e.updated_at, s.accepted, s.owner_approval
                FROM vault_share s JOIN vault v ON v.account_id = s.owner_id
                     JOIN vault_entry e ON e.account_id = s.owner_id AND e.id = s.entry_id
                WHERE s.recipient_id = ? AND s.id = ?""")) {
            select.setString(1, recipient);
            select.setObject(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new SharedView(
                                rows.getString(1),
                                rows.getString(2),
                                Encoded.text(rows.getBytes(3)),
                                rows.getString(4),
                                rows.getInt(5),
                                rows.getInt(6),
                                Encoded.text(rows.getBytes(7)),
                                Encoded.text(rows.getBytes(8)),
                                Encoded.text(rows.getBytes(9)),
                                rows.getTimestamp(10).toInstant(),
                                rows.getBoolean(11),
                                rows.getBytes(12) == null ? null : Encoded.text(rows.getBytes(12))))
                        : Optional.empty();
            }
        }
    }

    boolean accept(Connection connection, String recipient, UUID id, byte[] approval) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE vault_share SET accepted = true, owner_approval = ? WHERE recipient_id = ? AND id = ?")) {
            update.setBytes(1, approval);
            update.setString(2, recipient);
            update.setObject(3, id);
            return update.executeUpdate() == 1;
        }
    }

    boolean leave(Connection connection, String recipient, UUID id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM vault_share WHERE recipient_id = ? AND id = ?")) {
            delete.setString(1, recipient);
            delete.setObject(2, id);
            return delete.executeUpdate() == 1;
        }
    }

    private static boolean exists(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
