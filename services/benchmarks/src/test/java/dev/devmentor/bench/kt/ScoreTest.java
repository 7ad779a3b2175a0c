package dev.devmentor.bench.kt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void figuresAreThoseOfTheDefinitions() {
        Score score = Score.of(
                new double[] {0.9, 0.8, 0.8, 0.3}, new boolean[] {true, true, false, false}, new int[] {0, 0, 1, 1}, 2);
        // pairs: .9 beats both, .8 ties one and beats the other: 3.5 of 4
        assertThat(score.auc()).isEqualTo(0.875);
        assertThat(score.logLoss())
                .isEqualTo(-(Math.log(0.9) + Math.log(0.8) + Math.log(0.2) + Math.log(0.7)) / 4, within(1e-12));
        assertThat(score.rmse()).isEqualTo(Math.sqrt((0.01 + 0.04 + 0.64 + 0.09) / 4), within(1e-12));
    }

    @Test
    void fourOfFivePeopleTrain() {
        long trains = IntStream.range(0, 10_000)
                .filter(i -> KtBenchmark.trains("user" + i))
                .count();
        assertThat(trains).isBetween(7_850L, 8_150L);
    }
}
