package dev.devmentor.learning.engine.schedule;

import static dev.devmentor.deterministic.DeterministicMath.exp;
import static dev.devmentor.deterministic.DeterministicMath.log;
import static dev.devmentor.deterministic.DeterministicMath.pow;

import org.jspecify.annotations.Nullable;

/**
 * The FSRS-7 model: a slow and a fast trace of a memory, S and F (both in days), and difficulty D (1 to 10); the forgetting
 * curve is a mixture of two power curves. Time is in fractional days, an answer on the same day is nothing special.
 *
 * <p>Source of every formula: fsrs-rs, src/model_v7.rs and src/inference_v7.rs, and ts-fsrs, packages/fsrs/src/models/fsrs-7
 * (Open Spaced Repetition), here in double precision; nothing is rounded. In the formulas below t is elapsed days, G the grade,
 * and w0 to w33 the weights.
 *
 * <p>Immutable and safe for any number of threads. The methods over plain doubles allocate nothing; those over {@link
 * Fsrs7Memory} give the same bits. Memories are taken to lie within their bounds.
 */
public final class Fsrs7 {

    /** Neither stability falls lower, in days. */
    public static final double MINIMUM_STABILITY = 1e-4;

    /** Neither stability grows higher, in days (a hundred years). */
    public static final double MAXIMUM_STABILITY = 36_500;

    /** The lowest difficulty. */
    public static final double MINIMUM_DIFFICULTY = 1;

    /** The highest difficulty. */
    public static final double MAXIMUM_DIFFICULTY = 10;

    /** No interval is longer, in days. */
    public static final double MAXIMUM_INTERVAL = 36_500;

    /** From this wanted retention on there is no interval: it is 0, as in fsrs-rs and ts-fsrs. */
    public static final double MAXIMUM_RETENTION = 0.9999;

    /** The model with the default weights. */
    public static final Fsrs7 DEFAULT = new Fsrs7(Fsrs7Weights.DEFAULT);

    /** Recall is at least this, and at most 1 minus this: R = mixture (1 - 2e-5) + 1e-5. */
    private static final double RECALL_MARGIN = 1e-5;

    private static final double RECALL_RANGE = 1 - 2e-5;

    private static final double FAST_SHARE = 0.8; // F after the first answer, and at most after Again, per S

    /**
     * The last step of a solution is no longer than this part of it. The third derivative of the curve is at most 6 / t^2 of the
     * first, and that of the fitted curve at most 22 / t^2, so that it misses by at most some 4 NEAR^3 of the interval.
     */
    private static final double NEAR = 1e-4;

    /** Never reached: under the default weights 2 or 3 are usual and 9 the most seen, under any weights 16. */
    private static final int EVALUATIONS = 100;

    private final Fsrs7Weights weights;

    private final double[] firstStability = new double[5]; // by grade, as all tables here; index 0 is unused
    private final double[] firstFastStability = new double[5];
    private final double[] firstDifficulty = new double[5];
    private final double[] difficultyStep = new double[5]; // -w6 (grade - 3) / 9
    private final double difficultyTarget; // 0.01 D0(Easy), not clamped

    private final Trace slowTrace;
    private final Trace fastTrace;

    private final double fastDecayFactor; // w23
    private final double fastDecayPower; // w33 - 0.3
    private final double fastLogRecall; // -ln w25: at t = F the fast recall is w25
    private final double slowDecay; // w24; decays are positive here
    private final double slowFactor; // w26^(-1/w24) - 1
    private final double slowPace; // w32 - 0.3
    private final double shareOffset; // ln(w28 / w27)
    private final double shareFastPower; // w29
    private final double shareSlowPower; // w30
    private final double shareDifficulty; // w31 - 0.5

