package dev.devmentor.learning.engine.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is to come on each of the next days: the cards that are planned already, and those that come back because they are forgotten
 * or fall due a second time, from many simulated courses.
 *
 * @param days in order
 * @param runs how many courses it was drawn from
 */
public record Forecast(List<Day> days, int runs) {

    /** Courses of a collection of usual size. */
    public static final int MOST_RUNS = 200;

    /** With so many cards the sums of a day hardly differ between courses, and fewer will do. */
    private static final int FEWEST_RUNS = 20;

    private static final int CARDS_TIMES_RUNS = 400_000;

    /**
     * A day to come.
     *
     * @param day days since 1970-01-01
     * @param planned cards whose due day is this one; on the first day also those that are overdue
     * @param reviews cards asked again on this day
     * @param answers all answers of the day
     * @param minutes of all answers
     */
    public record Day(int day, int planned, Range reviews, Range answers, Range minutes) {}

    /**
     * What the courses gave.
     *
     * @param mean the expectation
     * @param low at most this in one course of ten
     * @param median at most this in half of them
     * @param high at most this in nine of ten
     */
    public record Range(double mean, double low, double median, double high) {

        /** Of the values of all courses. */
        public static Range of(double[] values) {
            double[] rising = values.clone();
            Arrays.sort(rising);
            return new Range(
                    Arrays.stream(values).sum() / values.length,
                    quantile(rising, 0.1),
                    quantile(rising, 0.5),
                    quantile(rising, 0.9));
        }

        /** The smallest value that at least this share of all values do not exceed. */
        private static double quantile(double[] rising, double share) {
            return rising[Math.max(0, (int) Math.ceil(share * rising.length) - 1)];
        }
    }

    /** As many courses as a collection of so many cards needs. */
    public static int runsFor(int cards) {
        return Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, CARDS_TIMES_RUNS / Math.max(1, cards)));
    }

    /**
     * Forecasts.
     *
     * @param cards that exist, suspended ones left out
     * @param plan whose seed is the first of the seeds of all courses
     * @param runs at least 1
     */
    public static Forecast of(
            MemoryModel model, List<SimulatedCard> cards, Habits habits, Plan plan, int runs, Progress progress) {
        return of(courses(model, cards, habits, plan, runs, progress), cards, plan);
    }

    /** The courses behind a forecast. */
    public static List<Course> courses(
            MemoryModel model, List<SimulatedCard> cards, Habits habits, Plan plan, int runs, Progress progress) {
        List<Course> courses = new ArrayList<>(runs);
        for (int run = 0; run < runs; run++) {
            double done = run;
            courses.add(WorkloadSimulator.run(
                    model,
                    cards,
                    habits,
                    plan.withSeed(plan.seed() + run * 0x632be59bd9b4e019L),
                    share -> progress.at((done + share) / runs)));
        }
        return courses;
    }

    /** The forecast that courses add up to. */
    public static Forecast of(List<Course> courses, List<SimulatedCard> cards, Plan plan) {
        int[] planned = new int[plan.days()];
        for (SimulatedCard card : cards) {
            int i = Math.max(0, card.dueDay() - plan.firstDay());
            if (card.dueDay() != SimulatedCard.NOT_KNOWN && i < planned.length) {
                planned[i]++;
            }
        }
        List<Day> days = new ArrayList<>(plan.days());
        for (int i = 0; i < plan.days(); i++) {
            int at = i;
            days.add(new Day(
                    plan.firstDay() + i,
                    planned[i],
                    range(courses, course -> course.days().get(at).reviews()),
                    range(courses, course -> course.days().get(at).answers()),
                    range(courses, course -> course.days().get(at).minutes())));
        }
        return new Forecast(List.copyOf(days), courses.size());
    }

    private static Range range(List<Course> courses, java.util.function.ToDoubleFunction<Course> value) {
        return Range.of(courses.stream().mapToDouble(value).toArray());
    }
}
