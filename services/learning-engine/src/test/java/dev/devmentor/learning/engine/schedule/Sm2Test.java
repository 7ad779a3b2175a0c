package dev.devmentor.learning.engine.schedule;

import static dev.devmentor.learning.engine.schedule.Grade.AGAIN;
import static dev.devmentor.learning.engine.schedule.Grade.EASY;
import static dev.devmentor.learning.engine.schedule.Grade.GOOD;
import static dev.devmentor.learning.engine.schedule.Grade.HARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Sm2Test {

    @Test
    void beginsWithOneDayAndSixAndMultipliesFromThere() {
        assertThat(intervals(GOOD, GOOD, GOOD, GOOD, GOOD)).containsExactly(1, 6, 15, 38, 95);
    }

    @Test
    void easeFollowsTheFormulaOfThePaper() {
        assertThat(Sm2.nextEase(2.5, 4)).isEqualTo(2.6, within(1e-12));
        assertThat(Sm2.nextEase(2.5, 3)).isEqualTo(2.5, within(1e-12));
        assertThat(Sm2.nextEase(2.5, 2)).isEqualTo(2.36, within(1e-12));
        assertThat(Sm2.nextEase(2.5, 1)).isEqualTo(2.18, within(1e-12));
    }

    @Test
    void easeNeverFallsBelowOnePointThree() {
        Sm2Memory memory = Sm2Memory.NEW;
        for (int i = 0; i < 20; i++) {
            memory = Sm2.next(memory, AGAIN);
        }
        assertThat(memory).isEqualTo(new Sm2Memory(1.3, 1, 0));
    }

    @Test
    void aFailureStartsTheRepetitionsAgainAndCostsEase() {
        assertThat(intervals(GOOD, GOOD, GOOD, AGAIN, GOOD, GOOD, GOOD)).containsExactly(1, 6, 15, 1, 1, 6, 14);
    }

    @Test
    void theIntervalUsesTheEaseAfterTheAnswer() {
        assertThat(intervals(GOOD, GOOD, EASY)).containsExactly(1, 6, 16); // 6 x 2.6 = 15.6
        assertThat(intervals(GOOD, GOOD, HARD)).containsExactly(1, 6, 15); // 6 x 2.36 = 14.16
    }

    @Test
    void intervalsEndAtAHundredYears() {
        Sm2Memory memory = Sm2Memory.NEW;
        for (int i = 0; i < 100; i++) {
            memory = Sm2.next(memory, EASY);
        }
        assertThat(memory.intervalDays()).isEqualTo(36_500);
    }

    @Test
    void aBetterGradeNeverGivesAShorterInterval() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100_000; i++) {
            Sm2Memory memory =
                    new Sm2Memory(random.nextDouble(1.3, 4), random.nextInt(1, 36_501), random.nextInt(0, 30));
            int shorter = 0;
            for (Grade grade : Grade.values()) {
                int days = Sm2.next(memory, grade).intervalDays();
                assertThat(days).isGreaterThanOrEqualTo(shorter);
                shorter = days;
            }
        }
    }

    private static List<Integer> intervals(Grade... grades) {
        List<Integer> intervals = new ArrayList<>();
        Sm2Memory memory = Sm2Memory.NEW;
        for (Grade grade : grades) {
            memory = Sm2.next(memory, grade);
            intervals.add(memory.intervalDays());
        }
        return intervals;
    }
}
