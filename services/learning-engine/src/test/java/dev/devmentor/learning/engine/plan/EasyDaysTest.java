package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.EasyDays.MINIMUM;
import static dev.devmentor.learning.engine.plan.EasyDays.NORMAL;
import static dev.devmentor.learning.engine.plan.EasyDays.REDUCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EasyDaysTest {
    private static final EasyDays WEEKEND =
            new EasyDays(List.of(NORMAL, NORMAL, NORMAL, NORMAL, NORMAL, REDUCED, MINIMUM), Map.of());

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    @Test
    void aWeekBeginsOnMonday() {
        assertThat(WEEKEND.weight(day("2026-03-06"))).as("Friday").isEqualTo(1);
        assertThat(WEEKEND.weight(day("2026-03-07"))).as("Saturday").isEqualTo(0.5);
        assertThat(WEEKEND.weight(day("2026-03-08"))).as("Sunday").isZero();
        assertThat(WEEKEND.weight(day("2026-03-09"))).as("Monday").isEqualTo(1);
        assertThat(WEEKEND.weight(day("1969-12-28"))).as("a Sunday before 1970").isZero();
    }

    @Test
    void everyDayIsTheWeekdayOfItsDate() {
        for (int day = -1_000; day < 30_000; day++) {
            int weekday = LocalDate.ofEpochDay(day).getDayOfWeek().getValue() - 1;
            assertThat(WEEKEND.weight(day)).isEqualTo(WEEKEND.weekdays().get(weekday));
        }
    }

    @Test
    void aSingleDateGoesBeforeItsWeekday() {
        EasyDays holiday =
                new EasyDays(WEEKEND.weekdays(), Map.of(day("2026-03-06"), MINIMUM, day("2026-03-08"), NORMAL));

        assertThat(holiday.weight(day("2026-03-06"))).isZero();
        assertThat(holiday.weight(day("2026-03-08"))).isEqualTo(1);
        assertThat(holiday.weight(day("2026-03-13"))).isEqualTo(1);
    }

    @Test
    void aBreakIsARowOfFreeDays() {
        EasyDays away = WEEKEND.without(day("2026-03-02"), day("2026-03-04"));

        assertThat(away.weight(day("2026-03-01"))).as("Sunday").isZero();
        assertThat(away.weight(day("2026-03-02"))).isZero();
        assertThat(away.weight(day("2026-03-04"))).isZero();
        assertThat(away.weight(day("2026-03-05"))).isEqualTo(1);
    }

    @Test
    void refusesWeightsThatAreNone() {
        assertThatThrownBy(() -> new EasyDays(List.of(1.0), Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EasyDays(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.1), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EasyDays(EasyDays.NONE.weekdays(), Map.of(3, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
