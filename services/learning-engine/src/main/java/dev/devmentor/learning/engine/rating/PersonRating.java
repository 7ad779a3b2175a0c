package dev.devmentor.learning.engine.rating;

/**
 * What is known of a person over all skills.
 *
 * @param ability global ability, logits
 * @param wins right answers
 * @param losses wrong answers
 * @param form moving mean of the last few prediction errors (right: above 0), -1 to 1
 * @param trend the same over some twenty answers
 * @param lastRight whether the last answer was right; false before the first
 * @param lastSecond when the last answer was given, seconds since 1970; {@link Moment#NEVER} before the first
 */
public record PersonRating(
        Track ability, int wins, int losses, double form, double trend, boolean lastRight, long lastSecond) {

    /** Nobody knows anything of this person. */
    public static final PersonRating NEW =
            new PersonRating(Track.prior(Rating.ABILITY_VARIANCE), 0, 0, 0, 0, false, Moment.NEVER);

    /** Answers so far. */
    public int answers() {
        return wins + losses;
    }
}
