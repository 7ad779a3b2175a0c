package dev.devmentor.learning.engine.fit;

import dev.devmentor.learning.engine.schedule.Fsrs6Weights;

/**
 * Fits the weights of FSRS-6 to a person's reviews.
 *
 * <p>Source: fsrs-rs 6, src/training.rs, src/dataset.rs, src/parameter_clipper.rs: outlier filter, initial stabilities by
 * search, then Adam (rate .04, cosine annealing, 5 epochs, batches of 512 targets), a penalty for leaving the initial
 * weights by the spread of each over people, recent reviews weighing more. Here a card's targets stay in one batch, so
 * that one pass over the card gives the gradient of all of them; fsrs-rs walks the card once for each.
 *
 * <p>Targets are reviews on a later day; answers on the same day are history. The same history gives the same bits.
 */
public final class Fsrs6Trainer {

    /** With fewer targets the defaults are the answer. */
    public static final int FEWEST_TARGETS = 8;

    /** With fewer targets only initial stabilities are fitted. */
    public static final int FEWEST_TARGETS_FOR_ALL = 64;

    /** Reviews of a card beyond this many are left out. */
    public static final int LONGEST_SEQUENCE = 256;

    static final double[] SPREAD = {
        6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31,
        0.32, 0.14, 0.27
    };

    static final double[] LOW = {
        0.001, 0.001, 0.001, 0.001, 1, 0.001, 0.001, 0.001, 0, 0, 0.001, 0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0.01, 0.1
    };

    static final double[] HIGH = {
        100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5, 5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8
    };

    private static final Training TRAINING = new Training(5, 512, 0.04, 0.9, 0.999, 1, SPREAD, LOW, HIGH, 2023, true);

    private Fsrs6Trainer() {}

    /** The weights that explain a history best, short of overfitting; the defaults if it is too short. */
    public static Fsrs6Weights fit(ReviewHistory history) {
        return fit(history, TRAINING);
    }

    static Fsrs6Weights fit(ReviewHistory history, Training training) {
        boolean[] kept = Outliers.kept(history);
        Sequences sequences = Sequences.of(history, kept, LONGEST_SEQUENCE, false, false);
        int targets = sequences.totalTargets();
        if (targets < FEWEST_TARGETS) {
            return Fsrs6Weights.DEFAULT;
        }
        InitialStability.Found found = InitialStability.search(history, kept, averageRecall(history));
        double[] initial = Fsrs6Weights.DEFAULT.toArray();
        System.arraycopy(found.days(), 0, initial, 0, 4);
        if (targets < FEWEST_TARGETS_FOR_ALL || targets == sequences.count()) {
            return Fsrs6Weights.of(initial);
        }
        double[] w = training.run(new Fsrs6Loss(sequences.longest()), sequences, initial, weights -> {});
        System.arraycopy(InitialStability.risingAndFilled(java.util.Arrays.copyOf(w, 4), found.count()), 0, w, 0, 4);
        return Fsrs6Weights.of(w);
    }

    private static double averageRecall(ReviewHistory history) {
        int targets = 0;
        int recalled = 0;
        for (int r = 0; r < history.size(); r++) {
            if (history.isLongTerm(r)) {
                targets++;
                recalled += history.grade(r) > 1 ? 1 : 0;
            }
        }
        return targets == 0 ? 0 : (double) recalled / targets;
    }
}
