package dev.devmentor.learning.interview;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.engine.interview.Measured;
import dev.devmentor.learning.engine.math.DeterministicMath;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Rates a skill by the newest answer to each of its items: the share of right ones, each with a weight that halves every 60
 * days. Repeating one easy item proves one item.
 */
@ApplicationScoped
class AnswerTable implements Ratings {
    private static final double MICROS_PER_DAY = 86_400_000_000.0;
    private static final double HALVED_AFTER_DAYS = 60;
    private static final double LN_2 = 0x1.62e42fefa39efp-1;

    private static final class Sum {
        private double right;
        private double all;
    }

    @Override
    public Map<String, Measured> of(Connection connection, long learnerId, Collection<String> skills, long atMicros)
            throws SQLException {
        Map<String, Sum> sums = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT DISTINCT ON (s.skill, e.item) s.skill, e.correct, e.at_us
                FROM entry e CROSS JOIN LATERAL unnest(e.skills) AS s(skill)
                WHERE e.learner_id = ? AND e.kind = 1 AND e.skills && ? AND s.skill = ANY (?)
                  AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.learner_id = e.learner_id AND u.item = e.item
                                  AND u.kind = 2 AND u.ref = e.ref)
                ORDER BY s.skill, e.item, e.at_us DESC, e.source DESC, e.event_id DESC""")) {
            String[] wanted = skills.toArray(String[]::new);
            select.setLong(1, learnerId);
            select.setArray(2, SqlArrays.text(connection, wanted));
            select.setArray(3, SqlArrays.text(connection, wanted));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    double days = Math.max(0, (atMicros - rows.getLong(3)) / MICROS_PER_DAY);
                    double weight = DeterministicMath.exp(-LN_2 * days / HALVED_AFTER_DAYS);
                    Sum sum = sums.computeIfAbsent(rows.getString(1), _ -> new Sum());
                    sum.all += weight;
                    sum.right += rows.getBoolean(2) ? weight : 0;
                }
            }
        }
        Map<String, Measured> measured = HashMap.newHashMap(sums.size());
        sums.forEach((skill, sum) -> {
            if (sum.all > 0) {
                measured.put(skill, new Measured(sum.right / sum.all, sum.all));
            }
        });
        return measured;
    }
}
