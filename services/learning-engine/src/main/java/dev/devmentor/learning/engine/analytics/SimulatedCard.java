package dev.devmentor.learning.engine.analytics;

/**
 * A card as a simulation finds it.
 *
 * @param stability days
 * @param fastStability of FSRS-7's fast trace, days; 0 in FSRS-6
 * @param difficulty 1 to 10
 * @param lastDay the learner's day of the last answer
 * @param lastGrade 1 to 4
 * @param dueDay the learner's day on which it is to be asked; {@link #NOT_KNOWN} if the log it comes from does not say
 */
public record SimulatedCard(
        double stability, double fastStability, double difficulty, int lastDay, int lastGrade, int dueDay) {

    /** The due day is to be drawn from how the learner's cards were planned so far. */
    public static final int NOT_KNOWN = Integer.MIN_VALUE;
}
