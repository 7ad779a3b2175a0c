package dev.devmentor.learning.engine.schedule;

/** How well an answer went, on the four-step scale of Anki and FSRS. */
public enum Grade {
    AGAIN(1),
    HARD(2),
    GOOD(3),
    EASY(4);

    private static final Grade[] BY_VALUE = {AGAIN, HARD, GOOD, EASY};

    private final int value;

    Grade(int value) {
        this.value = value;
    }

    /** 1 (Again) to 4 (Easy). */
    public int value() {
        return value;
    }

    /** The quality on SM-2's scale of 0 to 5: value + 1, so that Again (2) fails and the others (3, 4, 5) pass. */
    public int sm2Quality() {
        return value + 1;
    }

    /**
     * The grade of a number.
     *
     * @param value 1 to 4
     * @throws IllegalArgumentException for any other value
     */
    public static Grade of(int value) {
        if (value < 1 || value > 4) {
            throw new IllegalArgumentException("a grade is 1 to 4, not " + value);
        }
        return BY_VALUE[value - 1];
    }
}
