package dev.devmentor.learning.fit;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.fit.TrainingData.Line;
import dev.devmentor.learning.log.AnswerOrigin;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A learner's log as trainers read it: answers, undos and resets in their order; {@link TrainingData} says what of it counts. */
@ApplicationScoped
class LoggedReviews {
    private static final int FETCH_SIZE = 5_000;
    private static final int ANSWER = 1;
    private static final int UNDO = 2;

    ReviewHistory of(Connection connection, long learnerId) throws SQLException {
        return TrainingData.of(read(connection, learnerId));
    }

    private static List<Line> read(Connection connection, long learnerId) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, item, coalesce(ref, ''), at_us, local_day, grade, origin FROM entry
                WHERE learner_id = ? AND kind BETWEEN 1 AND 3 ORDER BY at_us, source, event_id""")) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    String item = result.getString(2);
                    String ref = result.getString(3);
                    lines.add(
                            switch (result.getInt(1)) {
                                case ANSWER ->
                                    new TrainingData.Answer(
                                            item,
                                            ref,
                                            result.getLong(4),
                                            result.getInt(5),
                                            result.getInt(6),
                                            AnswerOrigin.isPractice(result.getString(7)));
                                case UNDO -> new TrainingData.Undo(item, ref);
                                default -> new TrainingData.Reset(item);
                            });
                }
            }
        }
        return lines;
    }
}
