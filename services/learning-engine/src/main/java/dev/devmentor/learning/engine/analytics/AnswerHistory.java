package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.score.Predictions;
import java.util.Arrays;

/**
 * One learner's answers that count, in the order in which they happened, with the learner's day and the time that each took. An
 * answer is a card's first, or a long-term one (the first of a later day than the card's answer before), or a repeat on the same
 * day. Immutable.
 */
public final class AnswerHistory {

    private static final double MICROS_PER_DAY = 86_400e6;

    private final ReviewHistory reviews;
    private final int[] day;
    private final int[] responseMs;

    private AnswerHistory(ReviewHistory reviews, int[] day, int[] responseMs) {
        this.reviews = reviews;
        this.day = day;
        this.responseMs = responseMs;
    }

    /**
     * A history of columns of one length, rows in time order.
     *
     * @param card from 0; a card that was reset counts as another one from there on
     * @param day the learner's day, days since 1970-01-01; one before that of the card's answer before counts as the same day
     * @param atMicros microseconds since 1970-01-01T00:00Z
     * @param grade 1 to 4
     * @param responseMs milliseconds from question to answer, -1 if not known
     * @throws IllegalArgumentException if lengths differ, or a card or grade is out of range
     */
    public static AnswerHistory of(int[] card, int[] day, long[] atMicros, int[] grade, int[] responseMs) {
        int rows = card.length;
        if (day.length != rows || atMicros.length != rows || responseMs.length != rows) {
            throw new IllegalArgumentException("a history's columns differ in length");
        }
        int cards = Arrays.stream(card).max().orElse(-1) + 1;
        int[] before = new int[cards];
        Arrays.fill(before, -1);
        int[] gapDays = new int[rows];
        double[] gap = new double[rows];
        long[] millis = new long[rows];
        for (int row = 0; row < rows; row++) {
            if (card[row] < 0) {
                throw new IllegalArgumentException("row " + row + ": card " + card[row]);
            }
            int last = before[card[row]];
            if (last >= 0) {
                gapDays[row] = Math.max(0, day[row] - day[last]);
                gap[row] = Math.max(0, (atMicros[row] - atMicros[last]) / MICROS_PER_DAY);
            }
            before[card[row]] = row;
            millis[row] = Math.floorDiv(atMicros[row], 1_000);
        }
        return new AnswerHistory(ReviewHistory.of(card, grade, gapDays, gap, millis), day.clone(), responseMs.clone());
    }

    /** The answers as models and trainers take them, row by row the same. */
    public ReviewHistory reviews() {
        return reviews;
    }

    /** How many answers. */
    public int size() {
        return day.length;
    }

    /** The learner's day of a row. */
    public int day(int row) {
        return day[row];
    }

    /** The grade of a row, 1 to 4. */
    public int grade(int row) {
        return reviews.grade(row);
    }

    /** Milliseconds from question to answer, -1 if not known. */
    public int responseMs(int row) {
        return responseMs[row];
    }

    /** Whether a row was recalled: Hard or better. */
    public boolean passed(int row) {
        return reviews.grade(row) > 1;
    }

    /** Whether a row is its card's first. */
    public boolean isFirst(int row) {
        return reviews.before(row) < 0;
    }

    /** Whether a row is the first of a later day than its card's answer before. */
    public boolean isLongTerm(int row) {
        return reviews.isLongTerm(row);
    }

    /** What was known before a row. */
    public AnswerHistory prefix(int rows) {
        return new AnswerHistory(reviews.prefix(rows), Arrays.copyOf(day, rows), Arrays.copyOf(responseMs, rows));
    }

    /** The bin of RMSE(bins) of a long-term row: see {@link Predictions#bin}. */
    public long bin(int row) {
        int count = 2;
        int lapses = 0;
        for (int before = reviews.before(row); before >= 0; before = reviews.before(before)) {
            if (reviews.isLongTerm(before)) {
                count++;
                lapses += reviews.grade(before) == 1 ? 1 : 0;
            }
        }
        return Predictions.bin(reviews.days(row), count, lapses);
    }
}
