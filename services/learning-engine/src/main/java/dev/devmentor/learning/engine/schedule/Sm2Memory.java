package dev.devmentor.learning.engine.schedule;

/**
 * What SM-2 knows of a card.
 *
 * @param ease the E-factor, at least 1.3
 * @param intervalDays days from the last answer to the next review; 0 before the first answer
 * @param repetitions answers in a row with quality 3 or better
 */
public record Sm2Memory(double ease, int intervalDays, int repetitions) {

    /** A card without an answer. */
    public static final Sm2Memory NEW = new Sm2Memory(Sm2.INITIAL_EASE, 0, 0);
}
