package dev.devmentor.pbml.engine.study;

/**
 * What one person's patterns may take. What exceeds it is forgotten, the oldest first.
 *
 * @param answers kept for looking back, at least 1
 * @param items whose ease is known, at least 1; those not asked for longest go first
 * @param characters of ids and names in the answers that are kept, at least 1
 * @param answersOfSitting so many first answers of a sitting are compared with one another, at least 2
 */
public record StudyLimits(int answers, int items, int characters, int answersOfSitting) {

    /** As shipped: about a megabyte for a busy person, four at most. */
    public static final StudyLimits DEFAULT = new StudyLimits(8_192, 4_096, 2_000_000, 40);

    public StudyLimits {
        if (answers < 1 || items < 1 || characters < 1 || answersOfSitting < 2) {
            throw new IllegalArgumentException("limits that leave nothing");
        }
    }
}
