package dev.devmentor.learning.engine.plan;

import java.util.HashMap;
import java.util.Map;

/** Reviews per day while a plan is made; what is overdue waits today. */
final class Loads {
    /** The weight of a free day. It is not 0, for all days within reach may be free. */
    static final double FREE = 1e-4;

    private final int today;
    private final Map<Integer, Integer> counts = new HashMap<>();

    Loads(int today) {
        this.today = today;
    }

    static Loads of(Iterable<PlannedCard> cards, int today) {
        Loads loads = new Loads(today);
        for (PlannedCard card : cards) {
            loads.add(card.dueDay(), 1);
        }
        return loads;
    }

    void add(int day, int reviews) {
        counts.merge(Math.max(day, today), reviews, Integer::sum);
    }

    int on(int day) {
        return counts.getOrDefault(Math.max(day, today), 0);
    }

    /** The day with the least to do for its weight, and of several the first. */
    int lightest(int from, int to, EasyDays easyDays) {
        int lightest = from;
        for (int day = from + 1; day <= to; day++) {
            if (pressure(on(day) + 1, easyDays.weight(day)) < pressure(on(lightest) + 1, easyDays.weight(lightest))) {
                lightest = day;
            }
        }
        return lightest;
    }

    /** Reviews of a day for its weight. */
    static double pressure(int reviews, double weight) {
        return reviews / Math.max(weight, FREE);
    }
}
