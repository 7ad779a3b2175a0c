package dev.devmentor.learning.skill;

import static dev.devmentor.deterministic.DeterministicMath.exp;
import static dev.devmentor.deterministic.DeterministicMath.log;

/** How able a person is, skill by skill, on the scale on which 0 is an average developer. */
public interface Ratings {
    /** Since when a skill was never seen. */
    long NEVER = Long.MIN_VALUE;

    /** Variance of a question's difficulty, of which only the author's estimate is known; logits squared. */
    double ESTIMATED = 0.5;

    /** Ability in a skill, logits. */
    double ability(String skill);

    /** Standard deviation of it, logits. */
    double uncertainty(String skill);

    /** Answers in a skill. */
    int answers(String skill);

    /** Microseconds since 1970 of the last answer in a skill; {@link #NEVER} if there was none. */
    long lastSeenMicros(String skill);

    /**
     * Probability of a right answer to a question of a skill.
     *
     * @param difficulty share of working developers who would get it wrong, between 0 and 1
     * @param guess chance of guessing, at least 0 and below 1
     */
    default double success(String skill, double difficulty, double guess) {
        double deviation = uncertainty(skill);
        double shrink = 1 / Math.sqrt(1 + 0.39269908169872414 * (deviation * deviation + ESTIMATED));
        double logit = ability(skill) - logit(difficulty);
        double p = guess + (1 - guess) / (1 + exp(-shrink * logit));
        return Math.clamp(p, 0.001, 0.999);
    }

    /** The difficulty, in logits, of a question that a share of working developers gets wrong. */
    static double logit(double wrong) {
        double within = Math.clamp(wrong, 0.02, 0.98);
        return log(within / (1 - within));
    }
}
