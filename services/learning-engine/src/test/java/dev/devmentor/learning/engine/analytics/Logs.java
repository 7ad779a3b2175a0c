package dev.devmentor.learning.engine.analytics;

import java.util.ArrayList;
import java.util.List;

/** Builds histories for tests: answers at noon of a day, a minute after one another. */
final class Logs {

    private final List<int[]> rows = new ArrayList<>();

    Logs answer(int card, int day, int grade) {
        return answer(card, day, grade, -1);
    }

    Logs answer(int card, int day, int grade, int responseMs) {
        rows.add(new int[] {card, day, grade, responseMs});
        return this;
    }

    AnswerHistory history() {
        long[] at = new long[rows.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = rows.get(i)[1] * 86_400_000_000L + 43_200_000_000L + i * 60_000_000L;
        }
        return AnswerHistory.of(column(0), column(1), at, column(2), column(3));
    }

    private int[] column(int i) {
        return rows.stream().mapToInt(row -> row[i]).toArray();
    }
}
