package dev.devmentor.learning.analytics;

import dev.devmentor.learning.engine.analytics.AnswerHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads a learner's answers from the log. */
@ApplicationScoped
class AnswersTable {
    private static final int ANSWER = 1;
    private static final int UNDO = 2;
    private static final int FETCH_SIZE = 2_000;

    /** An answer of a card, wherever the undo of it stands. */
    private record Undone(String item, String answerId) {}

    /**
     * The answers that count, in the order of the fold: without those taken back. A card that was reset counts as another one from
     * there on.
     */
    AnswerHistory ofLearner(Connection connection, long learnerId) throws SQLException {
        Set<Undone> undone = new HashSet<>();
        Map<String, Integer> cards = new HashMap<>();
        Rows rows = new Rows();
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, item, ref, local_day, at_us, grade, response_ms FROM entry
                WHERE learner_id = ? AND kind BETWEEN 1 AND 3
                ORDER BY kind <> 2, at_us, source, event_id""")) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    int kind = found.getInt(1);
                    String item = found.getString(2);
                    if (kind == UNDO) {
                        undone.add(new Undone(item, found.getString(3)));
                    } else if (kind != ANSWER) {
                        cards.remove(item);
                    } else if (undone.isEmpty() || !undone.contains(new Undone(item, found.getString(3)))) {
                        Integer card = cards.putIfAbsent(item, count);
                        int responseMs = found.getInt(7);
                        boolean timed = !found.wasNull();
                        rows.add(
                                card == null ? count++ : card,
                                found.getInt(4),
                                found.getLong(5),
                                found.getInt(6),
                                timed ? responseMs : -1);
                    }
                }
            }
        }
        return rows.toHistory();
    }

    /** Columns that grow. */
    private static final class Rows {
        private int size;
        private int[] card = new int[64];
        private int[] day = new int[64];
        private long[] atMicros = new long[64];
        private int[] grade = new int[64];
        private int[] responseMs = new int[64];

        void add(int ofCard, int onDay, long at, int graded, int took) {
            if (size == card.length) {
                int room = size * 2;
                card = Arrays.copyOf(card, room);
                day = Arrays.copyOf(day, room);
                atMicros = Arrays.copyOf(atMicros, room);
                grade = Arrays.copyOf(grade, room);
                responseMs = Arrays.copyOf(responseMs, room);
            }
            card[size] = ofCard;
            day[size] = onDay;
            atMicros[size] = at;
            grade[size] = graded;
            responseMs[size++] = took;
        }

        AnswerHistory toHistory() {
            return AnswerHistory.of(
                    Arrays.copyOf(card, size),
                    Arrays.copyOf(day, size),
                    Arrays.copyOf(atMicros, size),
                    Arrays.copyOf(grade, size),
                    Arrays.copyOf(responseMs, size));
        }
    }
}
