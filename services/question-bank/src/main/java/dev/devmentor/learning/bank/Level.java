package dev.devmentor.learning.bank;

import java.util.Locale;

/**
 * How well a skill is wanted: three of four right among questions that a stated share of working developers gets wrong.
 */
public enum Level {
    BASIC(0.35),
    SOLID(0.5),
    STRONG(0.65);

    private final double difficulty;

    Level(double difficulty) {
        this.difficulty = difficulty;
    }

    /** Difficulty of the questions, on the scale of {@link Question#difficulty()}. */
    public double difficulty() {
        return difficulty;
    }

    /** The name in files and over HTTP. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
