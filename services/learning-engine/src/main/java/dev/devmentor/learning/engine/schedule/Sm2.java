package dev.devmentor.learning.engine.schedule;

/**
 * The SM-2 algorithm.
 *
 * <p>Source: P. A. Wozniak, "Optimization of repetition spacing in the practice of learning", 1990, section 3.2: I(1) =
 * 1, I(2) = 6, I(n) = I(n-1) EF, rounded up; EF' = EF + 0.1 - (5 - q)(0.08 + (5 - q) 0.02), at least 1.3; a quality
 * below 3 starts the repetitions again. Where the paper leaves a choice: the E-factor changes on every answer, also on
 * a failed one, and I(n) uses the E-factor after the change.
 */
public final class Sm2 {

    /** The E-factor of a new card. */
    public static final double INITIAL_EASE = 2.5;

    /** The E-factor falls no lower. */
    public static final double MINIMUM_EASE = 1.3;

    /** Intervals grow no longer (a hundred years); a learner's own maximum comes on top. */
    public static final int MAXIMUM_INTERVAL_DAYS = 36_500;

    /** The change of the E-factor by quality 2, 3, 4, 5, that is by grade 1 to 4 (index 0 is unused). */
    private static final double[] EASE_CHANGE = {0, easeChange(2), easeChange(3), easeChange(4), easeChange(5)};

    private Sm2() {}

    /**
     * The memory after an answer.
     *
     * @param memory the memory before it, {@link Sm2Memory#NEW} for the first answer
     */
    public static Sm2Memory next(Sm2Memory memory, Grade grade) {
        int value = grade.value();
        double ease = nextEase(memory.ease(), value);
        int repetitions = nextRepetitions(memory.repetitions(), value);
        return new Sm2Memory(ease, nextIntervalDays(memory.intervalDays(), ease, repetitions), repetitions);
    }

    /**
     * The E-factor after an answer.
     *
     * @param ease the E-factor before it
     * @param grade 1 to 4
     */
    public static double nextEase(double ease, int grade) {
        return Math.max(MINIMUM_EASE, ease + EASE_CHANGE[grade]);
    }

    /**
     * Answers in a row that passed, after one more.
     *
     * @param grade 1 to 4
     */
    public static int nextRepetitions(int repetitions, int grade) {
        return grade == 1 ? 0 : repetitions + 1;
    }

    /**
     * Days until the next review.
     *
     * @param intervalDays the interval before the answer
     * @param ease the E-factor after the answer
     * @param repetitions the repetitions after the answer; 0 or 1 give 1 day, 2 gives 6
     * @return 1 to {@link #MAXIMUM_INTERVAL_DAYS}
     */
    public static int nextIntervalDays(int intervalDays, double ease, int repetitions) {
        if (repetitions <= 1) {
            return 1;
        }
        if (repetitions == 2) {
            return 6;
        }
        double days = intervalDays * ease;
        int whole = (int) days;
        return Math.min(whole < days ? whole + 1 : whole, MAXIMUM_INTERVAL_DAYS);
    }

    private static double easeChange(int quality) {
        int missed = 5 - quality;
        return 0.1 - missed * (0.08 + missed * 0.02);
    }
}
