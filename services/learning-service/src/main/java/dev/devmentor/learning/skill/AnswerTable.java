package dev.devmentor.learning.skill;

import dev.devmentor.learning.log.EntryTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads answers from the log. */
@ApplicationScoped
class AnswerTable {
    /**
     * An answer that wasn't taken back.
     *
     * @param difficulty as the sender stated it, 0 to 1; NaN if not known
     * @param strategy that chose the question; null if nobody says
     */
    record Answer(
            String item,
            List<String> skills,
            long atMicros,
            boolean correct,
            double difficulty,
            @Nullable String strategy) {}

    /** The newest answers of a learner in the order of the log. */
    List<Answer> newest(Connection connection, long learnerId, int limit) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.item, e.skills, e.at_us, e.correct, e.difficulty, e.detail::json ->> 'strategy'
                FROM entry e
                WHERE e.learner_id = ? AND e.kind = 1 AND
                """ + EntryTable.NOT_TAKEN_BACK + """
                ORDER BY e.at_us DESC, e.source DESC, e.event_id DESC LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setInt(2, limit);
            select.setFetchSize(2_000);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Array skills = rows.getArray(2);
                    double difficulty = rows.getDouble(5);
                    if (rows.wasNull()) {
                        difficulty = Double.NaN;
                    }
                    answers.add(new Answer(
                            rows.getString(1),
                            skills == null ? List.of() : Arrays.asList((String[]) skills.getArray()),
                            rows.getLong(3),
                            rows.getBoolean(4),
                            difficulty,
                            rows.getString(6)));
                }
            }
        }
        Collections.reverse(answers);
        return answers;
    }
}
