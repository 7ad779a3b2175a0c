package dev.devmentor.gateway.retry;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to try again, budget apart.
 *
 * @param retries of one request at most
 * @param waits before the first, second, … retry; the last one for all further ones
 * @param jitter share of a wait by which it is longer or shorter at most, 0 to 1
 */
record RetryRules(int retries, List<Duration> waits, double jitter) {
    /** Methods that do the same when they are done twice (RFC 9110 9.2.2), but for TRACE, which goes nowhere. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

    RetryRules {
        waits = List.copyOf(waits);
        if (retries < 0 || waits.isEmpty() || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("no rules for retries: " + retries + ", " + waits + ", " + jitter);
        }
    }

    /**
     * The wait before the next try.
     *
     * @param tries that were made
     * @param atOnce whether another instance can be tried without any wait
     * @param left until the request's time is over
     * @param random from 0 up to 1
     * @return null if it is not tried again
     */
    @Nullable Duration next(String method, int tries, boolean bodyIsKept, boolean atOnce, Duration left, DoubleSupplier random) {
        if (tries > retries || !bodyIsKept || !IDEMPOTENT.contains(method)) {
            return null;
        }
        Duration wait = Duration.ZERO;
        if (!atOnce) {
            Duration base = waits.get(Math.min(tries, waits.size()) - 1);
            wait = Duration.ofNanos((long) (base.toNanos() * (1 + jitter * (2 * random.getAsDouble() - 1))));
        }
        return wait.compareTo(left) < 0 ? wait : null;
    }
}
