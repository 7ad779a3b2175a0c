package dev.devmentor.learning.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointsTest {

    @Test
    void theHarderARightAnswerWasTheMoreItIsWorth() {
        assertThat(Points.answer(true, 0.95, Effort.FULL, 1)).isEqualTo(4);
        assertThat(Points.answer(true, 0.75, Effort.FULL, 1)).isEqualTo(8);
        assertThat(Points.answer(true, 0.25, Effort.FULL, 1)).isEqualTo(16);
        assertThat(Points.answer(true, 0, Effort.FULL, 1)).isEqualTo(20);
    }

    @Test
    void aWrongAnswerWithEffortIsWorthALittle() {
        assertThat(Points.answer(false, 0.75, Effort.FULL, 1)).isEqualTo(2);
        assertThat(Points.answer(false, 0.75, Effort.HALF, 1)).isEqualTo(1);
    }

    @Test
    void anInstantGuessIsWorthNothing() {
        assertThat(Effort.of(700, 0)).isEqualTo(Effort.NONE);
        assertThat(Effort.of(8_999, 60)).isEqualTo(Effort.NONE);
        assertThat(Points.answer(true, 0.1, Effort.NONE, 1)).isZero();
        assertThat(Points.answer(false, 0.1, Effort.NONE, 1)).isZero();
    }

    @Test
    void aHastyAnswerAndOneOfUnknownLengthAreWorthHalf() {
        assertThat(Effort.of(9_000, 60)).isEqualTo(Effort.HALF);
        assertThat(Effort.of(17_999, 60)).isEqualTo(Effort.HALF);
        assertThat(Effort.of(18_000, 60)).isEqualTo(Effort.FULL);
        assertThat(Effort.of(-1, 60)).isEqualTo(Effort.HALF);
        assertThat(Effort.of(1_500, 0)).isEqualTo(Effort.FULL);
    }

    @Test
    void aRepeatIsWorthWhatItsWaitIsOfTheWantedOne() {
        assertThat(Points.spacing(-1, 0)).as("a first answer").isEqualTo(1);
        assertThat(Points.spacing(0, 5)).as("the same day").isZero();
        assertThat(Points.spacing(1, 0)).as("after a wrong answer").isEqualTo(1);
        assertThat(Points.spacing(1, 3)).as("a day instead of four").isEqualTo(0.25);
        assertThat(Points.spacing(4, 3)).isEqualTo(1);
        assertThat(Points.spacing(64, 100)).as("at most 128 days are wanted").isEqualTo(0.5);
    }

    @Test
    void levelsBeginWhereTheFormulaSays() {
        assertThat(Points.level(0)).isEqualTo(1);
        assertThat(Points.level(99)).isEqualTo(1);
        assertThat(Points.level(100)).isEqualTo(2);
        assertThat(Points.level(299)).isEqualTo(2);
        assertThat(Points.level(300)).isEqualTo(3);
        assertThat(Points.level(4_499)).isEqualTo(9);
        assertThat(Points.level(4_500)).isEqualTo(10);
        for (int level = 1; level < 10_000; level++) {
            assertThat(Points.level(Points.ofLevel(level))).isEqualTo(level);
            assertThat(Points.level(Points.ofLevel(level + 1L) - 1)).isEqualTo(level);
        }
    }
}
