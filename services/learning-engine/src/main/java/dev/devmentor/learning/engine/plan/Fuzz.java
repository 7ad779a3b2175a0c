package dev.devmentor.learning.engine.plan;

/**
 * Deterministic fuzz: an interval is varied a little, so that cards which were learned together do not fall due together for
 * ever. The same card after the same number of answers always gets the same day.
 *
 * <p>Source of the ranges: Anki {@code rslib/src/scheduler/states/fuzz.rs} and {@code fsrs/scheduler.py} of py-fsrs. The
 * distance from the interval is one day, and of its days from 2.5 to 7 15 %, from 7 to 20 10 %, above 20 5 % more. Intervals
 * below 2.5 days have no fuzz.
 */
public final class Fuzz {
    /** Intervals below this many days are not varied. */
    public static final double LEAST_INTERVAL = 2.5;

    private static final int SHORTEST = 2;
    private static final double[] START = {2.5, 7, 20};
    private static final double[] END = {7, 20, Double.MAX_VALUE};
    private static final double[] FACTOR = {0.15, 0.10, 0.05};

    private Fuzz() {}

    /**
     * Days that an interval may become.
     *
     * @param from fewest days
     * @param to most days, at least {@code from}
     */
    public record Range(int from, int to) {
        /** Number of days in it. */
        public int size() {
            return to - from + 1;
        }

        /** Whether so many days lie in it. */
        public boolean contains(int days) {
            return from <= days && days <= to;
        }
    }

    /**
     * The days that an interval may become: never fewer than 2 where there is fuzz, never more than the longest interval.
     *
     * @param intervalDays what the scheduler wants, not rounded; above 0
     * @param maximumDays the longest interval, at least 1
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public static Range range(double intervalDays, int maximumDays) {
        if (!(intervalDays > 0) || maximumDays < 1) {
            throw new IllegalArgumentException("interval " + intervalDays + ", at most " + maximumDays);
        }
        double interval = Math.min(intervalDays, maximumDays);
        if (interval < LEAST_INTERVAL) {
            int days = Math.clamp(Math.round(interval), 1, maximumDays);
            return new Range(days, days);
        }
        double distance = distance(interval);
        int to = (int) Math.min(Math.round(interval + distance), maximumDays);
        int from = (int) Math.min(Math.max(SHORTEST, Math.round(interval - distance)), to);
        return new Range(from, to);
    }

    /**
     * The interval of one card, with its fuzz.
     *
     * @param item the card
     * @param reviews how often it was answered; another answer gives another fuzz
     * @param intervalDays as in {@link #range}
     * @param maximumDays as in {@link #range}
     * @return whole days within the range
     */
    public static int days(String item, int reviews, double intervalDays, int maximumDays) {
        Range range = range(intervalDays, maximumDays);
        return range.from() + (int) (Seed.unit(Seed.of(item, reviews)) * range.size());
    }

    private static double distance(double interval) {
        double distance = 1;
        for (int band = 0; band < FACTOR.length; band++) {
            distance += FACTOR[band] * Math.max(0, Math.min(interval, END[band]) - START[band]);
        }
        return distance;
    }
}
