package dev.devmentor.pbml.context;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of contexts. */
@ApplicationScoped
class ContextTable {
    private static final String SELECT =
            "SELECT c.context_id, c.saved_us, c.name, c.data, c.observations FROM context c WHERE c.owner_id = ?";

    /** Where a page begins: behind this one, in descending order of time. */
    record Position(long savedMicros, String id) {}

    void insert(Connection connection, long ownerId, SavedContext context) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO context (owner_id, context_id, saved_us, name, data, observations) VALUES (?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, ownerId);
            insert.setString(2, context.id());
            insert.setLong(3, context.savedMicros());
            insert.setString(4, context.name());
            insert.setString(5, context.data());
            insert.setLong(6, context.observations());
            insert.executeUpdate();
        }
    }

    int count(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM context WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** A context of an owner; null if there is none of that id. */
    @Nullable SavedContext find(Connection connection, long ownerId, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " AND c.context_id = ?")) {
            select.setLong(1, ownerId);
            select.setString(2, id);
            List<SavedContext> found = read(select);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    /** Contexts of an owner, the latest first. */
    List<SavedContext> page(Connection connection, long ownerId, @Nullable Position after, int limit)
            throws SQLException {
        String from = after == null ? "" : " AND (c.saved_us < ? OR c.saved_us = ? AND c.context_id > ?)";
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + from + " ORDER BY c.saved_us DESC, c.context_id LIMIT ?")) {
            int parameter = 1;
            select.setLong(parameter++, ownerId);
            if (after != null) {
                select.setLong(parameter++, after.savedMicros());
                select.setLong(parameter++, after.savedMicros());
                select.setString(parameter++, after.id());
            }
            select.setInt(parameter, limit);
            return read(select);
        }
    }

    boolean delete(Connection connection, long ownerId, String id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM context WHERE owner_id = ? AND context_id = ?")) {
            delete.setLong(1, ownerId);
            delete.setString(2, id);
            return delete.executeUpdate() == 1;
        }
    }

    private static List<SavedContext> read(PreparedStatement select) throws SQLException {
        List<SavedContext> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new SavedContext(
                        rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4), rows.getLong(5)));
            }
        }
        return found;
    }
}
