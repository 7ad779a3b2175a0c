package dev.devmentor.learning.plan;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Which notes are siblings: those whose newest version names the same group. */
@ApplicationScoped
class SiblingGroups {
    /** Groups by item; items without a group are missing. */
    Map<String, String> of(Connection connection, long learnerId) throws SQLException {
        Map<String, String> groups = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT item, sibling_group FROM note WHERE learner_id = ? AND sibling_group IS NOT NULL")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    groups.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return groups;
    }
}
