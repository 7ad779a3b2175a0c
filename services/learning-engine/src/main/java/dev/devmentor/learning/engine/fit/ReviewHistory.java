package dev.devmentor.learning.engine.fit;

import java.util.Arrays;

/**
 * One person's reviews in plain arrays: rows in the order in which they happened, and an index by card. Immutable after it is
 * built, as long as nobody writes to the arrays given to it.
 *
 * <p>Row r: {@code card(r)} 0 to cards() - 1, {@code grade(r)} 1 to 4, {@code days(r)} whole local days since the card's
 * review before (0 on the same day and for the first), {@code elapsed(r)} the same as fractional days, {@code time(r)}
 * an instant in milliseconds (0 where a log has no clock), {@code isPractice(r)} whether it is history only.
 */
public final class ReviewHistory {

    private final int rows;
    private final int cards;
    private final int[] card;
    private final byte[] grade;
    private final int[] days;
    private final double[] elapsed;
    private final long[] time;
    private final boolean[] practice;
    private final boolean clock;
    private final int[] before; // the row of the card's review before, -1 for the first
    private final int[] start; // rows of card c: byCard[start[c]] to byCard[start[c + 1] - 1]
    private final int[] byCard;

    /**
     * A history of rows in time order.
     *
     * @param card the card of each row, from 0
     * @param grade 1 to 4
     * @param days whole days since the card's review before; whatever stands for a first review counts as 0
     * @param elapsed fractional days since the card's review before, likewise
     * @param time milliseconds since the epoch, or zeros
     * @throws IllegalArgumentException if lengths differ, a grade is not 1 to 4, or a gap is negative or not finite
     */
    public static ReviewHistory of(int[] card, int[] grade, int[] days, double[] elapsed, long[] time) {
        return of(card, grade, days, elapsed, time, new boolean[card.length]);
    }

    /**
     * A history of rows in time order, some of them practice.
     *
     * @param practice whether a row is history only: it leaves its mark on the memory, as in the schedulers' fold, and nobody
     *     asked for it when it was due, so that it is no target of a fit, of a score, or of a correction
     * @throws IllegalArgumentException as {@link #of(int[], int[], int[], double[], long[])}
     */
    public static ReviewHistory of(
            int[] card, int[] grade, int[] days, double[] elapsed, long[] time, boolean[] practice) {
        int rows = card.length;
        if (grade.length != rows
                || days.length != rows
                || elapsed.length != rows
                || time.length != rows
                || practice.length != rows) {
            throw new IllegalArgumentException("a history's columns differ in length");
        }
        int cards = 0;
        byte[] grades = new byte[rows];
        for (int r = 0; r < rows; r++) {
            if (card[r] < 0 || grade[r] < 1 || grade[r] > 4) {
                throw new IllegalArgumentException("row " + r + ": card " + card[r] + ", grade " + grade[r]);
            }
            cards = Math.max(cards, card[r] + 1);
            grades[r] = (byte) grade[r];
        }
        return new ReviewHistory(
                rows, cards, card.clone(), grades, days.clone(), elapsed.clone(), time.clone(), practice.clone());
    }

    private ReviewHistory(
            int rows,
            int cards,
            int[] card,
            byte[] grade,
            int[] days,
            double[] elapsed,
            long[] time,
            boolean[] practice) {
        this.rows = rows;
        this.cards = cards;
        this.card = card;
        this.grade = grade;
        this.days = days;
        this.elapsed = elapsed;
        this.time = time;
        this.practice = practice;
        clock = Arrays.stream(time).anyMatch(t -> t != 0);
        before = new int[rows];
        start = new int[cards + 1];
        byCard = new int[rows];
        for (int r = 0; r < rows; r++) {
            start[card[r] + 1]++;
        }
        for (int c = 0; c < cards; c++) {
            start[c + 1] += start[c];
        }
        int[] next = Arrays.copyOf(start, cards);
        for (int r = 0; r < rows; r++) {
            int at = next[card[r]]++;
            byCard[at] = r;
            before[r] = at == start[card[r]] ? -1 : byCard[at - 1];
            if (before[r] < 0) {
                days[r] = 0;
                elapsed[r] = 0;
            } else if (days[r] < 0 || !(elapsed[r] >= 0) || elapsed[r] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("row " + r + ": " + days[r] + " days, " + elapsed[r]);
            }
        }
    }

    /** The first rows only: what was known at that time. */
    public ReviewHistory prefix(int rows) {
        return new ReviewHistory(
                rows,
                cards,
                Arrays.copyOf(card, rows),
                Arrays.copyOf(grade, rows),
                Arrays.copyOf(days, rows),
                Arrays.copyOf(elapsed, rows),
                Arrays.copyOf(time, rows),
                Arrays.copyOf(practice, rows));
    }

    /** How many reviews. */
    public int size() {
        return rows;
    }

    /** How many cards; some may have no review (in a prefix). */
    public int cards() {
        return cards;
    }

    /** The card of a row. */
    public int card(int row) {
        return card[row];
    }

    /** The grade of a row, 1 to 4. */
    public int grade(int row) {
        return grade[row];
    }

    /** Whole days since the card's review before; 0 for the first. */
    public int days(int row) {
        return days[row];
    }

    /** Fractional days since the card's review before; 0 for the first. */
    public double elapsed(int row) {
        return elapsed[row];
    }

    /** Milliseconds since the epoch, or 0 where a log has no clock. */
    public long time(int row) {
        return time[row];
    }

    /** Whether it is known when reviews happened; otherwise the order of different cards means nothing. */
    public boolean hasClock() {
        return clock;
    }

    /** The row of the card's review before, -1 for the first. */
    public int before(int row) {
        return before[row];
    }

    /** Whether a row is history only, and no target. */
    public boolean isPractice(int row) {
        return practice[row];
    }

    /** Whether a row is a long-term target: not the card's first, on a later day than the one before, and no practice. */
    public boolean isLongTerm(int row) {
        return days[row] > 0 && !practice[row];
    }

    /** How many rows are long-term targets. */
    public int longTermCount() {
        int count = 0;
        for (int r = 0; r < rows; r++) {
            count += isLongTerm(r) ? 1 : 0;
        }
        return count;
    }

    /** How many reviews a card has. */
    public int length(int card) {
        return start[card + 1] - start[card];
    }

    /**
     * A row of a card.
     *
     * @param i 0 to length(card) - 1
     */
    public int row(int card, int i) {
        return byCard[start[card] + i];
    }
}
