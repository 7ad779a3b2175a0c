package dev.devmentor.learning.engine.person;

/**
 * What one strategy of choosing questions has done for a person. A question helped as far as the next answer in its main
 * skill, on a later day, was better than expected: the reward is (1 + right - expected) / 2, between 0 and 1, and .5 if
 * the question made no difference.
 *
 * @param answers to questions that it chose
 * @param right of them
 * @param rewarded questions whose effect is known
 * @param reward sum over those
 */
public record StrategyStanding(int answers, int right, int rewarded, double reward) {

    /** It has chosen nothing yet. */
    public static final StrategyStanding NEW = new StrategyStanding(0, 0, 0, 0);
}
