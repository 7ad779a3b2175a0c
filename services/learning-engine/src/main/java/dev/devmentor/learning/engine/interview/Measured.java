package dev.devmentor.learning.engine.interview;

/**
 * What answers say of a skill.
 *
 * @param level share of questions of middle difficulty that are answered rightly, 0 to 1
 * @param answers so many answers stand behind it; fractions where older ones count less
 */
public record Measured(double level, double answers) {
    public Measured {
        if (!(level >= 0 && level <= 1) || !(answers >= 0)) {
            throw new IllegalArgumentException("level " + level + ", answers " + answers);
        }
    }
}
