package dev.devmentor.learning.log;

import java.time.Instant;

/** Times as the log keeps them: microseconds since 1970-01-01T00:00Z. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** Microseconds of an instant; what is finer is cut off. */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
    }

    /** Instant of microseconds. */
    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000L);
    }
}
