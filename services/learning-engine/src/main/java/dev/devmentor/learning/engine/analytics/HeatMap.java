package dev.devmentor.learning.engine.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What was done on each of a learner's days. */
public final class HeatMap {

    private HeatMap() {}

    /**
     * A day with answers.
     *
     * @param day days since 1970-01-01
     * @param answers all of them, repeats included, and how many were recalled
     * @param introduced cards answered for the first time
     * @param reviewed cards asked again that had been answered on an earlier day
     * @param timed answers whose response time is known
     * @param minutes of these together; see {@link Habits#LONGEST_RESPONSE_MS}
     */
    public record Day(int day, Proportion answers, int introduced, int reviewed, int timed, double minutes) {}

    private static final class Sum {
        private int answers;
        private int passed;
        private int introduced;
        private int reviewed;
        private int timed;
        private long millis;
    }

    /**
     * Days in order; those without answers are left out.
     *
     * @param from first day
     * @param to last day
     */
    public static List<Day> of(AnswerHistory history, int from, int to) {
        TreeMap<Integer, Sum> sums = new TreeMap<>();
        for (int row = 0; row < history.size(); row++) {
            if (history.day(row) < from || history.day(row) > to) {
                continue;
            }
            Sum sum = sums.computeIfAbsent(history.day(row), any -> new Sum());
            sum.answers++;
            sum.passed += history.passed(row) ? 1 : 0;
            sum.introduced += history.isFirst(row) ? 1 : 0;
            sum.reviewed += history.isLongTerm(row) ? 1 : 0;
            if (history.responseMs(row) >= 0) {
                sum.timed++;
                sum.millis += Math.min(history.responseMs(row), Habits.LONGEST_RESPONSE_MS);
            }
        }
        List<Day> days = new ArrayList<>(sums.size());
        sums.forEach((day, sum) -> days.add(new Day(
                day,
                new Proportion(sum.answers, sum.passed),
                sum.introduced,
                sum.reviewed,
                sum.timed,
                sum.millis / 60_000.0)));
        return days;
    }
}
