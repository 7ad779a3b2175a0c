package dev.devmentor.learning.engine.rating;

/**
 * How hard something shared is: an item, a skill (what its items have in common), or everything. Valid for
 * numbered epochs: answers given in them are folded with this value, whoever gives them, and leave {@link Evidence} behind,
 * from which the next value is made. The fold of a person records the epoch, so that it can be repeated.
 *
 * @param epoch number of the first epoch it is valid in, from 0; it stays valid until an epoch leaves evidence
 * @param difficulty logits; the levels of a question add up
 * @param variance of the difficulty, logits squared
 * @param answers how many answers it rests on
 */
public record SharedRating(int epoch, double difficulty, double variance, long answers) {

    /** Prior of the level that every question shares: whole sets are mostly right or mostly wrong. */
    public static final SharedRating ROOT = new SharedRating(0, 0, 2, 0);

    /** Prior of a skill's difficulty. */
    public static final SharedRating SKILL = new SharedRating(0, 0, 0.5, 0);

    /** Prior of an item, beside its skills. */
    public static final SharedRating ITEM = new SharedRating(0, 0, 1, 0);

    /** Difficulty stays within this many logits of its prior: nothing is known beyond. */
    private static final double LIMIT = 6;

    /** Variance that an epoch's evidence cannot go below: difficulty means something else to every year's people. */
    private static final double FLOOR = 1e-4;

    /**
     * The rating in the next epoch: one Newton step with all the evidence of this one.
     *
     * @param nextEpoch number of the epoch that begins, above this one's
     * @param evidence the sum over all answers that were folded with this rating, in any order
     */
    public SharedRating next(int nextEpoch, Evidence evidence) {
        if (nextEpoch <= epoch) {
            throw new IllegalArgumentException("epoch " + nextEpoch + " does not follow epoch " + epoch);
        }
        double nextVariance = 1 / (1 / variance + evidence.information());
        double moved = difficulty + evidence.score() * nextVariance;
        return new SharedRating(
                nextEpoch,
                Math.clamp(moved, -LIMIT, LIMIT),
                Math.max(nextVariance, FLOOR),
                answers + evidence.answers());
    }
}
