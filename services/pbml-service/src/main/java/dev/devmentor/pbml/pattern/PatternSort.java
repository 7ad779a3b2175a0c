package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.problem.ProblemException;

/** By what a list is ordered, always the largest first and then by id. */
enum PatternSort {
    /** The lower bound of the probability that it holds. */
    CONFIDENCE("lower"),
    /** When it was last seen. */
    RECENT("last_us"),
    /** How many observations it rests on. */
    SUPPORT("support");

    private final String column;

    PatternSort(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /** The value by which a pattern is ordered; whole numbers stand in a double exactly. */
    double value(StoredPattern pattern) {
        return switch (this) {
            case CONFIDENCE -> pattern.lower();
            case RECENT -> pattern.lastMicros();
            case SUPPORT -> pattern.support();
        };
    }

    /** @throws ProblemException 400 if it is none */
    static PatternSort parse(String text) {
        return switch (text) {
            case "confidence" -> CONFIDENCE;
            case "recent" -> RECENT;
            case "support" -> SUPPORT;
            default -> throw ProblemException.invalid("'sort' is one of confidence, recent, support");
        };
    }
}
