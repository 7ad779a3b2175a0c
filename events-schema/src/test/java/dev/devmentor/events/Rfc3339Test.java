package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Rfc3339Test {
    private static final long END = Instant.parse("2201-01-01T00:00:00Z").getEpochSecond();

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000001Z, 1",
        "1970-01-01T00:00:00.0000019Z, 1",
        "1970-01-01t00:00:01z, 1000000",
        "2026-03-01T09:30:00.123456+01:00, 1772353800123456",
        "2026-03-01T09:30:00.123456789+01:00, 1772353800123456",
        "2026-03-01T09:30:00.1+01:00, 1772353800100000",
        "2026-03-01T08:30:00-00:00, 1772353800000000",
        "2024-02-29T00:00:00Z, 1709164800000000",
        "2200-12-31T23:59:59.999999999Z, 7289654399999999",
        "1970-01-01T23:59:00+23:59, 0"
    })
    void readsMicrosecondsSince1970(String text, long micros) {
        assertThat(parse(text)).isEqualTo(micros);
    }

    @Test
    void agreesWithJavaTimeOnEverySecondOfTheAgesItCovers() {
        Random random = new Random(1970);
        for (int i = 0; i < 200_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(END), random.nextInt(1_000_000_000));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60) - 18 * 60) * 60);
            OffsetDateTime time = instant.atOffset(offset);
            long expected = time.getYear() < 1970 || time.getYear() > 2200
                    ? Rfc3339.INVALID
                    : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    time.getSecond() == 0 && time.getNano() == 0 ? time.plusNanos(1) : time);
            assertThat(parse(text)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void writesWhatJavaTimeReads() {
        Random random = new Random(2200);
        for (int i = 0; i < 200_000; i++) {
            int micros = random.nextInt(3) == 0 ? random.nextInt(1000) * 1000 : random.nextInt(1_000_000);
            Instant instant = Instant.ofEpochSecond(random.nextLong(END), micros * 1000L);
            byte[] out = new byte[32];
            int end = Rfc3339.write(out, 0, instant.getEpochSecond(), micros);
            String text = new String(out, 0, end, StandardCharsets.US_ASCII);
            assertThat(Instant.parse(text)).isEqualTo(instant);
            assertThat(parse(text)).isEqualTo(instant.getEpochSecond() * 1_000_000 + micros);
        }
    }

    private static long parse(String text) {
        return Rfc3339.parseMicros(text.toCharArray(), 0, text.length());
    }
}
