package dev.devmentor.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What makes two records equal when their events say the same. */
final class Values {
    private Values() {}

    /** Events carry microseconds: it is what PostgreSQL keeps. */
    static Instant micros(Instant instant) {
        return instant.getNano() % 1000 == 0 ? instant : instant.truncatedTo(ChronoUnit.MICROS);
    }

    static @Nullable Instant microsOrNull(@Nullable Instant instant) {
        return instant == null ? null : micros(instant);
    }

    /** Negative zero is zero. */
    static @Nullable Double plain(@Nullable Double number) {
        return number == null || number != 0.0 ? number : Double.valueOf(0.0);
    }

    /** Negative zero is zero. */
    static double plain(double number) {
        return number != 0.0 ? number : 0.0;
    }
}
