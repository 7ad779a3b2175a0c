package dev.devmentor.gateway.breaker;

import java.time.Duration;

/**
 * When a breaker opens, and for how long.
 *
 * @param failures in a row that open it, at least 1
 * @param open for how long it opens the first time; also how long the one try of a half-open breaker is waited for before another
 *     one is let through
 * @param longest for how long at most
 * @param calm how long it has to have been closed to begin with the short time again
 */
public record BreakerTimes(int failures, Duration open, Duration longest, Duration calm) {
    public BreakerTimes {
        if (failures < 1 || !open.isPositive() || longest.compareTo(open) < 0 || calm.isNegative()) {
            throw new IllegalArgumentException(
                    "a breaker can't work with " + failures + ", " + open + ", " + longest + ", " + calm);
        }
    }
}
