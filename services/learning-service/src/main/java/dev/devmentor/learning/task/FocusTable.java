package dev.devmentor.learning.task;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.Differences;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The open tasks of each learner. */
@ApplicationScoped
public class FocusTable {
    private static final int MOST_SHOWN = 100;

    /**
     * Notes a task, unless it is completed already or a newer event named other skills. The learner is locked, and the
     * events are in the log.
     */
    void open(Connection connection, long learnerId, TaskCreated task, Envelope envelope) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO focus (learner_id, task_id, title, skills, since_us, source, event_id)
                SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (
                    SELECT 1 FROM entry e WHERE e.learner_id = ? AND e.kind = 9 AND e.ref = ?)
                ON CONFLICT (learner_id, task_id) DO UPDATE
                SET title = EXCLUDED.title, skills = EXCLUDED.skills, since_us = EXCLUDED.since_us,
                    source = EXCLUDED.source, event_id = EXCLUDED.event_id
                WHERE (focus.since_us, focus.source, focus.event_id)
                    < (EXCLUDED.since_us, EXCLUDED.source, EXCLUDED.event_id)""")) {
            insert.setLong(1, learnerId);
            insert.setString(2, task.taskId());
            insert.setString(3, task.title());
            insert.setArray(4, SqlArrays.text(connection, task.skills().toArray(String[]::new)));
            insert.setLong(5, Micros.of(task.createdAt()));
            insert.setString(6, envelope.source());
            insert.setString(7, envelope.id());
            insert.setLong(8, learnerId);
            insert.setString(9, task.taskId());
            insert.executeUpdate();
        }
    }

    void close(Connection connection, long learnerId, String taskId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM focus WHERE learner_id = ? AND task_id = ?")) {
            delete.setLong(1, learnerId);
            delete.setString(2, taskId);
            delete.executeUpdate();
        }
    }

    /** The newest open tasks of a learner. */
    public List<Focus> of(Connection connection, long learnerId) throws SQLException {
        List<Focus> open = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT task_id, title, skills, since_us FROM focus WHERE learner_id = ?
                ORDER BY since_us DESC, task_id LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setInt(2, MOST_SHOWN);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    open.add(new Focus(
                            rows.getString(1),
                            rows.getString(2),
                            List.of((String[]) rows.getArray(3).getArray()),
                            rows.getLong(4)));
                }
            }
        }
        return open;
    }

    /** Number of rows in which the table and the log differ for a learner. */
    public long differences(Connection connection, long learnerId) throws SQLException {
        return Differences.count(
                connection,
                learnerId,
                "focus",
                "focus_of_log",
                "learner_id, task_id, title, skills, since_us, source, event_id");
    }
}
