package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;

/**
 * From the share of a candidate in its list to the odds that it is changed. Shares of a list add up to one, whether one file
 * or thirty go with the change, or none: how large the changes around the query's file are has to come in. A logistic
 * regression whose weights come from the {@link Prior} and stay: the calibrator behind it, which makes its output mean what it
 * says in this history, needs a scale that stands still.
 *
 * <p>Not thread-safe.
 */
final class Odds {

    static final int WEIGHTS = 12;

    private static final double STEP = 0.003;
    private static final double LEAST_SHARE = 1e-6;

    private final double[] weights;
    private final double[] x = new double[WEIGHTS];

    Odds(double[] weights) {
        this.weights = weights.clone();
    }

    double[] weights() {
        return weights;
    }

    /** Probability that a candidate is changed. */
    double probability(Candidates candidates, int candidate, double share, double topShare) {
        candidates.describeOdds(candidate, x);
        x[0] = 1;
        x[1] = DeterministicMath.log(share + LEAST_SHARE) / 2;
        x[2] = DeterministicMath.log((share + LEAST_SHARE) / (topShare + LEAST_SHARE)) / 2;
        x[3] = topShare;
        double odds = 0;
        for (int k = 0; k < WEIGHTS; k++) {
            odds += weights[k] * x[k];
        }
        return 1 / (1 + DeterministicMath.exp(-odds));
    }

    /** Learns whether the candidate that was asked about last was changed. For the prior only. */
    void learn(double probability, boolean changed) {
        double error = (changed ? 1 : 0) - probability;
        for (int k = 0; k < WEIGHTS; k++) {
            weights[k] += STEP * error * x[k];
        }
    }

    void write(ByteWriter out) {
        for (double weight : weights) {
            out.float8(weight);
        }
    }

    static Odds read(ByteReader in) {
        double[] weights = new double[WEIGHTS];
        for (int k = 0; k < WEIGHTS; k++) {
            weights[k] = in.finite8();
        }
        return new Odds(weights);
    }
}
