package dev.devmentor.pbml.engine.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrequentialScoreTest {

    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    @Test
    void withoutForgettingItIsTheMean() {
        PrequentialScore score = new PrequentialScore(1);
        score.add(0.8, true);
        score.add(0.3, true);
        score.add(0.1, false);
        assertThat(score.accuracy()).isEqualTo(2.0 / 3, within(1e-15));
        assertThat(score.logLoss()).isEqualTo(-(Math.log(0.8) + Math.log(0.3) + Math.log(0.9)) / 3, within(1e-15));
        assertThat(score.brier()).isEqualTo((0.04 + 0.49 + 0.01) / 3, within(1e-15));
        assertThat(score.calibrationError()).isEqualTo((0.2 + 0.7 + 0.1) / 3, within(1e-15));
        assertThat(score.predictions()).isEqualTo(3);
    }

    @Test
    void aCertainErrorHasAFiniteLoss() {
        PrequentialScore score = new PrequentialScore();
        score.add(0, true);
        assertThat(score.logLoss()).isEqualTo(-Math.log(1e-6), within(1e-12));
    }

    @Test
    void fadesOldPredictions() {
        PrequentialScore score = new PrequentialScore(0.9);
        for (int i = 0; i < 1_000; i++) {
            score.add(0.9, false);
        }
        for (int i = 0; i < 100; i++) {
            score.add(0.9, true);
        }
        assertThat(score.accuracy()).isGreaterThan(0.999);
        assertThat(score.weight()).isEqualTo(10, within(1e-3));
    }

    @Test
    void perfectProbabilitiesHaveNoCalibrationError() {
        SplittableRandom random = new SplittableRandom(2);
        PrequentialScore score = new PrequentialScore(1);
        for (int i = 0; i < 200_000; i++) {
            double p = random.nextDouble();
            score.add(p, random.nextDouble() < p);
        }
        assertThat(score.calibrationError()).isLessThan(0.006);
    }

    @Test
    void aRestoredOneContinuesBitByBit() {
        SplittableRandom random = new SplittableRandom(4);
        PrequentialScore score = new PrequentialScore();
        PrequentialScore other = new PrequentialScore();
        for (int i = 0; i < 2_000; i++) {
            double p = random.nextDouble();
            boolean happened = random.nextBoolean();
            score.add(p, happened);
            other.add(p, happened);
            if (i % 100 == 0) {
                other = PrequentialScore.restore(other.snapshot());
                assertThat(other.snapshot()).isEqualTo(score.snapshot());
            }
        }
    }

    @Test
    void keepsTheLatestBucketsOfEachModel() {
        ModelScores scores = new ModelScores(Duration.ofDays(1), 3, 2);
        for (int day = 0; day < 5; day++) {
            for (int i = 0; i <= day; i++) {
                assertThat(scores.add("markov", START.plus(Duration.ofDays(day)), 0.7, true))
                        .isTrue();
            }
        }
        assertThat(scores.add("tree", START, 0.2, false)).isTrue();
        assertThat(scores.add("one too many", START, 0.2, false)).isFalse();
        assertThat(scores.models()).containsExactly("markov", "tree");
        assertThat(scores.buckets("markov"))
                .extracting(bucket -> bucket.score().predictions())
                .containsExactly(3L, 4L, 5L);
        assertThat(scores.buckets("markov").getFirst().from()).isEqualTo(START.plus(Duration.ofDays(2)));
        assertThat(scores.recent("markov").predictions()).isEqualTo(15);
        assertThat(scores.recent("unknown").predictions()).isZero();
        assertThat(ModelScores.restore(scores.snapshot()).snapshot()).isEqualTo(scores.snapshot());
    }

    @Test
    void refusesWhatIsNoProbability() {
        PrequentialScore score = new PrequentialScore();
        assertThatThrownBy(() -> score.add(1.1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> score.add(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PrequentialScore(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
