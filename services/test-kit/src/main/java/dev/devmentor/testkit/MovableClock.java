package dev.devmentor.testkit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The service's clock in tests: the system's, moved on by as much as a test says. */
@Singleton
public class MovableClock extends Clock {
    private volatile Duration moved = Duration.ZERO;

    /** Moves the clock so far from the true time; zero sets it right again. */
    public void moveTo(Duration fromNow) {
        moved = fromNow;
    }

    @Override
    public Instant instant() {
        return Instant.now(Clock.systemUTC()).plus(moved);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), moved);
    }
}
