package dev.devmentor.learning.engine.rating;

/**
 * A Gaussian belief about one moving quantity of a person, in logits, with a watch over its own errors.
 *
 * <p>The belief is that of a Kalman filter linearised around the prediction (Glicko and Elo are special cases of it: Elo
 * is this with a step that depends on the count alone). Evidence lowers the variance; {@link #drifted} raises it with
 * answers and days. If the filter is right, its standardised errors are white; errors that pull in one direction say that
 * the quantity has jumped, and {@link #observed} then raises the variance so that the next answers count for more (as in
 * adaptive Kalman filtering by innovations: R. K. Mehra, "On the identification of variances and adaptive Kalman
 * filtering", IEEE TAC 15/2, 1970).
 *
 * @param mean logits
 * @param variance logits squared, above 0
 * @param pull discounted sum of the scores of recent answers: how far, and to which side, they missed
 * @param reach discounted sum of their information: what a shift of one logit would have added to the pull
 * @param noise variance of the pull if nothing has jumped
 */
public record Track(double mean, double variance, double pull, double reach, double noise) {

    /**
     * How much of the watch one answer leaves: it looks over some fifteen answers. A shift of a logit, which at 75 % moves
     * an answer by a third of its standard deviation, needs about that many to stand out.
     */
    private static final double KEEP = 0.93;

    /**
     * A squared pull of more than three times its variance counts as a surprise. Under a right filter that happens in one
     * of twelve windows, and then costs some precision, not correctness.
     */
    private static final double SURPRISE = 3;

    /**
     * Means stay within this many logits: nothing is known beyond, and whoever has only met questions that can be guessed
     * must find the way back, since a right answer out there proves next to nothing.
     */
    static final double LIMIT = 6;

    /** A belief without evidence. */
    public static Track prior(double variance) {
        return new Track(0, variance, 0, 0, 0);
    }

    /**
     * Time and learning make a belief older: its variance grows, at most to that of the prior.
     *
     * @param growth logits squared
     * @param limit the prior's variance
     */
    Track drifted(double growth, double limit) {
        return new Track(mean, Math.max(variance, Math.min(variance + growth, limit)), pull, reach, noise);
    }

    /**
     * The belief after an answer.
     *
     * @param share how much a logit of this quantity adds to the logit of the answer
     * @param score derivative of the answer's log likelihood by its logit, at the prediction
     * @param information expected negative second derivative, above 0
     * @param total variance of the whole logit before the answer
     * @param limit variance up to which a surprise raises this one
     */
    Track observed(double share, double score, double information, double total, double limit) {
        double innovation = 1 + information * total;
        double nextMean = mean + variance * share * score / innovation;
        double nextVariance = variance * (1 - variance * share * share * information / innovation);
        double nextPull = KEEP * pull + score;
        double nextReach = KEEP * reach + information;
        double nextNoise = KEEP * KEEP * noise + information * innovation;
        double square = nextPull * nextPull;
        if (square > SURPRISE * nextNoise) {
            // what the errors say beyond chance about the squared shift that is left
            double shift = (square - nextNoise) / (nextReach * nextReach);
            nextVariance = Math.max(nextVariance, Math.min(nextVariance + share * shift, limit));
        }
        return new Track(Math.clamp(nextMean, -LIMIT, LIMIT), nextVariance, nextPull, nextReach, nextNoise);
    }
}
