package dev.devmentor.learning.engine.progress;

/**
 * How honest an answer looks, by the time that it took. Answers faster than the question can be read are guesses: S. L.
 * Wise, X. Kong, "Response time effort", Applied Measurement in Education 18/2, 2005, set such a threshold per item; 10 %
 * of the usual time is common since (S. L. Wise, L. Ma, "Setting response time thresholds", NCME 2012), here of the time
 * of a good answer and a little more.
 */
public enum Effort {
    /** Faster than anybody reads: worth nothing. */
    NONE,
    /** Hasty, or nobody says how long it took: worth half. */
    HALF,
    /** Long enough to have thought. */
    FULL;

    private static final int LEAST_MS = 800;
    private static final int HASTY_MS = 1_500;

    /**
     * Looks at one answer.
     *
     * @param responseMs milliseconds from question to answer; negative if not known
     * @param neededSeconds what a good answer takes; 0 if not known
     */
    public static Effort of(int responseMs, int neededSeconds) {
        if (responseMs < 0) {
            return HALF;
        }
        long needed = neededSeconds * 1_000L;
        if (responseMs < Math.max(LEAST_MS, needed * 15 / 100)) {
            return NONE;
        }
        return responseMs < Math.max(HASTY_MS, needed * 30 / 100) ? HALF : FULL;
    }
}
