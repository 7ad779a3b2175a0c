package dev.devmentor.learning.engine.rating;

/** Time between answers. */
public final class Moment {

    /** The second of the last answer where there was none. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final double SECONDS_PER_DAY = 86_400;

    private Moment() {}

    /** Days from one answer to the next, at least 0 (a clock that went back counts as no time); 0 if there was none. */
    static double days(long lastSecond, long second) {
        return lastSecond == NEVER || second <= lastSecond ? 0 : (second - lastSecond) / SECONDS_PER_DAY;
    }
}
