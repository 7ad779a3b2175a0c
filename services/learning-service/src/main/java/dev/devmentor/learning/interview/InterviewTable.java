package dev.devmentor.learning.interview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of preparations. */
@ApplicationScoped
class InterviewTable {
    private static final short FORMAT = 1;
    private static final String COLUMNS =
            "id, created_us, planned_us, title, interview_day, minutes_per_day, evidence, findings, plan";

    /** Derived values such as {@code feasible} are written for people and ignored when read. */
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Adds a preparation; false if there is one with this id. The learner is locked. */
    boolean insert(Connection connection, long learnerId, Interview interview) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO interview (learner_id, format, "
                + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (learner_id, id) DO NOTHING")) {
            insert.setLong(1, learnerId);
            insert.setShort(2, FORMAT);
            insert.setObject(3, interview.id());
            insert.setLong(4, interview.createdMicros());
            insert.setLong(5, interview.plannedMicros());
            insert.setString(6, interview.title());
            insert.setInt(7, interview.day());
            insert.setInt(8, interview.minutesPerDay());
            insert.setBoolean(9, interview.evidence());
            insert.setString(10, write(interview.findings()));
            insert.setString(11, write(interview.planned()));
            return insert.executeUpdate() == 1;
        }
    }

    /** Stores a new plan. The learner is locked. */
    void update(Connection connection, long learnerId, Interview interview) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE interview SET planned_us = ?, interview_day = ?, minutes_per_day = ?, evidence = ?, format = ?,
                    findings = ?, plan = ? WHERE learner_id = ? AND id = ?""")) {
            update.setLong(1, interview.plannedMicros());
            update.setInt(2, interview.day());
            update.setInt(3, interview.minutesPerDay());
            update.setBoolean(4, interview.evidence());
            update.setShort(5, FORMAT);
            update.setString(6, write(interview.findings()));
            update.setString(7, write(interview.planned()));
            update.setLong(8, learnerId);
            update.setObject(9, interview.id());
            update.executeUpdate();
        }
    }

    @Nullable Interview find(Connection connection, long learnerId, UUID id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM interview WHERE learner_id = ? AND id = ?")) {
            select.setLong(1, learnerId);
            select.setObject(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    int count(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM interview WHERE learner_id = ?")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /** Preparations after a place in the list, newest first. */
    List<Interview> page(Connection connection, long learnerId, InterviewCursor after, int limit) throws SQLException {
        List<Interview> page = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM interview WHERE learner_id = ? AND (created_us, id) < (?, ?)"
                + " ORDER BY created_us DESC, id DESC LIMIT ?")) {
            select.setLong(1, learnerId);
            select.setLong(2, after.createdMicros());
            select.setObject(3, after.id());
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(read(rows));
                }
            }
        }
        return page;
    }

    boolean delete(Connection connection, long learnerId, UUID id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM interview WHERE learner_id = ? AND id = ?")) {
            delete.setLong(1, learnerId);
            delete.setObject(2, id);
            return delete.executeUpdate() == 1;
        }
    }

    private Interview read(ResultSet rows) throws SQLException {
        return new Interview(
                rows.getObject(1, UUID.class),
                rows.getLong(2),
                rows.getLong(3),
                rows.getString(4),
                rows.getInt(5),
                rows.getInt(6),
                rows.getBoolean(7),
                read(rows.getString(8), Findings.class),
                read(rows.getString(9), Planned.class));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a value of ours cannot be written", bug);
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException bug) {
            // Without the cause, which would quote the text.
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read");
        }
    }
}
