package dev.devmentor.kit.time;

import java.time.DateTimeException;
import java.time.Instant;

/** Times as logs keep them: microseconds since 1970-01-01T00:00Z. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final Instant END = Instant.parse("2201-01-01T00:00:00Z");

    private Micros() {}

    /** Microseconds of an instant; what is finer is cut off. */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
    }

    /**
     * The instant itself, if events can carry it: the years 1970 to 2200.
     *
     * @throws DateTimeException if they cannot
     */
    public static Instant requireInReach(Instant instant) {
        if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END)) {
            throw new DateTimeException("not in the years 1970 to 2200");
        }
        return instant;
    }

    /** Instant of microseconds. */
    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000L);
    }
}
