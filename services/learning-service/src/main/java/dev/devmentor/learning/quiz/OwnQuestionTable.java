package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of questions that were made of learners' own texts. */
@ApplicationScoped
class OwnQuestionTable {
    /** Keeps questions by their items; one that is there already stays as it is. */
    void add(Connection connection, long learnerId, List<AskedQuestion> questions, long nowMicros) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO own_question (learner_id, item, question, created_us) VALUES (?, ?, ?, ?)
                ON CONFLICT (learner_id, item) DO NOTHING""")) {
            for (AskedQuestion asked : questions) {
                insert.setLong(1, learnerId);
                insert.setString(2, asked.item());
                insert.setString(3, QuizJson.write(asked.question()));
                insert.setLong(4, nowMicros);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Questions whose cards are due, longest due first, by item. */
    Map<String, Question> due(Connection connection, long learnerId, long nowMicros, int limit) throws SQLException {
        Map<String, Question> due = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT q.item, q.question FROM own_question q
                JOIN card c ON c.learner_id = q.learner_id AND c.item = q.item
                WHERE q.learner_id = ? AND c.due_us <= ? AND NOT c.suspended ORDER BY c.due_us, q.item LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setLong(2, nowMicros);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    due.put(rows.getString(1), QuizJson.question(rows.getString(2)));
                }
            }
        }
        return due;
    }

    /**
     * Removes questions that were made before a time and never answered, so that what nobody took up does not stay for ever.
     */
    void deleteUnanswered(Connection connection, long learnerId, long createdBeforeMicros) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM own_question q WHERE q.learner_id = ? AND q.created_us < ?
                AND NOT EXISTS (SELECT 1 FROM card c WHERE c.learner_id = q.learner_id AND c.item = q.item)""")) {
            delete.setLong(1, learnerId);
            delete.setLong(2, createdBeforeMicros);
            delete.executeUpdate();
        }
    }
}
