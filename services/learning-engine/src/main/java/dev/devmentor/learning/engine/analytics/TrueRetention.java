package dev.devmentor.learning.engine.analytics;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much was recalled of what was asked on a later day than before: the first answer of a day to each card, as in Anki's true
 * retention. A card's first answer ever and repeats on the same day do not count.
 *
 * @param young those asked less than {@link #MATURE_DAYS} days after the card's answer before
 * @param mature the others
 */
public record TrueRetention(Proportion young, Proportion mature) {

    /** From this gap on a review counts as mature, as in Anki; there the planned interval decides, here the one that came. */
    public static final int MATURE_DAYS = 21;

    /** Nothing asked. */
    public static final TrueRetention NONE = new TrueRetention(new Proportion(0, 0), new Proportion(0, 0));

    /** How long a part of a series is. */
    public enum Per {
        DAY,
        /** From Monday on. */
        WEEK,
        MONTH;

        /** The first day of the part in which a day lies. */
        public int begin(int day) {
            LocalDate date = LocalDate.ofEpochDay(day);
            return switch (this) {
                case DAY -> day;
                case WEEK ->
                    (int) date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                            .toEpochDay();
                case MONTH -> (int) date.withDayOfMonth(1).toEpochDay();
            };
        }

        /** The last day of the part in which a day lies. */
        public int end(int day) {
            LocalDate date = LocalDate.ofEpochDay(day);
            return switch (this) {
                case DAY -> day;
                case WEEK -> begin(day) + 6;
                case MONTH ->
                    (int) date.with(TemporalAdjusters.lastDayOfMonth()).toEpochDay();
            };
        }
    }

    /** Young and mature together. */
    public Proportion all() {
        return young.plus(mature);
    }

    /**
     * Of a stretch of days.
     *
     * @param from first day
     * @param to last day
     */
    public static TrueRetention of(AnswerHistory history, int from, int to) {
        TrueRetention sum = NONE;
        for (int row = 0; row < history.size(); row++) {
            if (history.isLongTerm(row) && history.day(row) >= from && history.day(row) <= to) {
                sum = sum.plus(of(history, row));
            }
        }
        return sum;
    }

    /**
     * Part by part, by the part's first day; parts without a review are left out. Parts at both ends may be cut off.
     *
     * @param from first day
     * @param to last day
     */
    public static Map<Integer, TrueRetention> series(AnswerHistory history, int from, int to, Per per) {
        Map<Integer, TrueRetention> parts = new TreeMap<>();
        for (int row = 0; row < history.size(); row++) {
            if (history.isLongTerm(row) && history.day(row) >= from && history.day(row) <= to) {
                parts.merge(per.begin(history.day(row)), of(history, row), TrueRetention::plus);
            }
        }
        return parts;
    }

    private static TrueRetention of(AnswerHistory history, int row) {
        Proportion one = new Proportion(1, history.passed(row) ? 1 : 0);
        boolean mature = history.reviews().days(row) >= MATURE_DAYS;
        return mature ? new TrueRetention(NONE.young, one) : new TrueRetention(one, NONE.mature);
    }

    private TrueRetention plus(TrueRetention other) {
        return new TrueRetention(young.plus(other.young), mature.plus(other.mature));
    }
}
