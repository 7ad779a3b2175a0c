package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How long a learner takes, as a multiple of what a question says that a good answer takes. */
@ApplicationScoped
class Pace {
    /** The pace of somebody of whom too little is known. */
    static final double UNKNOWN = 1;

    private static final int LOOKED_AT = 50;
    private static final int FEWEST = 10;
    private static final double FASTEST = 0.3;
    private static final double SLOWEST = 3;

    private final ShippedBank bank;

    Pace(ShippedBank bank) {
        this.bank = bank;
    }

    /** The median over the newest 50 answers to questions of the bank that say how long they took; from 10 on. */
    double of(Connection connection, long learnerId) throws SQLException {
        QuestionBank shipped = bank.get();
        List<Double> ratios = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT item, response_ms FROM entry
                WHERE learner_id = ? AND kind = 1 AND response_ms > 0 AND item LIKE 'bank:%'
                ORDER BY at_us DESC, source DESC, event_id DESC LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setInt(2, LOOKED_AT);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Question question = shipped.question(rows.getString(1).substring(ShippedBank.ITEM.length()));
                    if (question != null) {
                        ratios.add(rows.getInt(2) / (1000.0 * question.seconds()));
                    }
                }
            }
        }
        return median(ratios);
    }

    static double median(List<Double> ratios) {
        if (ratios.size() < FEWEST) {
            return UNKNOWN;
        }
        List<Double> sorted = ratios.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return Math.clamp(median, FASTEST, SLOWEST);
    }
}
