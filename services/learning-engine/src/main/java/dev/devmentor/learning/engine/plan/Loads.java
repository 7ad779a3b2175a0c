package dev.devmentor.learning.engine.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

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
        return lightest(IntStream.rangeClosed(from, to).toArray(), this::on, easyDays);
    }

    /**
     * The day with the least to do for its weight, and of several the first.
     *
     * @param days at least one
     */
    static int lightest(int[] days, IntUnaryOperator load, EasyDays easyDays) {
        int lightest = days[0];
        double least = Double.POSITIVE_INFINITY;
        for (int day : days) {
            double pressure = pressure(load.applyAsInt(day) + 1, easyDays.weight(day));
            if (pressure < least) {
                least = pressure;
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
