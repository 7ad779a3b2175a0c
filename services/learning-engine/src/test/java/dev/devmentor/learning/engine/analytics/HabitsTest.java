package dev.devmentor.learning.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.analytics.Habits.Ask;
import dev.devmentor.learning.engine.analytics.Habits.Begin;
import org.junit.jupiter.api.Test;

class HabitsTest {

    private static final int TODAY = 20_000;

    @Test
    void withoutALogTheyAreThoseOfManyPeople() {
        Habits habits = Habits.of(new Logs().history(), TODAY);

        assertThat(habits.firstGrade(3)).isEqualTo(0.495, within(1e-15));
        assertThat(habits.passGrade(3)).isEqualTo(0.631, within(1e-15));
        assertThat(habits.seconds(Ask.REVIEW, 1)).isEqualTo(19.38, within(1e-12));
        assertThat(habits.attendance(TODAY)).isEqualTo(1);
        assertThat(habits.newPerDay()).isZero();
        assertThat(habits.answers()).isZero();
        assertThat(habits.drawRepeat(Begin.FIRST, 1, 0.0499)).isZero();
        assertThat(habits.drawRepeat(Begin.FIRST, 1, 0.0501)).isEqualTo(1);
        assertThat(habits.drawRepeat(Begin.PASSED, 3, 0.9499)).isZero();
    }

    @Test
    void fiftyAnswersWeighAsMuchAsManyPeople() {
        Logs log = new Logs();
        for (int card = 0; card < 50; card++) {
            log.answer(card, TODAY - 1, 4, 2_000);
        }

        Habits habits = Habits.of(log.history(), TODAY);

        assertThat(habits.firstGrade(4)).isEqualTo((1 + 0.171) / 2, within(1e-15));
        assertThat(habits.seconds(Ask.FIRST, 4)).isEqualTo((2 + 10.71) / 2, within(1e-12));
        assertThat(habits.seconds(Ask.FIRST, 3)).isEqualTo(13.78, within(1e-12));
        assertThat(habits.answers()).isEqualTo(50);
        assertThat(habits.newPerDay()).isEqualTo(50);
    }

    @Test
    void whatFollowsOnTheSameDayIsToldApartByHowTheDayBegan() {
        Logs log = new Logs();
        for (int card = 0; card < 50; card++) {
            log.answer(card, TODAY - 20, 3); // new, left alone afterwards
            log.answer(card, TODAY - 10, 1); // forgotten ...
            log.answer(card, TODAY - 10, 4); // ... then easy, and left alone
        }

        Habits habits = Habits.of(log.history(), TODAY);

        assertThat(habits.drawRepeat(Begin.FIRST, 3, 0.974)).isZero();
        assertThat(habits.drawRepeat(Begin.FIRST, 3, 0.976)).isPositive();
        assertThat(habits.drawRepeat(Begin.LAPSED, 1, 0.024)).isZero();
        assertThat(habits.drawRepeat(Begin.LAPSED, 1, 0.999)).isEqualTo(4);
        assertThat(habits.drawRepeat(Begin.LAPSED, 1, 0.48)).isEqualTo(4);
        assertThat(habits.drawRepeat(Begin.LAPSED, 4, 0.974)).isZero();
        assertThat(habits.drawRepeat(Begin.PASSED, 3, 0.949)).isZero();
        assertThat(habits.drawRepeat(Begin.PASSED, 3, 0.951)).isPositive();
    }

    @Test
    void attendanceIsThatOfTheLastFourWeeks() {
        Logs log = new Logs().answer(0, TODAY - 200, 3);
        for (int week = 1; week <= 4; week++) {
            log.answer(0, TODAY - 7 * week, 3); // today's day of the week
        }

        Habits habits = Habits.of(log.history(), TODAY);

        double overall = 5.0 / 29;
        assertThat(habits.attendance(TODAY)).isEqualTo((4 + 4 * overall) / 8, within(1e-15));
        assertThat(habits.attendance(TODAY + 1)).isEqualTo(4 * overall / 8, within(1e-15));
        assertThat(habits.attendance(TODAY + 7)).isEqualTo(habits.attendance(TODAY));
        assertThat(habits.everyDay().attendance(TODAY + 1)).isEqualTo(1);
    }

    @Test
    void aBreakIsNoHabit() {
        Logs log = new Logs();
        for (int day = TODAY - 40; day < TODAY; day++) {
            if (day < TODAY - 20 || day >= TODAY - 13) {
                log.answer(0, day, 3); // every day, but for a week off
            }
        }

        assertThat(Habits.of(log.history(), TODAY).attendance(TODAY)).isEqualTo(1);
    }

    @Test
    void sixDaysOffAreOnesWay() {
        Logs log = new Logs();
        for (int week = 1; week <= 5; week++) {
            log.answer(0, TODAY - 7 * week, 3);
        }

        double overall = 5.0 / 29;
        assertThat(Habits.of(log.history(), TODAY).attendance(TODAY + 1)).isEqualTo(4 * overall / 8, within(1e-15));
    }

    @Test
    void whoDidNothingLatelyIsTakenToWorkEveryDay() {
        Habits habits = Habits.of(new Logs().answer(0, TODAY - 60, 3).history(), TODAY);

        assertThat(habits.attendance(TODAY)).isEqualTo(1);
        assertThat(habits.answers()).isEqualTo(1);
    }

    @Test
    void daysBeforeTheLogBeganAreNoAbsence() {
        Habits habits = Habits.of(
                new Logs().answer(0, TODAY - 2, 3).answer(0, TODAY - 1, 3).history(), TODAY);

        assertThat(habits.attendance(TODAY)).isEqualTo(1);
    }

    @Test
    void answersOfTodayAndOfLongAgoDoNotCount() {
        Habits habits = Habits.of(
                new Logs()
                        .answer(0, TODAY - 91, 1, 1_000)
                        .answer(1, TODAY, 1, 1_000)
                        .history(),
                TODAY);

        assertThat(habits.answers()).isZero();
        assertThat(habits.firstGrade(1)).isEqualTo(0.24, within(1e-15));
    }
}
