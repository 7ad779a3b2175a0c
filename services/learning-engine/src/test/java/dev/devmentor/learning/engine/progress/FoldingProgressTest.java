package dev.devmentor.learning.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldingProgressTest {
    private final FoldingProgress progress = new FoldingProgress(Progress.NONE);

    private void right(int day, boolean shared, int daysSince, int rightDays, Effort effort) {
        progress.answer(new FoldingProgress.Answer(
                day * 86_400_000_000L, day, true, shared, 0.75, effort, 3, daysSince, rightDays, 0, false, 0));
    }

    @Test
    void aDayOfCrammingOneItemEarnsItsFirstAnswerAlone() {
        right(1, false, -1, 0, Effort.FULL);
        for (int i = 0; i < 500; i++) {
            right(1, false, 0, 1, Effort.FULL);
        }
        Progress after = progress.toState();
        assertThat(after.points()).isEqualTo(8);
        assertThat(after.tally().right()).isEqualTo(1);
        assertThat(after.tally().longestRun()).isEqualTo(1);
    }

    @Test
    void oneEasyItemEveryDayForAYearEarnsLessThanThreeAnswers() {
        right(1, false, -1, 0, Effort.FULL);
        for (int day = 2; day <= 365; day++) {
            right(day, false, 1, day - 1, Effort.FULL);
        }
        assertThat(progress.toState().points()).isEqualTo(8 + 8 + 4 + 2 + 1);
    }

    @Test
    void aDayHasALimitAndALowerOneForItemsOfOnesOwn() {
        for (int i = 0; i < 1_000; i++) {
            right(1, false, -1, 0, Effort.FULL);
        }
        assertThat(progress.toState().points()).isEqualTo(200);
        for (int i = 0; i < 1_000; i++) {
            right(1, true, -1, 0, Effort.FULL);
        }
        assertThat(progress.toState().points()).isEqualTo(800);
        right(2, true, -1, 0, Effort.FULL);
        assertThat(progress.toState().points()).isEqualTo(808);
        assertThat(progress.toState().pointsOn(2)).isEqualTo(8);
    }

    @Test
    void instantGuessesEarnNoPointNoDayAndNoAchievement() {
        for (int day = 1; day <= 30; day++) {
            right(day, true, -1, 0, Effort.NONE);
        }
        assertThat(progress.toState()).isEqualTo(Progress.NONE);
    }

    @Test
    void aTaskCountsOnceAndFiveOfADayEarn() {
        for (int i = 0; i < 10; i++) {
            progress.task(i, 1, "t-" + i);
            progress.task(i, 1, "t-" + i);
        }
        Progress after = progress.toState();
        assertThat(after.points()).isEqualTo(125);
        assertThat(after.tally().tasks()).isEqualTo(5);
        assertThat(after.streak().days()).isEqualTo(1);
        assertThat(after.achievements()).containsEntry("shipped", 0L);
    }

    @Test
    void grantedPointsHaveALimitADayAndKeepNoStreak() {
        progress.granted(1, 1, 500);
        progress.granted(2, 1, 400);
        progress.granted(3, 1, 400);
        progress.granted(4, 2, 7);
        Progress after = progress.toState();
        assertThat(after.points()).isEqualTo(1_007);
        assertThat(after.streak()).isEqualTo(Streak.NONE);
        assertThat(after.achievements()).containsEntry("level-5", 3L);
    }

    @Test
    void anAchievementKeepsTheTimeAtWhichItWasReached() {
        for (int day = 1; day <= 8; day++) {
            right(day, true, -1, 0, Effort.FULL);
        }
        assertThat(progress.toState().achievements())
                .containsEntry("first-step", 86_400_000_000L)
                .containsEntry("week", 7 * 86_400_000_000L);
    }

    @Test
    void thereAreAtLeastFifteenAchievementsWithIdsOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (Achievement achievement : Achievement.values()) {
            assertThat(achievement.id()).matches("[a-z][a-z0-9-]{1,63}");
            assertThat(ids.add(achievement.id())).as(achievement.id()).isTrue();
        }
        assertThat(ids).hasSizeGreaterThanOrEqualTo(15);
    }
}
