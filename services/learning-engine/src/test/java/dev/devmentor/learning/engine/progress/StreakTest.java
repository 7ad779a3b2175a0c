package dev.devmentor.learning.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreakTest {

    private static Streak active(int... days) {
        Streak streak = Streak.NONE;
        for (int day : days) {
            streak = streak.active(day);
        }
        return streak;
    }

    private static int[] range(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to).toArray();
    }

    @Test
    void daysInARowCountOnceEach() {
        assertThat(active(10, 10, 11, 12, 12)).isEqualTo(new Streak(3, 3, 12, 0, 0, 3));
    }

    @Test
    void withoutAFreezeAMissedDayEndsIt() {
        assertThat(active(10, 11, 13)).isEqualTo(new Streak(1, 2, 13, 0, 0, 3));
    }

    @Test
    void sevenDaysEarnAFreezeAndAMissedDayUsesIt() {
        Streak week = active(range(1, 7));
        assertThat(week).isEqualTo(new Streak(7, 7, 7, 1, 0, 7));
        assertThat(week.active(9)).isEqualTo(new Streak(8, 8, 9, 0, 1, 8));
        assertThat(week.active(10)).as("two days missed, one freeze").isEqualTo(new Streak(1, 7, 10, 1, 0, 8));
    }

    @Test
    void noMoreThanTwoFreezesAreHeld() {
        assertThat(active(range(1, 35)).freezes()).isEqualTo(2);
    }

    @Test
    void aDayThatGoesBackChangesNothing() {
        assertThat(active(10, 11).active(9)).isEqualTo(active(10, 11));
    }

    @Test
    void lookedAtLaterItIsAsTheFreezesLeaveIt() {
        Streak week = active(range(1, 7));
        assertThat(week.daysOn(7)).isEqualTo(7);
        assertThat(week.daysOn(8)).as("today is not over").isEqualTo(7);
        assertThat(week.daysOn(9)).as("a freeze holds yesterday").isEqualTo(7);
        assertThat(week.freezesOn(9)).isZero();
        assertThat(week.daysOn(10)).isZero();
        assertThat(Streak.NONE.daysOn(10)).isZero();
    }
}
