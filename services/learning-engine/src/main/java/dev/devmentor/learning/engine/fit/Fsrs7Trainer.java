package dev.devmentor.learning.engine.fit;

import dev.devmentor.learning.engine.schedule.Fsrs7Weights;

/**
 * Fits the weights of FSRS-7 to a person's reviews.
 *
 * <p>Source of bounds, spreads and penalty: fsrs-rs, src/training_v7.rs and src/parameter_clipper_v7.rs. Adam (rate .02, beta
 * .8 and .85, cosine annealing, 8 epochs), batches of about 1 024 targets kept whole by card, a penalty of .3333 for leaving the
 * defaults by the spread of each weight, recent reviews weighing more (as for {@link Fsrs6Trainer}); initial stabilities are kept
 * in rising order and w26 at least w25.
 *
 * <p>The same history gives the same bits.
 */
public final class Fsrs7Trainer {

    /** With fewer targets the defaults are the answer. */
    public static final int FEWEST_TARGETS = 8;

    /** Reviews of a card beyond this many are left out. */
    public static final int LONGEST_SEQUENCE = 256;

    private static final double NONE = Double.POSITIVE_INFINITY;

    static final double[] SPREAD = {
        NONE, NONE, NONE, NONE, 0.523, 0.2528, 0.4329, 0.2966, 0.2139, 0.2889, 0.1862, 0.175, 0.3812, 0.3013, 0.9104,
        0.3234, 0.2448, 0.3273, 0.1842, 0.1735, 0.4608, 0.311, 0.864, 0.0418, 0.2596, 0.0798, 0.0682, 0.1282, 0.1397,
        0.1407, 0.1489, 0.2, 0.15, 0.15
    };

    static final double[] LOW = {
        1e-4, 1e-4, 1e-4, 1e-4, 1, 0.001, 0.1, 0, 0, 0.3, 0.01, 0.1, 0, 0, 1, 0, 0, 0.5, 0.001, 0.001, 0, 0, 1, 0.01,
        0.01, 0.2, 0.5, 0.01, 0.1, 0, 0.1, 0, 0, 0
    };

    static final double[] HIGH = {
        50, 100, 100, 100, 10, 4, 4, 4, 1.2, 3, 1.5, 1, 3.5, 1, 7, 4, 2, 6, 1.5, 1, 5, 1, 7, 0.25, 0.95, 0.85, 0.99, 1,
        1, 0.9, 1.1, 1, 0.6, 0.6
    };

    private static final Training TRAINING =
            new Training(8, 1024, 0.02, 0.8, 0.85, 0.3333, SPREAD, LOW, HIGH, 2023, false);

    private Fsrs7Trainer() {}

    /**
     * How far people's weights scatter around the defaults: a standard deviation.
     *
     * @param index 0 to 33
     * @return infinite for the initial stabilities, which are not pulled to the defaults
     */
    public static double spread(int index) {
        return SPREAD[index];
    }

    /** What the loss counts. */
    public enum Targets {
        /** Every answer but a card's first: for intervals of minutes as well as of days. */
        ALL,
        /** Answers on a later day only: for the recall that a scheduler in days needs. */
        LONG_TERM
    }

    /** The weights that explain a history best, short of overfitting; the defaults if it is too short. */
    public static Fsrs7Weights fit(ReviewHistory history, Targets targets) {
        return fit(history, targets, TRAINING);
    }

    static Fsrs7Weights fit(ReviewHistory history, Targets targets, Training training) {
        boolean[] every = new boolean[history.cards()];
        java.util.Arrays.fill(every, true);
        Sequences sequences = Sequences.of(history, every, LONGEST_SEQUENCE, true, targets == Targets.ALL);
        if (sequences.totalTargets() < FEWEST_TARGETS) {
            return Fsrs7Weights.DEFAULT;
        }
        return Fsrs7Weights.of(training.run(
                new Fsrs7Loss(sequences.longest()), sequences, Fsrs7Weights.DEFAULT.toArray(), Fsrs7Trainer::order));
    }

    /** Keeps initial stabilities in rising order, and w26 at least w25. */
    static void order(double[] w) {
        for (int i = 1; i < 4; i++) {
            w[i] = Math.max(w[i], w[i - 1]);
        }
        w[26] = Math.max(w[26], w[25]);
    }
}
