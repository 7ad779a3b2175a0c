package dev.devmentor.learning.engine.analytics;

/**
 * What is simulated.
 *
 * @param firstDay the learner's day on which it begins
 * @param days how many, 1 to {@link #MOST_DAYS}
 * @param newPerDay new cards on a day of work, fractions carried over; at least 0
 * @param newCards how many new cards there are, at least 0
 * @param reviewLimit most cards to ask again on a day; what is left over waits
 * @param retention the wanted retention, above 0 and below 1
 * @param maximumIntervalDays the longest interval, at least 1
 * @param seed the same seed, the same course
 */
public record Plan(
        int firstDay,
        int days,
        double newPerDay,
        int newCards,
        int reviewLimit,
        Wanted retention,
        int maximumIntervalDays,
        long seed) {

    /** The longest simulation: five years. */
    public static final int MOST_DAYS = 1_826;

    /** Checks the ranges. */
    public Plan {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("days is 1 to " + MOST_DAYS + ", not " + days);
        }
        if (!(newPerDay >= 0 && newPerDay < Integer.MAX_VALUE)
                || newCards < 0
                || reviewLimit < 0
                || maximumIntervalDays < 1) {
            throw new IllegalArgumentException("out of range: " + newPerDay + " new a day of " + newCards + ", "
                    + reviewLimit + " reviews, intervals of " + maximumIntervalDays);
        }
    }

    /** The same with another wanted retention. */
    public Plan with(double wanted) {
        return new Plan(firstDay, days, newPerDay, newCards, reviewLimit, Wanted.of(wanted), maximumIntervalDays, seed);
    }

    /** The same with another seed. */
    public Plan withSeed(long another) {
        return new Plan(firstDay, days, newPerDay, newCards, reviewLimit, retention, maximumIntervalDays, another);
    }
}
