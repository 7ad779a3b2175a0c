package dev.devmentor.learning.engine.rating;

/**
 * How hard something shared is: an item, a skill (what its items have in common), or everything. Valid for one numbered
 * epoch; answers given in it are folded with this value, whoever gives them, and leave {@link Evidence} behind.
 *
 * @param epoch number of the epoch, from 0
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
     * @param evidence the sum over all answers of this epoch, in any order
     */
    public SharedRating next(Evidence evidence) {
        if (evidence.answers() == 0) {
            return new SharedRating(epoch + 1, difficulty, variance, answers);
        }
        double nextVariance = 1 / (1 / variance + evidence.information());
        double moved = difficulty + evidence.score() * nextVariance;
        return new SharedRating(
                epoch + 1,
                Math.clamp(moved, -LIMIT, LIMIT),
                Math.max(nextVariance, FLOOR),
                answers + evidence.answers());
    }
}
