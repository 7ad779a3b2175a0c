package dev.devmentor.learning.engine.schedule;

import static dev.devmentor.deterministic.DeterministicMath.exp;
import static dev.devmentor.deterministic.DeterministicMath.pow;

import org.jspecify.annotations.Nullable;

/**
 * The FSRS-6 model: a power forgetting curve over stability S (days) and difficulty D (1 to 10).
 *
 * <p>Source of every formula: fsrs-rs, src/model.rs and src/inference.rs (Open Spaced Repetition), here in double
 * precision. Where the ports of FSRS disagree, this is fsrs-rs: on the same day the increase of stability is floored at
 * 1 from Hard upwards; the smallest stability, also an initial one, is 0.001; nothing is rounded.
 *
 * <p>Immutable and safe for any number of threads. The methods over plain doubles allocate nothing; those over {@link
 * Fsrs6Memory} are built on them.
 */
public final class Fsrs6 {

    /** Stability falls no lower, in days. */
    public static final double MINIMUM_STABILITY = 0.001;

    /** Stability grows no higher, in days (a hundred years). */
    public static final double MAXIMUM_STABILITY = 36_500;

    /** The lowest difficulty. */
    public static final double MINIMUM_DIFFICULTY = 1;

    /** The highest difficulty. */
    public static final double MAXIMUM_DIFFICULTY = 10;

    /** The model with the default weights. */
    public static final Fsrs6 DEFAULT = new Fsrs6(Fsrs6Weights.DEFAULT);

    private final Fsrs6Weights weights;
    private final double decay; // negative
    private final double factor; // so that recall is 0.9 at t = S

    private final double[] firstStability = new double[5]; // by grade, as all tables here; index 0 is unused
    private final double[] firstDifficulty = new double[5];
    private final double[] difficultyStep = new double[5]; // -w6 (grade - 3) / 9
    private final double[] recallGain = new double[5]; // e^w8, with w15 for Hard and w16 for Easy
    private final double[] sameDayGain = new double[5]; // e^(w17 (grade - 3 + w18))
    private final double difficultyTarget; // D0(Easy), not clamped
    private final double difficultyReversion; // w7
    private final double recallStabilityPower; // -w9
    private final double recallSpacing; // w10
    private final double lapseGain; // w11
    private final double lapseDifficultyPower; // -w12
    private final double lapseStabilityPower; // w13
    private final double lapseSpacing; // w14
    private final double lapseCeiling; // e^-(w17 w18): after a lapse S is at most S times this
    private final double sameDayPower; // -w19

    /** The model with weights of one's own. */
    public Fsrs6(Fsrs6Weights weights) {
        this.weights = weights;
        decay = -weights.get(20);
        factor = pow(0.9, 1 / decay) - 1;
        for (int grade = 1; grade <= 4; grade++) {
            firstStability[grade] = clampStability(weights.get(grade - 1));
            firstDifficulty[grade] = clampDifficulty(difficultyOfFirst(grade));
            difficultyStep[grade] = -weights.get(6) * (grade - 3) / 9;
            recallGain[grade] = exp(weights.get(8));
            sameDayGain[grade] = exp(weights.get(17) * (grade - 3 + weights.get(18)));
        }
        recallGain[2] *= weights.get(15);
        recallGain[4] *= weights.get(16);
        difficultyTarget = difficultyOfFirst(4);
        difficultyReversion = weights.get(7);
        recallStabilityPower = -weights.get(9);
        recallSpacing = weights.get(10);
        lapseGain = weights.get(11);
        lapseDifficultyPower = -weights.get(12);
        lapseStabilityPower = weights.get(13);
        lapseSpacing = weights.get(14);
        lapseCeiling = 1 / exp(weights.get(17) * weights.get(18));
        sameDayPower = -weights.get(19);
    }

    /** The weights in use. */
    public Fsrs6Weights weights() {
        return weights;
    }

    /**
     * The memory after an answer.
     *
     * @param memory the memory before it; null for the first answer
     * @param elapsedDays local days since the answer before, 0 on the same day; ignored for the first answer
     * @throws IllegalArgumentException if elapsedDays is negative
     */
    public Fsrs6Memory next(@Nullable Fsrs6Memory memory, Grade grade, int elapsedDays) {
        int value = grade.value();
        if (memory == null) {
            return new Fsrs6Memory(firstStability[value], firstDifficulty[value]);
        }
        if (elapsedDays < 0) {
            throw new IllegalArgumentException("elapsed days cannot be negative: " + elapsedDays);
        }
        return new Fsrs6Memory(
                nextStability(memory.stability(), memory.difficulty(), value, elapsedDays),
                nextDifficulty(memory.difficulty(), value));
    }

    /**
     * Stability after the first answer, in days.
     *
     * @param grade 1 to 4
     */
    public double firstStability(int grade) {
        return firstStability[grade];
    }

    /**
     * Difficulty after the first answer.
     *
     * @param grade 1 to 4
     */
    public double firstDifficulty(int grade) {
        return firstDifficulty[grade];
    }