    /** The model with weights of one's own. */
    public Fsrs7(Fsrs7Weights weights) {
        this.weights = weights;
        for (int grade = 1; grade <= 4; grade++) {
            firstStability[grade] = clampStability(weights.get(grade - 1));
            firstFastStability[grade] = clampStability(FAST_SHARE * weights.get(grade - 1));
            firstDifficulty[grade] = clampDifficulty(difficultyOfFirst(grade));
            difficultyStep[grade] = -weights.get(6) * (grade - 3) / 9;
        }
        difficultyTarget = 0.01 * difficultyOfFirst(4);
        slowTrace = new Trace(weights, 7);
        fastTrace = new Trace(weights, 15);
        fastDecayFactor = weights.get(23);
        fastDecayPower = weights.get(33) - 0.3;
        fastLogRecall = -log(weights.get(25));
        slowDecay = clampDecay(weights.get(24));
        slowFactor = pow(weights.get(26), -1 / slowDecay) - 1;
        slowPace = weights.get(32) - 0.3;
        shareOffset = log(weights.get(28) / weights.get(27));
        shareFastPower = weights.get(29);
        shareSlowPower = weights.get(30);
        shareDifficulty = weights.get(31) - 0.5;
    }

    /** The weights in use. */
    public Fsrs7Weights weights() {
        return weights;
    }

    /**
     * The memory after an answer.
     *
     * @param memory the memory before it; null for the first answer
     * @param elapsedDays days since the answer before, fractions included; ignored for the first answer
     * @throws IllegalArgumentException if elapsedDays is negative or not a number
     */
    public Fsrs7Memory next(@Nullable Fsrs7Memory memory, Grade grade, double elapsedDays) {
        int value = grade.value();
        if (memory == null) {
            return new Fsrs7Memory(firstStability[value], firstFastStability[value], firstDifficulty[value]);
        }
        refuseNegative(elapsedDays);
        double stability = memory.stability();
        double fastStability = memory.fastStability();
        double difficulty = memory.difficulty();
        double logSlow = log(stability);
        double logFast = log(fastStability);
        double fastRecall = fastRecall(fastStability, logFast, elapsedDays);
        double recall = recall(stability, logSlow, logFast, difficulty, elapsedDays, fastRecall);
        double next = slowTrace.next(stability, logSlow, difficulty, recall, value);
        return new Fsrs7Memory(
                next,
                limitFast(fastTrace.next(fastStability, logFast, difficulty, fastRecall, value), next, value),
                nextDifficulty(difficulty, recall, value));
    }

    /**
     * The probability of recall.
     *
     * @param elapsedDays days since the last answer, fractions included
     * @return 1e-5 to 1 - 1e-5
     * @throws IllegalArgumentException if elapsedDays is negative or not a number
     */
    public double retrievability(Fsrs7Memory memory, double elapsedDays) {
        refuseNegative(elapsedDays);
        return retrievability(
                memory.stability(),
                memory.fastStability(),
                memory.difficulty(),
                elapsedDays,
                fastRecall(memory.fastStability(), elapsedDays));
    }

    /**
     * Days until the probability of recall has fallen to the wanted retention.
     *
     * @param retention above 0, at most 1
     * @return see {@link #nextInterval(double, double, double, double)}
     * @throws IllegalArgumentException for another retention
     */
    public double nextInterval(Fsrs7Memory memory, double retention) {
        return nextInterval(memory.stability(), memory.fastStability(), memory.difficulty(), retention);
    }

    /**
     * Stability of the slow trace after the first answer, in days.
     *
     * @param grade 1 to 4
     */
    public double firstStability(int grade) {
        return firstStability[grade];
    }

