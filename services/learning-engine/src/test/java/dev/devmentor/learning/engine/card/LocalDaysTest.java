package dev.devmentor.learning.engine.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalDaysTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");

    @Test
    void aDayBeginsAtTheRolloverHour() {
        assertThat(dayAt("2026-03-02T02:59:59.999999Z", BERLIN, 4)).isEqualTo("2026-03-01");
        assertThat(dayAt("2026-03-02T03:00:00Z", BERLIN, 4)).isEqualTo("2026-03-02");
        assertThat(startOf("2026-03-02", BERLIN, 4)).isEqualTo("2026-03-02T03:00:00Z");
    }

    @Test
    void anIntervalCountsDaysAndNotHoursAcrossSummerTime() {
        int saturday = day("2026-03-28");
        assertThat(instant(LocalDays.dueAtMicros(saturday, 1, BERLIN, 4))).hasToString("2026-03-29T02:00:00Z");
        assertThat(instant(LocalDays.dueAtMicros(saturday, 0, BERLIN, 4))).hasToString("2026-03-28T03:00:00Z");
    }

    @Test
    void aRolloverInAGapBeginsTheDayAtTheEndOfTheGap() {
        // 2026-03-29: 02:00 is followed by 03:00
        assertThat(startOf("2026-03-29", BERLIN, 2)).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(dayAt("2026-03-29T00:59:59.999999Z", BERLIN, 2)).isEqualTo("2026-03-28");
        assertThat(dayAt("2026-03-29T01:00:00Z", BERLIN, 2)).isEqualTo("2026-03-29");
    }

    @Test
    void aRolloverThatComesTwiceBeginsTheDayTheFirstTime() {
        // 2026-10-25: 03:00 is followed by 02:00
        assertThat(startOf("2026-10-25", BERLIN, 2)).isEqualTo("2026-10-25T00:00:00Z");
        assertThat(dayAt("2026-10-24T23:59:59.999999Z", BERLIN, 2)).isEqualTo("2026-10-24");
        assertThat(dayAt("2026-10-25T01:30:00Z", BERLIN, 2)).isEqualTo("2026-10-25");
    }

    @Test
    void aDayNeverEndsTwiceWhereClocksGoBackOverMidnight() {
        // St. John's, 2010-11-07: 00:01 is followed by 23:01 of the day before
        ZoneId stJohns = ZoneId.of("America/St_Johns");
        assertThat(startOf("2010-11-07", stJohns, 0)).isEqualTo("2010-11-07T02:30:00Z");
        assertThat(dayAt("2010-11-07T02:30:30Z", stJohns, 0)).isEqualTo("2010-11-07");
        assertThat(dayAt("2010-11-07T03:00:00Z", stJohns, 0)).isEqualTo("2010-11-07"); // the clock shows 23:30
    }

    @Test
    void theDayThatSamoaLeftOutLastsFromTheChangeToTheNextRollover() {
        // 2011-12-29T24:00-10:00 is 2011-12-31T00:00+14:00
        assertThat(startOf("2011-12-29", APIA, 4)).isEqualTo("2011-12-29T14:00:00Z");
        assertThat(startOf("2011-12-30", APIA, 4)).isEqualTo("2011-12-30T10:00:00Z");
        assertThat(startOf("2011-12-31", APIA, 4)).isEqualTo("2011-12-30T14:00:00Z");
        assertThat(dayAt("2011-12-30T09:59:59Z", APIA, 4)).isEqualTo("2011-12-29");
        assertThat(dayAt("2011-12-30T10:00:00Z", APIA, 4)).isEqualTo("2011-12-30");
        assertThat(dayAt("2011-12-30T14:00:00Z", APIA, 4)).isEqualTo("2011-12-31");
    }

    @Test
    void withARolloverAtMidnightTheDayLeftOutIsEmpty() {
        assertThat(startOf("2011-12-30", APIA, 0)).isEqualTo("2011-12-30T10:00:00Z");
        assertThat(startOf("2011-12-31", APIA, 0)).isEqualTo("2011-12-30T10:00:00Z");
        assertThat(dayAt("2011-12-30T09:59:59.999999Z", APIA, 0)).isEqualTo("2011-12-29");
        assertThat(dayAt("2011-12-30T10:00:00Z", APIA, 0)).isEqualTo("2011-12-31");
    }

    @Test
    void reachesFrom1970To2200AndFurther() {
        assertThat(dayAt("1970-01-01T00:00:00Z", ZoneOffset.UTC, 0)).isEqualTo("1970-01-01");
        assertThat(dayAt("1970-01-01T00:00:00Z", ZoneOffset.UTC, 4)).isEqualTo("1969-12-31");
        assertThat(dayAt("1969-12-31T23:59:59.999999Z", ZoneOffset.UTC, 0)).isEqualTo("1969-12-31");
        assertThat(startOf("2200-07-01", BERLIN, 4)).isEqualTo("2200-07-01T02:00:00Z");
        assertThat(startOf("2200-01-01", BERLIN, 4)).isEqualTo("2200-01-01T03:00:00Z");
        assertThat(startOf("2399-07-01", BERLIN, 4)).isEqualTo("2399-07-01T02:00:00Z");
        assertThat(startOf("1600-07-01", ZoneId.of("Asia/Kolkata"), 0)).isEqualTo("1600-06-30T18:06:32Z"); // +05:53:28
        int furthest = Entry.Answer.FURTHEST_LOCAL_DAY;
        assertThat(LocalDays.dueAtMicros(furthest, 36_500, ZoneOffset.UTC, 0))
                .isEqualTo((furthest + 36_500L) * 86_400_000_000L);
        assertThat(LocalDays.localDay(Long.MAX_VALUE, BERLIN, 4)).isEqualTo(106_751_991);
        assertThat(LocalDays.localDay(Long.MIN_VALUE, BERLIN, 4)).isEqualTo(-106_751_992);
    }

    @Test
    void fixedOffsetsAreZonesToo() {
        assertThat(startOf("2026-01-01", ZoneId.of("+05:45"), 4)).isEqualTo("2025-12-31T22:15:00Z");
        assertThat(dayAt("2025-12-31T22:14:59Z", ZoneId.of("+05:45"), 4)).isEqualTo("2025-12-31");
    }

    @Test
    void refusesAZoneThatDoesNotExist() {
        assertThatThrownBy(() -> LocalDays.requireZone("Europe/Berlim"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such zone: 'Europe/Berlim'");
    }

    /** Against java.time, around every change of every zone from 1970 to 2050. */
    @Test
    void agreesWithJavaTimeAroundEveryChangeOfEveryZone() {
        Set<ZoneRules> seen = new HashSet<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue;
            }
            ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.EPOCH);
            while (change != null && change.getInstant().isBefore(Instant.parse("2050-01-01T00:00:00Z"))) {
                LocalDate date = change.getDateTimeBefore().toLocalDate();
                for (int rollover : new int[] {0, 1, 2, 3, 4, 23}) {
                    checkDays(zone, date.minusDays(2), 5, rollover);
                }
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
        assertThat(seen).hasSizeGreaterThan(300);
    }

    private static void checkDays(ZoneId zone, LocalDate first, int days, int rollover) {
        for (int i = 0; i < days; i++) {
            int day = (int) first.toEpochDay() + i;
            long start = LocalDays.dueAtMicros(day, 0, zone, rollover);
            long end = LocalDays.dueAtMicros(day, 1, zone, rollover);
            if (start != micros(startByJavaTime(first.plusDays(i), zone, rollover))
                    || end < start
                    || LocalDays.localDay(start - 1, zone, rollover) >= day
                    || (end > start && LocalDays.localDay(start, zone, rollover) != day)
                    || (end > start && LocalDays.localDay(end - 1, zone, rollover) != day)) {
                throw new AssertionError(zone + " " + first.plusDays(i) + " rollover " + rollover);
            }
        }
    }

    private static Instant startByJavaTime(LocalDate date, ZoneId zone, int rollover) {
        LocalDateTime wall = date.atTime(rollover, 0);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wall);
        return offsets.isEmpty()
                ? zone.getRules().getTransition(wall).getInstant()
                : wall.toInstant(offsets.getFirst());
    }

    private static String dayAt(String instant, ZoneId zone, int rollover) {
        return LocalDate.ofEpochDay(LocalDays.localDay(micros(Instant.parse(instant)), zone, rollover))
                .toString();
    }

    private static String startOf(String date, ZoneId zone, int rollover) {
        return instant(LocalDays.dueAtMicros(day(date), 0, zone, rollover)).toString();
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
