package dev.devmentor.auth.throttle;

import java.time.Duration;

/**
 * How one thing that is counted makes people wait.
 *
 * @param free failures that cost nothing
 * @param first milliseconds to wait after the next one; it doubles with every further one
 * @param longest milliseconds, however many there were
 * @param leak milliseconds in which one failure is forgotten
 */
record Rule(int free, long first, long longest, long leak) {
    static Rule of(int free, Duration first, Duration longest, Duration leak) {
        return new Rule(free, first.toMillis(), longest.toMillis(), leak.toMillis());
    }

    /** Milliseconds to wait after so many failures. */
    long delay(long failures) {
        if (failures < free) {
            return 0;
        }
        long doublings = Math.min(failures - free, 40);
        return Math.min(longest, first << doublings);
    }

    /** More failures than this are not counted: they would only be remembered for longer. */
    int most() {
        int most = free;
        while (delay(most) < longest) {
            most++;
        }
        return most + 1;
    }
}
