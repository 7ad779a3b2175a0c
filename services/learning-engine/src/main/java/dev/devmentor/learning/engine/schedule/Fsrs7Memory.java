package dev.devmentor.learning.engine.schedule;

/**
 * What FSRS-7 knows of a card that was answered at least once: two traces of one memory, which fade at their own pace, and how
 * hard the card is.
 *
 * @param stability of the slow trace, in days: {@link Fsrs7#MINIMUM_STABILITY} to 36 500. Not the time after which recall has
 *     fallen to 90 %, as in FSRS-6; that is {@link Fsrs7#nextInterval(Fsrs7Memory, double)}
 * @param fastStability of the fast trace, in days, within the same bounds; it may exceed the slow one
 * @param difficulty 1 (easiest) to 10
 */
public record Fsrs7Memory(double stability, double fastStability, double difficulty) {}
