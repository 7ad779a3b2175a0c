package dev.devmentor.pbml.engine.study;

import dev.devmentor.deterministic.DeterministicMath;

/** Probabilities and log odds. */
final class Logistic {

    private static final double LARGEST_SHIFT = 4;
    private static final int STEPS = 12;

    private Logistic() {}

    static double probability(double logit) {
        return 1 / (1 + DeterministicMath.exp(-logit));
    }

    /**
     * The shift of all log odds by which as many misses are expected as there were: the maximum likelihood estimate of an
     * intercept, by Newton's method. Within ±4, as it is infinite where all or none were missed.
     */
    static double shift(double[] logits, boolean[] missed, double[] weights) {
        double shift = 0;
        for (int step = 0; step < STEPS; step++) {
            double residual = 0;
            double information = 1e-9;
            for (int i = 0; i < logits.length; i++) {
                double q = probability(logits[i] + shift);
                residual += weights[i] * ((missed[i] ? 1 : 0) - q);
                information += weights[i] * q * (1 - q);
            }
            double next = shift + Math.clamp(residual / information, -1, 1);
            shift = Math.clamp(next, -LARGEST_SHIFT, LARGEST_SHIFT);
        }
        return shift;
    }
}
