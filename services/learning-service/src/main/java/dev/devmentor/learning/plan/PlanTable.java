package dev.devmentor.learning.plan;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of plans: what was asked for and what came of it. The moves are in the log. */
@ApplicationScoped
class PlanTable {
    private static final String SELECT =
            "SELECT id, kind, parameters, at_us, moved, outcome, undone_us FROM plan WHERE learner_id = ?";

    void insert(Connection connection, long learnerId, StoredPlan plan) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO plan (learner_id, id, kind, parameters, at_us, moved, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, learnerId);
            insert.setObject(2, plan.id());
            insert.setString(3, plan.kind().wireName());
            insert.setString(4, plan.parameters());
            insert.setLong(5, plan.atMicros());
            insert.setInt(6, plan.moved());
            insert.setString(7, plan.outcome());
            insert.executeUpdate();
        }
    }

    void markUndone(Connection connection, long learnerId, UUID id, long atMicros) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE plan SET undone_us = ? WHERE learner_id = ? AND id = ?")) {
            update.setLong(1, atMicros);
            update.setLong(2, learnerId);
            update.setObject(3, id);
            update.executeUpdate();
        }
    }

    @Nullable StoredPlan find(Connection connection, long learnerId, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " AND id = ?")) {
            select.setLong(1, learnerId);
            select.setObject(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    /** Plans that were not taken back and are of a kind that also concerns what is answered later, newest first. */
    List<StoredPlan> lasting(Connection connection, long learnerId) throws SQLException {
        List<StoredPlan> plans = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                SELECT + " AND undone_us IS NULL AND kind IN ('vacation', 'exam') ORDER BY at_us DESC, id DESC")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    plans.add(read(rows));
                }
            }
        }
        return plans;
    }

    /**
     * Plans, newest first.
     *
     * @param after the last one of the page before; null for the first page
     */
    List<StoredPlan> page(Connection connection, long learnerId, @Nullable PlanCursor after, int limit)
            throws SQLException {
        List<StoredPlan> plans = new ArrayList<>(limit);
        try (PreparedStatement select = connection.prepareStatement(
                SELECT + " AND (at_us, id) < (?, ?) ORDER BY at_us DESC, id DESC LIMIT ?")) {
            select.setLong(1, learnerId);
            select.setLong(2, after == null ? Long.MAX_VALUE : after.atMicros());
            select.setObject(3, after == null ? new UUID(-1, -1) : after.id());
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    plans.add(read(rows));
                }
            }
        }
        return plans;
    }

    /**
     * Details of the entries that a plan made, by new due time and item. Reads the learner's part of the log: there is no
     * index by reference (see docs/adr/0004), and this is asked for rarely.
     */
    List<String> moves(Connection connection, long learnerId, UUID id, int limit) throws SQLException {
        List<String> details = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT detail FROM entry WHERE learner_id = ? AND kind = 4 AND ref = ?
                ORDER BY due_us, item LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setString(2, id.toString());
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    details.add(rows.getString(1));
                }
            }
        }
        return details;
    }

    /** Items of the cards that a plan moved. */
    List<String> movedItems(Connection connection, long learnerId, UUID id) throws SQLException {
        List<String> items = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT item FROM entry WHERE learner_id = ? AND kind = 4 AND ref = ? ORDER BY item")) {
            select.setLong(1, learnerId);
            select.setString(2, id.toString());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(rows.getString(1));
                }
            }
        }
        return items;
    }

    private static StoredPlan read(ResultSet rows) throws SQLException {
        long undone = rows.getLong(7);
        boolean applied = rows.wasNull();
        return new StoredPlan(
                rows.getObject(1, UUID.class),
                PlanKind.ofWireName(rows.getString(2)),
                rows.getString(3),
                rows.getLong(4),
                rows.getInt(5),
                rows.getString(6),
                applied ? null : undone);
    }
}
