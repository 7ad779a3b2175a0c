package dev.devmentor.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waiting for a condition, never for time. The limits only bound how long a broken build hangs. */
public final class Conditions {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private Conditions() {}

    /** Waits until it is true, at most 60 s. */
    public static void await(String what, Callable<Boolean> condition) {
        await(what, LIMIT, condition);
    }

    public static void await(String what, Duration atMost, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(condition);
    }

    /** Waits until the assertions hold, at most 60 s; fails with the last assertion that did not. */
    public static void awaitAsserted(String what, ThrowingRunnable assertions) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .untilAsserted(assertions);
    }

    /** Waits until there is a value and returns it, at most 60 s. */
    public static <T> T awaitValue(String what, Callable<Optional<T>> source) {
        return Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(source, Optional::isPresent)
                .orElseThrow();
    }
}
