package dev.devmentor.learning.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Fsrs6Test {

    private static final Fsrs6 MODEL = Fsrs6.DEFAULT;

    @Test
    void recallIsCertainAtOnceAndNinetyPercentAfterTheStability() {
        assertThat(MODEL.retrievability(12.5, 0)).isEqualTo(1);
        assertThat(MODEL.retrievability(12.5, 12.5)).isEqualTo(0.9);
    }

    @Test
    void theIntervalForNinetyPercentIsTheStabilityItself() {
        assertThat(MODEL.intervalPerStability(0.9)).isEqualTo(1);
        assertThat(MODEL.nextInterval(36.6, 0.9)).isEqualTo(36.6);
    }

    @Test
    void wholeDaysAreRoundedHalfUpAndLimited() {
        assertThat(Fsrs6.wholeDays(0.001, 1, 36_500)).isEqualTo(1);
        assertThat(Fsrs6.wholeDays(2.49, 1, 36_500)).isEqualTo(2);
        assertThat(Fsrs6.wholeDays(2.5, 1, 36_500)).isEqualTo(3);
        assertThat(Fsrs6.wholeDays(400, 1, 365)).isEqualTo(365);
        assertThat(Fsrs6.wholeDays(36_500, 40, Integer.MAX_VALUE)).isEqualTo(1_460_000);
    }

    @Test
    void onTheSameDayHardNeverLowersStability() {
        for (double stability : new double[] {0.001, 0.2, 1, 5, 100, 36_500}) {
            assertThat(MODEL.nextStability(stability, 5, 2, 0)).isGreaterThanOrEqualTo(stability);
            assertThat(MODEL.nextStability(stability, 5, 3, 0)).isGreaterThanOrEqualTo(stability);
        }
        assertThat(MODEL.nextStability(5, 5, 1, 0)).isLessThan(5);
    }

    @Test
    void initialStabilityHasTheFloorOfFsrsRs() {
        double[] weights = Fsrs6Weights.DEFAULT.toArray();
        weights[0] = 0.0001;
        weights[1] = 0.05;
        Fsrs6 model = new Fsrs6(Fsrs6Weights.of(weights));
        assertThat(model.firstStability(1)).isEqualTo(0.001);
        assertThat(model.firstStability(2)).isEqualTo(0.05);
    }

    @Test
    void aLapseNeverRaisesStabilityAndABetterGradeNeverLowersIt() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            double stability = Math.exp(random.nextDouble(Math.log(0.001), Math.log(36_500)));
            double difficulty = random.nextDouble(1, 10);
            int days = random.nextInt(4) == 0 ? 0 : (int) Math.exp(random.nextDouble(0, 11));
            double again = MODEL.nextStability(stability, difficulty, 1, days);
            double hard = MODEL.nextStability(stability, difficulty, 2, days);
            double good = MODEL.nextStability(stability, difficulty, 3, days);
            double easy = MODEL.nextStability(stability, difficulty, 4, days);
            assertThat(again).isLessThanOrEqualTo(stability);
            assertThat(hard).isBetween(stability, good);
            assertThat(easy).isGreaterThanOrEqualTo(good);
        }
    }

    @Test
    void aBetterGradeNeverRaisesDifficulty() {
        for (double difficulty = 1; difficulty <= 10; difficulty += 0.01) {
            double above = 10;
            for (int grade = 1; grade <= 4; grade++) {
                double next = MODEL.nextDifficulty(difficulty, grade);
                assertThat(next).isBetween(1.0, above);
                above = next;
            }
        }
    }

    @Test
    void memoriesStayWithinTheirBoundsUnderAnyHistory() {
        SplittableRandom random = new SplittableRandom(8);
        Fsrs6Memory memory = MODEL.next(null, Grade.GOOD, 0);
        for (int i = 0; i < 200_000; i++) {
            int days = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << random.nextInt(1, 31));
            memory = MODEL.next(memory, Grade.of(random.nextInt(1, 5)), days);
            assertThat(memory.stability()).isBetween(0.001, 36_500.0);
            assertThat(memory.difficulty()).isBetween(1.0, 10.0);
        }
    }

    @Test
    void aHigherWantedRetentionNeverGivesALongerInterval() {
        int before = Integer.MAX_VALUE;
        for (int percent = 70; percent <= 99; percent++) {
            int days = Fsrs6.wholeDays(100, MODEL.intervalPerStability(percent / 100.0), 36_500);
            assertThat(days).isLessThanOrEqualTo(before);
            before = days;
        }
        assertThat(before).isEqualTo(7);
    }

    @Test
    void refusesElapsedDaysBelowZeroAndWeightsThatAreNone() {
        assertThatThrownBy(() -> MODEL.next(new Fsrs6Memory(1, 5), Grade.GOOD, -1))
                .hasMessage("elapsed days cannot be negative: -1");
        assertThatThrownBy(() -> Fsrs6Weights.of(1, 2, 3)).hasMessage("FSRS-6 has 21 weights, not 3");
        double[] weights = Fsrs6Weights.DEFAULT.toArray();
        weights[20] = Double.NaN;
        assertThatThrownBy(() -> Fsrs6Weights.of(weights)).hasMessage("weight 20 is NaN");
    }
}
