package dev.devmentor.learning.engine.analytics;

import java.util.List;

/**
 * How a simulation went.
 *
 * @param days in order
 * @param cards how many there were at the end, without those put aside
 */
public record Course(List<Day> days, int cards) {

    /**
     * A simulated day.
     *
     * @param day days since 1970-01-01
     * @param worked whether the learner worked
     * @param reviews cards asked that had been answered on an earlier day
     * @param recalled how many of them were recalled
     * @param introduced new cards
     * @param answers all answers, repeats on the same day included
     * @param minutes of all answers
     * @param waiting cards that were due and left over
     * @param memorised expected number of cards that would be recalled at the end of the day; NaN where not counted
     */
    public record Day(
            int day,
            boolean worked,
            int reviews,
            int recalled,
            int introduced,
            int answers,
            double minutes,
            int waiting,
            double memorised) {}

    /** Mean minutes a day, days without work included. */
    public double minutesPerDay() {
        return days.stream().mapToDouble(Day::minutes).sum() / days.size();
    }

    /** Mean reviews a day. */
    public double reviewsPerDay() {
        return (double) days.stream().mapToLong(Day::reviews).sum() / days.size();
    }

    /** Mean answers a day. */
    public double answersPerDay() {
        return (double) days.stream().mapToLong(Day::answers).sum() / days.size();
    }

    /** Share of reviews that were recalled; NaN without reviews. */
    public double recallRate() {
        return (double) days.stream().mapToLong(Day::recalled).sum()
                / days.stream().mapToLong(Day::reviews).sum();
    }

    /** Expected number of cards recalled at the end. */
    public double memorised() {
        return days.getLast().memorised();
    }
}
