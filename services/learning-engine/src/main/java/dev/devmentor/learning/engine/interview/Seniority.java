package dev.devmentor.learning.engine.interview;

/**
 * How experienced a person a job is looking for. The level is the share of questions of middle difficulty that somebody at
 * home in the position answers rightly: an assumption of ours, stated in docs/interview-preparation.md.
 */
public enum Seniority {
    JUNIOR(0.60),
    MIDDLE(0.70),
    SENIOR(0.80),
    LEAD(0.85);

    private final double level;

    Seniority(double level) {
        this.level = level;
    }

    /** The level that is wanted of a required skill, 0 to 1. */
    public double level() {
        return level;
    }

    /** What years of experience amount to. */
    static Seniority ofYears(int years) {
        if (years >= 8) {
            return LEAD;
        }
        if (years >= 5) {
            return SENIOR;
        }
        return years >= 2 ? MIDDLE : JUNIOR;
    }
}
