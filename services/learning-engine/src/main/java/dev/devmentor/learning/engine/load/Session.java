package dev.devmentor.learning.engine.load;

/**
 * What is kept of the session under way, and the person's own pace over all sessions.
 *
 * @param startMicros when its first answer was given, microseconds since 1970-01-01T00:00Z
 * @param lastMicros when its last answer was given
 * @param answers in the session; 0 before the first of all
 * @param slowness moving mean of how much slower than usual answers come, natural logarithm of the ratio
 * @param misses moving mean of expected minus actual share of right answers, -1 to 1
 * @param complexity moving mean of the questions' complexity, 0 to 1
 * @param pace the person's usual response time beside the needed one, natural logarithm of the ratio
 * @param paced answers that the pace rests on
 */
public record Session(
        long startMicros,
        long lastMicros,
        int answers,
        double slowness,
        double misses,
        double complexity,
        double pace,
        int paced) {

    /** Before the first answer. */
    public static final Session NONE = new Session(0, 0, 0, 0, 0, 0, 0, 0);
}
