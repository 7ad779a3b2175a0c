package dev.devmentor.gateway.filter;

import io.netty.util.AsciiString;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as HTTP writes it (RFC 9110 section 5.6.7), written once a second. */
final class Now {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    // Nothing is decided by it, and it is asked from every place that answers.
    private static final Clock CLOCK = Clock.systemUTC();
    private static volatile Now last = new Now(0);

    private final long second;
    private final AsciiString text;

    private Now(long second) {
        this.second = second;
        text = AsciiString.cached(FORMAT.format(Instant.ofEpochSecond(second)));
    }

    static AsciiString text() {
        long second = CLOCK.millis() / 1000;
        Now now = last;
        if (now.second != second) {
            now = new Now(second);
            last = now;
        }
        return now.text;
    }
}