    /**
     * Stability of the fast trace after the first answer, in days.
     *
     * @param grade 1 to 4
     */
    public double firstFastStability(int grade) {
        return firstFastStability[grade];
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
     * Recall by the fast trace alone: (1 + (e^min(-ln w25 / d, 60) - 1) t / F)^-d with d = w23 F^(w33 - 0.3), 0.01 to 0.95.
     *
     * @param fastStability days
     * @param elapsedDays days since the last answer, at least 0
     * @return 0 to 1
     */
    public double fastRecall(double fastStability, double elapsedDays) {
        return fastRecall(fastStability, log(fastStability), elapsedDays);
    }

    /**
     * The probability of recall: (af Rf + as Rs) / (af + as) (1 - 2e-5) + 1e-5, where Rf is the recall by the fast trace, that by
     * the slow one is Rs = (1 + (w26^(-1/w24) - 1) e^((D - 5)(w32 - 0.3)) t / S)^-w24, and their shares are af = w27 F^-w29 and
     * as = w28 S^w30 e^((D - 5)(w31 - 0.5)).
     *
     * @param stability of the slow trace, days
     * @param fastStability days
     * @param difficulty 1 to 10
     * @param elapsedDays days since the last answer, at least 0
     * @param fastRecall {@link #fastRecall(double, double)} of the same days: it is needed for the fast trace's next stability
     *     as well, so that it is computed once
     * @return 1e-5 to 1 - 1e-5
     */
    public double retrievability(
            double stability, double fastStability, double difficulty, double elapsedDays, double fastRecall) {
        return recall(stability, log(stability), log(fastStability), difficulty, elapsedDays, fastRecall);
    }

    /**
     * Stability of the slow trace after a further answer: see {@link Trace}.
     *
     * @param stability days, before the answer
     * @param difficulty before the answer
     * @param recall the probability of recall at the time of the answer
     * @param grade 1 to 4
     * @return days
     */
    public double nextStability(double stability, double difficulty, double recall, int grade) {
        return slowTrace.next(stability, log(stability), difficulty, recall, grade);
    }

    /**
     * Stability of the fast trace after a further answer: see {@link Trace}. After Again it is at most 0.8 of the slow one, unless
     * that is below the lower bound.
     *
     * @param fastStability days, before the answer
     * @param difficulty before the answer
     * @param fastRecall recall by the fast trace alone at the time of the answer
     * @param grade 1 to 4
     * @param nextStability of the slow trace, after the answer
     * @return days
     */
    public double nextFastStability(
            double fastStability, double difficulty, double fastRecall, int grade, double nextStability) {
        return limitFast(
                fastTrace.next(fastStability, log(fastStability), difficulty, fastRecall, grade), nextStability, grade);
    }

    /**
     * Difficulty after a further answer: 0.01 D0(Easy) + 0.99 (D - w6 (G - 3) (10 - D) / 9), where a lapse counts R + 0.1 times:
     * forgetting what should have been known says more.
     *
     * @param difficulty before the answer
     * @param recall the probability of recall at the time of the answer
     * @param grade 1 to 4
     */
    public double nextDifficulty(double difficulty, double recall, int grade) {
        double step = difficultyStep[grade] * (grade == 1 ? recall + 0.1 : 1);
        return clampDifficulty(difficultyTarget + 0.99 * (difficulty + (MAXIMUM_DIFFICULTY - difficulty) * step));
    }

    /**
     * Days until the probability of recall has fallen to the wanted retention. The curve has no inverse in closed form: the
     * interval is solved for, and recall at its end is within 1e-11 of the wanted retention.
     *
     * @param stability of the slow trace, days
     * @param fastStability days
     * @param difficulty 1 to 10
     * @param retention above 0, at most 1
     * @return days with their fraction, 0 to {@link #MAXIMUM_INTERVAL}: that if recall does not fall so far within it, and 0 for a
     *     retention from {@link #MAXIMUM_RETENTION} on
     * @throws IllegalArgumentException for another retention
     */
    public double nextInterval(double stability, double fastStability, double difficulty, double retention) {
        if (!(retention > 0 && retention <= 1)) {
            throw new IllegalArgumentException("retention is above 0 and at most 1, not " + retention);
        }
        if (retention >= MAXIMUM_RETENTION) {
            return 0;
        }
        double target = (retention - RECALL_MARGIN) / RECALL_RANGE;
        if (target <= 0) {
            return MAXIMUM_INTERVAL;
        }
        double logFast = log(fastStability);
        double fastDecay = fastDecay(logFast);
        double slowShare = slowShare(log(stability), logFast, difficulty);
        return solve(
                fastDecay,
                fastScale(fastStability, fastDecay),
                1 / (1 + slowShare),
                slowScale(stability, difficulty),
                slowShare / (1 + slowShare),
                target);
    }

    /**
     * The t at which fastShare (1 + fastScale t)^-fastDecay + slowShare (1 + slowScale t)^-slowDecay is the target.
     *
     * <p>Each trace alone has an inverse, and the solution lies between the two; the larger share's is the first guess. The next
     * guess is where a curve A (B + t)^-p, with the value and both derivatives of ours at t, has the target: exact for a single
     * trace, of third order for two. Such a curve exists, with p at most the larger decay, because ours is a sum of powers (by
     * Cauchy-Schwarz). A guess outside of what is known to hold the solution is replaced by the middle of that, by logarithm.
     */
    private double solve(
            double fastDecay, double fastScale, double fastShare, double slowScale, double slowShare, double target) {
        double logTarget = log(target);
        double byFast = (exp(-logTarget / fastDecay) - 1) / fastScale;
        double bySlow = (exp(-logTarget / slowDecay) - 1) / slowScale;
        double low = Math.min(byFast, bySlow);
        double high = Math.max(byFast, bySlow);
        if (low >= MAXIMUM_INTERVAL) {
            return MAXIMUM_INTERVAL;
        }
        if (high > MAXIMUM_INTERVAL) {
            high = MAXIMUM_INTERVAL;
            if (fastShare * exp(-fastDecay * log(1 + fastScale * high))
                            + slowShare * exp(-slowDecay * log(1 + slowScale * high))
                    >= target) {
                return high;
            }
        }
        double t = Math.min(fastShare > slowShare ? byFast : bySlow, high);
        for (int i = 0; i < EVALUATIONS; i++) {
            double fastBase = 1 + fastScale * t;
            double slowBase = 1 + slowScale * t;
            double fast = fastShare * exp(-fastDecay * log(fastBase));
            double slow = slowShare * exp(-slowDecay * log(slowBase));
            double value = fast + slow;
            double fastRate = fastDecay * fastScale / fastBase; // minus the relative change per day
            double slowRate = slowDecay * slowScale / slowBase;
            double slope = fast * fastRate + slow * slowRate; // minus the first derivative
            double curvature = fast * fastRate * (fastRate + fastScale / fastBase)
                    + slow * slowRate * (slowRate + slowScale / slowBase);
            double power = slope * slope / (value * curvature - slope * slope); // p
            double fitted = t + power * value / slope * (exp((log(value) - logTarget) / power) - 1);
            if (Math.abs(fitted - t) <= NEAR * t) {
                return Math.min(fitted, MAXIMUM_INTERVAL);
            }
            if (value > target) {
                low = t;
            } else {
                high = t;
            }
            if (fitted > low && fitted < high) {
                t = fitted;
            } else {
                t = Math.sqrt(low) * Math.sqrt(high);
            }
        }
        return t;
    }

    private double fastRecall(double fastStability, double logFast, double elapsedDays) {
        double decay = fastDecay(logFast);
        return exp(-decay * log(1 + fastScale(fastStability, decay) * elapsedDays));
    }

    private double recall(
            double stability,
            double logSlow,
            double logFast,
            double difficulty,
            double elapsedDays,
            double fastRecall) {
        double slowRecall = exp(-slowDecay * log(1 + slowScale(stability, difficulty) * elapsedDays));
        double slowShare = slowShare(logSlow, logFast, difficulty);
        return (fastRecall + slowShare * slowRecall) / (1 + slowShare) * RECALL_RANGE + RECALL_MARGIN;
    }

    /** Positive; the exponent of the fast recall is minus this. */
    private double fastDecay(double logFast) {
        return clampDecay(fastDecayFactor * exp(fastDecayPower * logFast));
    }

    /** Per day. */
    private double fastScale(double fastStability, double decay) {
        return (exp(Math.min(fastLogRecall / decay, 60)) - 1) / fastStability;
    }

    /** Per day. */
    private double slowScale(double stability, double difficulty) {
        return slowFactor * exp((difficulty - 5) * slowPace) / stability;
    }

    /** as / af: the share of the slow trace, that of the fast one being 1. */
    private double slowShare(double logSlow, double logFast, double difficulty) {
        return exp(
                shareOffset + shareSlowPower * logSlow + shareFastPower * logFast + (difficulty - 5) * shareDifficulty);
    }

    /** w4 - e^(w5 (G - 1)) + 1, not clamped. */
    private double difficultyOfFirst(int grade) {
        return weights.get(4) - exp(weights.get(5) * (grade - 1)) + 1;
    }

    private static double limitFast(double fastStability, double stability, int grade) {
        return grade == 1
                ? Math.max(Math.min(fastStability, FAST_SHARE * stability), MINIMUM_STABILITY)
                : fastStability;
    }

    private static double clampStability(double stability) {
        return Math.min(Math.max(stability, MINIMUM_STABILITY), MAXIMUM_STABILITY);
    }

    private static double clampDifficulty(double difficulty) {
        return Math.min(Math.max(difficulty, MINIMUM_DIFFICULTY), MAXIMUM_DIFFICULTY);
    }

    private static double clampDecay(double decay) {
        return Math.min(Math.max(decay, 0.01), 0.95);
    }

    private static void refuseNegative(double elapsedDays) {
        if (!(elapsedDays >= 0)) {
            throw new IllegalArgumentException("elapsed days cannot be negative: " + elapsedDays);
        }
    }

    /**
     * How one trace changes with an answer. For a stability x, a recall q, and k the index of the trace's first weight:
     *
     * <ul>
     *   <li>after Again min(x, w[k+3] ((x + 1)^w[k+4] - 1) e^((1 - q) w[k+5]));
     *   <li>otherwise x (1 + e^(w[k] - 1.5) (11 - D) x^-w[k+1] (e^((1 - q) w[k+2]) - 1) [w[k+6] if Hard] [w[k+7] if Easy]).
     * </ul>
     *
     * <p>fsrs-rs takes the larger of both in the second case; within the bounds of the weights the second is never below x and
     * the first never above it.
     */
    private static final class Trace {

        private final double[] recallGain = new double[5]; // e^(w[k] - 1.5), with w[k+6] for Hard and w[k+7] for Easy
        private final double recallPower;
        private final double recallSpacing;
        private final double lapseGain;
        private final double lapsePower;
        private final double lapseSpacing;

        Trace(Fsrs7Weights weights, int k) {
            double gain = exp(weights.get(k) - 1.5);
            recallGain[2] = gain * weights.get(k + 6);
            recallGain[3] = gain;
            recallGain[4] = gain * weights.get(k + 7);
            recallPower = -weights.get(k + 1);
            recallSpacing = weights.get(k + 2);
            lapseGain = weights.get(k + 3);
            lapsePower = weights.get(k + 4);
            lapseSpacing = weights.get(k + 5);
        }

        double next(double stability, double logStability, double difficulty, double recall, int grade) {
            double next;
            if (grade == 1) {
                double lapsed =
                        lapseGain * (exp(lapsePower * log(stability + 1)) - 1) * exp((1 - recall) * lapseSpacing);
                next = Math.min(stability, lapsed);
            } else {
                next = stability
                        * (1
                                + recallGain[grade]
                                        * (11 - difficulty)
                                        * exp(recallPower * logStability)
                                        * (exp((1 - recall) * recallSpacing) - 1));
            }
            return clampStability(next);
        }
    }
}
