package dev.devmentor.learning.engine.progress;

/**
 * What an answer, a task and a level are worth.
 *
 * <p>A right answer is worth 4 to 20 points, the more the less it was expected: 4 + 16 (1 - p). A wrong one is worth 2,
 * since trying to remember teaches also those who fail (H. L. Roediger, J. D. Karpicke, "Test-enhanced learning",
 * Psychological Science 17/3, 2006). Both times {@link Effort}, and times how much of the wait was kept that spaced
 * repetition asks for: an item earns once a day, and fully only when it was due. A day has a limit, a lower one for items
 * that learners bring and grade themselves.
 */
public final class Points {

    /** Most points of one local day for questions that everybody is asked. */
    public static final int SHARED_ITEMS_A_DAY = 600;

    /** Most points of one local day for items of one's own. */
    public static final int OWN_ITEMS_A_DAY = 200;

    /** Points for a completed task. */
    public static final int TASK = 25;

    /** Tasks of one local day that earn points. */
    public static final int TASKS_A_DAY = 5;

    /** Most points that one grant of another service gives. */
    public static final int LARGEST_GRANT = 500;

    /** Most points of one local day that other services grant together. */
    public static final int GRANTED_A_DAY = 1_000;

    private static final double RIGHT_AT_LEAST = 4;
    private static final double RIGHT_BY_SURPRISE = 16;
    private static final double WRONG = 2;
    private static final int LONGEST_WAIT = 7; // doublings: 128 days

    private Points() {}

    /**
     * Points for an answer, before the limit of the day.
     *
     * @param correct whether it was right
     * @param expected probability of a right answer before it, 0 to 1
     * @param spacing see {@link #spacing}
     * @return 0 to 20
     */
    public static int answer(boolean correct, double expected, Effort effort, double spacing) {
        double worth = correct ? RIGHT_AT_LEAST + RIGHT_BY_SURPRISE * (1 - expected) : WRONG;
        double share = switch (effort) {
            case NONE -> 0;
            case HALF -> 0.5;
            case FULL -> 1;
        };
        return (int) (worth * share * spacing);
    }

    /**
     * How much of the wanted wait was kept: 1 for a first answer, 0 on the same day, else the days passed by the days
     * wanted, which double with every day on which the item was answered right, from 1 to 128.
     *
     * @param daysSince local days since the item was last answered; negative if it never was
     * @param rightDays days in a row on which the first answer was right
     */
    public static double spacing(int daysSince, int rightDays) {
        if (daysSince < 0) {
            return 1;
        }
        int wanted = 1 << Math.clamp(rightDays - 1L, 0, LONGEST_WAIT);
        return Math.min(1, (double) daysSince / wanted);
    }

    /** The level that so many points make: the highest L with {@link #ofLevel}(L) at most that many. */
    public static int level(long points) {
        long level = (long) (1 + Math.sqrt(1 + points / 12.5)) / 2;
        while (ofLevel(level + 1) <= points) {
            level++;
        }
        while (ofLevel(level) > points) {
            level--;
        }
        return (int) level;
    }

    /** Points at which a level begins: 50 L (L - 1). Level 1 begins at 0, 2 at 100, 3 at 300, 10 at 4 500. */
    public static long ofLevel(long level) {
        return 50 * level * (level - 1);
    }
}
