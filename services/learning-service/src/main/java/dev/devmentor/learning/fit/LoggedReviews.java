package dev.devmentor.learning.fit;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A learner's log as trainers read it: answers that count, in their order; a card that was reset begins anew. */
@ApplicationScoped
class LoggedReviews {
    private static final int FETCH_SIZE = 5_000;
    private static final int ANSWER = 1;
    private static final int UNDO = 2;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final double MICROS_PER_DAY = 86_400e6;

    private record Row(int kind, String item, String ref, long atMicros, int localDay, int grade) {}

    private record Last(int card, long atMicros, int localDay) {}

    ReviewHistory of(Connection connection, long learnerId) throws SQLException {
        List<Row> rows = read(connection, learnerId);
        Set<String> undone = new HashSet<>();
        for (Row row : rows) {
            if (row.kind() == UNDO) {
                undone.add(row.ref());
            }
        }
        int[] card = new int[rows.size()];
        int[] grade = new int[rows.size()];
        int[] days = new int[rows.size()];
        double[] elapsed = new double[rows.size()];
        long[] time = new long[rows.size()];
        Map<String, Last> last = new HashMap<>();
        int n = 0;
        int cards = 0;
        for (Row row : rows) {
            if (row.kind() == UNDO) {
                continue;
            }
            if (row.kind() != ANSWER) {
                last.remove(row.item());
                continue;
            }
            if (undone.contains(row.ref())) {
                continue;
            }
            Last before = last.get(row.item());
            card[n] = before == null ? cards++ : before.card();
            grade[n] = row.grade();
            if (before != null) {
                days[n] = Math.max(0, row.localDay() - before.localDay());
                elapsed[n] = Math.max(0, (row.atMicros() - before.atMicros()) / MICROS_PER_DAY);
            }
            time[n] = Math.floorDiv(row.atMicros(), MICROS_PER_MILLI);
            last.put(row.item(), new Last(card[n], row.atMicros(), row.localDay()));
            n++;
        }
        return ReviewHistory.of(
                Arrays.copyOf(card, n),
                Arrays.copyOf(grade, n),
                Arrays.copyOf(days, n),
                Arrays.copyOf(elapsed, n),
                Arrays.copyOf(time, n));
    }

    private static List<Row> read(Connection connection, long learnerId) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, item, coalesce(ref, ''), at_us, local_day, grade FROM entry
                WHERE learner_id = ? AND kind BETWEEN 1 AND 3 ORDER BY at_us, source, event_id""")) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(
                            result.getInt(1),
                            result.getString(2),
                            result.getString(3),
                            result.getLong(4),
                            result.getInt(5),
                            result.getInt(6)));
                }
            }
        }
        return rows;
    }
}
