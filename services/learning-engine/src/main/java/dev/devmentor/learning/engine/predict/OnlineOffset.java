package dev.devmentor.learning.engine.predict;

import dev.devmentor.deterministic.DeterministicMath;

/**
 * One number per person that is added to every prediction on the scale of log odds, and moves after every answer: a model
 * fitted last week keeps up with a person who has been tired, or who now answers better, since then.
 *
 * <p>It is a step of online logistic regression on a constant: b += eta (y - p), where p is the prediction with b. eta is
 * fixed: .05 forgets an answer after some 1 / (eta p (1 - p)) = 130 others at p = .8.
 *
 * <p>Immutable; the same answers in the same order give the same bits.
 *
 * @param offset b, on the scale of log odds
 */
public record OnlineOffset(double offset) {

    /** The step. */
    public static final double ETA = 0.05;

    /** Nothing learnt yet: predictions are the model's. */
    public static final OnlineOffset NONE = new OnlineOffset(0);

    /** Predictions keep this far from 0 and 1. */
    private static final double MARGIN = 1e-5;

    /**
     * The corrected prediction.
     *
     * @param p the model's, 0 to 1
     * @return between 0 and 1
     */
    public double apply(double p) {
        double within = Math.min(Math.max(p, MARGIN), 1 - MARGIN);
        double odds = within / (1 - within) * DeterministicMath.exp(offset);
        return odds / (1 + odds);
    }

    /**
     * What is known after an answer.
     *
     * @param p the model's prediction for it, without the offset
     * @param recalled whether it was recalled
     */
    public OnlineOffset after(double p, boolean recalled) {
        return new OnlineOffset(offset + ETA * ((recalled ? 1 : 0) - apply(p)));
    }
}
