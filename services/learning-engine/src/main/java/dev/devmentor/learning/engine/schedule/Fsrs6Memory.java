package dev.devmentor.learning.engine.schedule;

/**
 * What FSRS-6 knows of a card that was answered at least once.
 *
 * @param stability days after which recall has fallen to 90 %; {@link Fsrs6#MINIMUM_STABILITY} to 36 500
 * @param difficulty 1 (easiest) to 10
 */
public record Fsrs6Memory(double stability, double difficulty) {}
