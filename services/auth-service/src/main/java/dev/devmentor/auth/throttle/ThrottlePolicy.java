package dev.devmentor.auth.throttle;

import dev.devmentor.auth.throttle.Throttle.Kind;
import java.time.Duration;

/** How much of what makes people wait for how long. docs/security.md says the same in words. */
final class ThrottlePolicy {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private ThrottlePolicy() {}

    /** From one place, or one known browser, at one account: 0, 0, 0, 1, 2, 4 … seconds, up to a quarter of an hour. */
    static Rule own(Kind kind) {
        return switch (kind) {
            case PASSWORD, DEVICE_CODE -> Rule.of(3, SECOND, QUARTER, QUARTER);
            // 24 a day: three of a million are right at a time, so that one in some ten thousand days finds one.
            case SECOND_FACTOR -> Rule.of(3, SECOND, HOUR, HOUR);
            case SECRET -> Rule.of(10, SECOND, QUARTER, MINUTE);
            case MAIL -> Rule.of(3, MINUTE, QUARTER, Duration.ofMinutes(10));
        };
    }

    /** From one place, at whomever: many people can sit behind one address. */
    static Rule net(Kind kind) {
        return switch (kind) {
            case PASSWORD -> Rule.of(30, SECOND, QUARTER, Duration.ofSeconds(30));
            case DEVICE_CODE, SECOND_FACTOR -> Rule.of(10, SECOND, QUARTER, MINUTE);
            case SECRET -> Rule.of(30, SECOND, MINUTE, Duration.ofSeconds(10));
            case MAIL -> Rule.of(20, Duration.ofSeconds(10), QUARTER, MINUTE);
        };
    }

    /** From wherever, at one account: never a lock, only some seconds between asking and trying. */
    static Rule account() {
        return Rule.of(50, SECOND, Duration.ofSeconds(5), MINUTE);
    }
}
