package dev.devmentor.learning.path;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.learning.bank.Level;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of paths. */
@RegisterForReflection(targets = {StoredPath.Wanted.class, StoredPath.Line.class, Level.class})
@ApplicationScoped
class PathTable {
    private static final String SELECT = """
            SELECT id, title, goal, wanted, hours_per_week, until_day, created_us, planned_us, planned_order, planned_met
            FROM path WHERE learner_id = ?""";

    private final ObjectMapper json = new ObjectMapper();

    /** Paths of a learner, the oldest first. */
    List<StoredPath> ofLearner(Connection connection, long learnerId) throws SQLException {
        List<StoredPath> paths = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT + " ORDER BY created_us, id")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    paths.add(read(rows));
                }
            }
        }
        return paths;
    }

    @Nullable StoredPath find(Connection connection, long learnerId, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " AND id = ?")) {
            select.setLong(1, learnerId);
            select.setObject(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    /** Adds a path; the learner is locked. */
    void insert(Connection connection, long learnerId, StoredPath path) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO path (learner_id, id, title, goal, wanted, hours_per_week, until_day, created_us, planned_us,
                    planned_order, planned_met)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, learnerId);
            insert.setObject(2, path.id());
            insert.setString(3, path.title());
            insert.setString(4, path.goal());
            insert.setString(5, write(path.wanted()));
            insert.setDouble(6, path.hoursPerWeek());
            if (path.untilDay() == null) {
                insert.setNull(7, Types.INTEGER);
            } else {
                insert.setInt(7, path.untilDay());
            }
            insert.setLong(8, path.createdMicros());
            insert.setLong(9, path.plannedMicros());
            insert.setArray(10, array(connection, path.plannedOrder()));
            insert.setArray(11, array(connection, path.plannedMet()));
            insert.executeUpdate();
        }
    }

    /** Keeps what is planned now; the learner is locked. */
    void updatePlan(Connection connection, long learnerId, StoredPath path) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE path SET planned_us = ?, planned_order = ?, planned_met = ? WHERE learner_id = ? AND id = ?""")) {
            update.setLong(1, path.plannedMicros());
            update.setArray(2, array(connection, path.plannedOrder()));
            update.setArray(3, array(connection, path.plannedMet()));
            update.setLong(4, learnerId);
            update.setObject(5, path.id());
            update.executeUpdate();
        }
    }

    boolean delete(Connection connection, long learnerId, UUID id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM path WHERE learner_id = ? AND id = ?")) {
            delete.setLong(1, learnerId);
            delete.setObject(2, id);
            return delete.executeUpdate() == 1;
        }
    }

    private StoredPath read(ResultSet rows) throws SQLException {
        int until = rows.getInt(6);
        Integer untilDay = rows.wasNull() ? null : until;
        return new StoredPath(
                rows.getObject(1, UUID.class),
                rows.getString(2),
                rows.getString(3),
                wanted(rows.getString(4)),
                rows.getDouble(5),
                untilDay,
                rows.getLong(7),
                rows.getLong(8),
                strings(rows.getArray(9)),
                strings(rows.getArray(10)));
    }

    private String write(List<StoredPath.Wanted> wanted) {
        try {
            return json.writeValueAsString(wanted);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a path that can't be written", impossible);
        }
    }

    private List<StoredPath.Wanted> wanted(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a path that can't be read", damaged);
        }
    }

    private static Array array(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray(String[]::new));
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
