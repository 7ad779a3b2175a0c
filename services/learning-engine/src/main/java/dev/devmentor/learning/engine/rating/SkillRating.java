package dev.devmentor.learning.engine.rating;

/**
 * What is known of a person in one skill.
 *
 * @param deviation ability in this skill beside the global one, logits
 * @param wins right answers
 * @param losses wrong answers
 * @param freshWins right answers, halved with every day that has passed since
 * @param freshLosses the same of wrong answers
 * @param form moving mean of the last few prediction errors in this skill, -1 to 1
 * @param lastSecond when the last answer was given, seconds since 1970; {@link Moment#NEVER} before the first
 */
public record SkillRating(
        Track deviation, int wins, int losses, double freshWins, double freshLosses, double form, long lastSecond) {

    /** No answer in this skill yet. */
    public static final SkillRating NEW =
            new SkillRating(Track.prior(Rating.DEVIATION_VARIANCE), 0, 0, 0, 0, 0, Moment.NEVER);

    /** Answers so far. */
    public int answers() {
        return wins + losses;
    }
}