    /**
     * Stability after a further answer.
     *
     * @param stability days, before the answer
     * @param difficulty before the answer
     * @param grade 1 to 4
     * @param elapsedDays local days since the answer before, at least 0; 0 chooses the formula for the same day
     * @return days
     */
    public double nextStability(double stability, double difficulty, int grade, int elapsedDays) {
        double next;
        if (elapsedDays == 0) {
            next = stabilitySameDay(stability, grade);
        } else if (grade == 1) {
            next = stabilityAfterLapse(stability, difficulty, retrievability(stability, elapsedDays));
        } else {
            next = stabilityAfterRecall(stability, difficulty, retrievability(stability, elapsedDays), grade);
        }
        return clampStability(next);
    }

    /**
     * Difficulty after a further answer.
     *
     * @param difficulty before the answer
     * @param grade 1 to 4
     */
    public double nextDifficulty(double difficulty, int grade) {
        double moved = difficulty + difficultyStep[grade] * (MAXIMUM_DIFFICULTY - difficulty);
        return clampDifficulty(moved + difficultyReversion * (difficultyTarget - moved));
    }

    /**
     * The probability of recall: (1 + f t / S)^-w20, with f such that it is 0.9 at t = S.
     *
     * @param stability days, above 0
     * @param elapsedDays days since the last answer, at least 0; fractions are fine
     * @return above 0, at most 1
     */
    public double retrievability(double stability, double elapsedDays) {
        return pow(1 + factor * elapsedDays / stability, decay);
    }

    /**
     * Days until the probability of recall has fallen to the wanted retention.
     *
     * @param stability days, above 0
     * @param retention above 0, at most 1
     * @return days, not rounded and not limited
     */
    public double nextInterval(double stability, double retention) {
        return stability * intervalPerStability(retention);
    }

    /**
     * The interval divided by the stability, which depends on the wanted retention alone: compute it once, where many
     * cards share a retention.
     *
     * @param retention above 0, at most 1
     */
    public double intervalPerStability(double retention) {
        return (pow(retention, 1 / decay) - 1) / factor;
    }

    /**
     * Whole days until the next review.
     *
     * @param stability days
     * @param intervalPerStability see {@link #intervalPerStability(double)}
     * @param maximumDays the longest interval wanted, at least 1
     * @return the interval rounded half up, 1 to maximumDays
     */
    public static int wholeDays(double stability, double intervalPerStability, int maximumDays) {
        double days = Math.min(stability * intervalPerStability, maximumDays);
        return Math.max((int) (days + 0.5), 1);
    }

    /**
     * An estimate for a card of which only SM-2's values are known.
     *
     * @param ease the E-factor
     * @param intervalDays the current interval
     * @param retention the recall that SM-2 is taken to have reached at the end of it, between 0 and 1
     * @throws IllegalArgumentException if no finite memory follows from them
     */
    public Fsrs6Memory fromSm2(double ease, double intervalDays, double retention) {
        double stability = Math.max(intervalDays, MINIMUM_STABILITY) / intervalPerStability(retention);
        double difficulty = 11
                - (ease - 1)
                        / (recallGain[3]
                                * pow(stability, recallStabilityPower)
                                * (exp((1 - retention) * recallSpacing) - 1));
        if (!Double.isFinite(stability) || !Double.isFinite(difficulty)) {
            throw new IllegalArgumentException(
                    "no memory follows from ease " + ease + ", interval " + intervalDays + ", retention " + retention);
        }
        return new Fsrs6Memory(stability, clampDifficulty(difficulty));
    }

    /** S (1 + e^w8 (11 - D) S^-w9 (e^(w10 (1 - R)) - 1) [w15 if Hard] [w16 if Easy]). */
    double stabilityAfterRecall(double stability, double difficulty, double recall, int grade) {
        return stability
                * (1
                        + recallGain[grade]
                                * (11 - difficulty)
                                * pow(stability, recallStabilityPower)
                                * (exp((1 - recall) * recallSpacing) - 1));
    }

    /** w11 D^-w12 ((S + 1)^w13 - 1) e^(w14 (1 - R)), at most S / e^(w17 w18). */
    double stabilityAfterLapse(double stability, double difficulty, double recall) {
        return Math.min(stabilityAfterLapseUnlimited(stability, difficulty, recall), stability * lapseCeiling);
    }

    double stabilityAfterLapseUnlimited(double stability, double difficulty, double recall) {
        return lapseGain
                * pow(difficulty, lapseDifficultyPower)
                * (pow(stability + 1, lapseStabilityPower) - 1)
                * exp((1 - recall) * lapseSpacing);
    }

    /** S e^(w17 (G - 3 + w18)) S^-w19, and not less than S from Hard upwards. */
    double stabilitySameDay(double stability, int grade) {
        double increase = sameDayGain[grade] * pow(stability, sameDayPower);
        return stability * (grade >= 2 ? Math.max(increase, 1) : increase);
    }

    /** w4 - e^(w5 (G - 1)) + 1, not clamped. */
    private double difficultyOfFirst(int grade) {
        return weights.get(4) - exp(weights.get(5) * (grade - 1)) + 1;
    }

    private static double clampStability(double stability) {
        return Math.min(Math.max(stability, MINIMUM_STABILITY), MAXIMUM_STABILITY);
    }

    private static double clampDifficulty(double difficulty) {
        return Math.min(Math.max(difficulty, MINIMUM_DIFFICULTY), MAXIMUM_DIFFICULTY);
    }
}
