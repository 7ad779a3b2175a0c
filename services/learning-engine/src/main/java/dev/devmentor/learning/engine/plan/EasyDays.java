package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much a learner wants to do on which day. 1 is a normal day, 0.5 one with half the work, 0 one on which only comes what
 * can't come on another.
 *
 * @param weekdays seven weights, Monday first, 0 to 1
 * @param dates weights of single days (days since 1970-01-01), 0 to 1; they go before the weekday's
 */
public record EasyDays(List<Double> weekdays, Map<Integer, Double> dates) {
    /** Weight of a normal day. */
    public static final double NORMAL = 1;
    /** Weight of a day with half the work. */
    public static final double REDUCED = 0.5;
    /** Weight of a day that stays as free as it can. */
    public static final double MINIMUM = 0;

    /** Every day is a normal one. */
    public static final EasyDays NONE = new EasyDays(Collections.nCopies(7, NORMAL), Map.of());

    private static final int MONDAY_OFFSET = 3; // 1970-01-01 was a Thursday

    /**
     * Checks every weight.
     *
     * @throws IllegalArgumentException if there are not seven weekdays, or a weight is not within 0 and 1
     */
    public EasyDays {
        weekdays = List.copyOf(weekdays);
        dates = Collections.unmodifiableMap(new TreeMap<>(dates));
        if (weekdays.size() != 7) {
            throw new IllegalArgumentException("a week has seven days, not " + weekdays.size());
        }
        weekdays.forEach(EasyDays::requireWeight);
        dates.values().forEach(EasyDays::requireWeight);
    }

    /** The weight of a day, 0 to 1. */
    public double weight(int day) {
        Double single = dates.get(day);
        return single != null ? single : weekdays.get(Math.floorMod(day + MONDAY_OFFSET, 7));
    }

    /**
     * The same with free days.
     *
     * @param fromDay first of them
     * @param toDay last of them
     */
    public EasyDays without(int fromDay, int toDay) {
        Map<Integer, Double> more = new TreeMap<>(dates);
        for (int day = fromDay; day <= toDay; day++) {
            more.put(day, MINIMUM);
        }
        return new EasyDays(new ArrayList<>(weekdays), more);
    }

    /** How much of a daily amount a day takes, rounded down. */
    int share(int perDay, int day) {
        return (int) Math.floor(perDay * weight(day));
    }

    private static void requireWeight(Double weight) {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("a weight is 0 to 1, not " + weight);
        }
    }
}
