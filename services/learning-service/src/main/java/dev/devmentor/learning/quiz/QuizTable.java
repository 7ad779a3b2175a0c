package dev.devmentor.learning.quiz;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of quizzes. */
@ApplicationScoped
class QuizTable {
    private static final int MOST_UNANSWERED = 100;

    /**
     * A quiz without its questions.
     *
     * @param correct how many of the answers so far are correct
     */
    record Summary(
            UUID id,
            String title,
            String madeFrom,
            long createdMicros,
            long expiresMicros,
            int asked,
            int answered,
            int correct) {}

    void insert(Connection connection, long learnerId, Quiz quiz) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO quiz (learner_id, id, title, made_from, seed, created_us, expires_us, note, questions, answers,
                    asked, answered, correct) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)""")) {
            insert.setLong(1, learnerId);
            insert.setObject(2, quiz.id());
            insert.setString(3, quiz.title());
            insert.setString(4, quiz.madeFrom());
            insert.setLong(5, quiz.seed());
            insert.setLong(6, quiz.createdMicros());
            insert.setLong(7, quiz.expiresMicros());
            insert.setString(8, quiz.note());
            insert.setString(9, QuizJson.write(quiz.questions()));
            insert.setString(10, QuizJson.write(quiz.answers()));
            insert.setInt(11, quiz.questions().size());
            insert.executeUpdate();
        }
    }

    /** Removes quizzes of which nothing was answered: those that expired, and of the others all but the newest hundred. */
    void deleteUnanswered(Connection connection, long learnerId, long nowMicros) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM quiz WHERE learner_id = ? AND answered = 0 AND (expires_us <= ? OR id IN (
                    SELECT id FROM quiz WHERE learner_id = ? AND answered = 0 ORDER BY created_us DESC, id OFFSET ?))""")) {
            delete.setLong(1, learnerId);
            delete.setLong(2, nowMicros);
            delete.setLong(3, learnerId);
            delete.setInt(4, MOST_UNANSWERED - 1);
            delete.executeUpdate();
        }
    }

    @Nullable Quiz find(Connection connection, long learnerId, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT title, made_from, seed, created_us, expires_us, questions, answers, note FROM quiz
                WHERE learner_id = ? AND id = ?""")) {
            select.setLong(1, learnerId);
            select.setObject(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new Quiz(
                                id,
                                rows.getString(1),
                                rows.getString(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                QuizJson.questions(rows.getString(6)),
                                QuizJson.answers(rows.getString(7)),
                                rows.getString(8))
                        : null;
            }
        }
    }

    void storeAnswers(Connection connection, long learnerId, UUID id, Map<String, GradedAnswer> answers)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE quiz SET answers = ?, answered = ?, correct = ? WHERE learner_id = ? AND id = ?")) {
            update.setString(1, QuizJson.write(answers));
            update.setInt(2, answers.size());
            update.setInt(3, (int)
                    answers.values().stream().filter(GradedAnswer::correct).count());
            update.setLong(4, learnerId);
            update.setObject(5, id);
            update.executeUpdate();
        }
    }

    /**
     * Quizzes of a learner, newest first.
     *
     * @param beforeMicros and {@code afterId}: where the page before ended; null for the first page
     */
    List<Summary> page(
            Connection connection, long learnerId, @Nullable Long beforeMicros, @Nullable UUID afterId, int limit)
            throws SQLException {
        List<Summary> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, title, made_from, created_us, expires_us, asked, answered, correct FROM quiz
                WHERE learner_id = ? AND (?::int8 IS NULL OR created_us < ? OR (created_us = ? AND id > ?))
                ORDER BY created_us DESC, id LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setObject(2, beforeMicros, java.sql.Types.BIGINT);
            select.setObject(3, beforeMicros, java.sql.Types.BIGINT);
            select.setObject(4, beforeMicros, java.sql.Types.BIGINT);
            select.setObject(5, afterId, java.sql.Types.OTHER);
            select.setInt(6, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Summary(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getInt(6),
                            rows.getInt(7),
                            rows.getInt(8)));
                }
            }
        }
        return found;
    }

    long count(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM quiz WHERE learner_id = ?")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
