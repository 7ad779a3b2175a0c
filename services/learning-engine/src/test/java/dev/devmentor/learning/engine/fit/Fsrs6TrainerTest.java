package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import org.junit.jupiter.api.Test;

class Fsrs6TrainerTest {

    @Test
    void givesTheSameBitsOnEveryRun() {
        ReviewHistory history = RandomHistories.history(150, 10, 3);
        Fsrs6Weights first = Fsrs6Trainer.fit(history);
        assertThat(Fsrs6Trainer.fit(history)).isEqualTo(first).isNotEqualTo(Fsrs6Weights.DEFAULT);
    }

    @Test
    void explainsTheHistoryBetterThanTheDefaults() {
        ReviewHistory history = RandomHistories.history(150, 10, 3);
        boolean[] kept = Outliers.kept(history);
        Sequences sequences = Sequences.of(history, kept, Fsrs6Trainer.LONGEST_SEQUENCE, false, false);
        Fsrs6Loss model = new Fsrs6Loss(sequences.longest());
        double before = Training.loss(model, sequences, Fsrs6Weights.DEFAULT.toArray());
        double after = Training.loss(model, sequences, Fsrs6Trainer.fit(history).toArray());
        assertThat(after).isLessThan(before);
    }

    @Test
    void weightsStayWithinTheirBounds() {
        double[] w = Fsrs6Trainer.fit(RandomHistories.history(40, 12, 8)).toArray();
        for (int i = 0; i < w.length; i++) {
            assertThat(w[i]).as("w%d", i).isBetween(Fsrs6Trainer.LOW[i], Fsrs6Trainer.HIGH[i]);
        }
    }

    @Test
    void aHandfulOfReviewsLeavesTheDefaults() {
        assertThat(Fsrs6Trainer.fit(RandomHistories.history(2, 3, 1))).isEqualTo(Fsrs6Weights.DEFAULT);
    }

    @Test
    void fewReviewsFitInitialStabilitiesOnly() {
        double[] fitted = null;
        for (int cards = 22; fitted == null; cards++) {
            ReviewHistory history = RandomHistories.history(cards, 2, 4);
            boolean[] kept = Outliers.kept(history);
            int targets = Sequences.of(history, kept, 256, false, false).totalTargets();
            if (targets >= Fsrs6Trainer.FEWEST_TARGETS) {
                assertThat(targets).isLessThan(Fsrs6Trainer.FEWEST_TARGETS_FOR_ALL);
                fitted = Fsrs6Trainer.fit(history).toArray();
            }
        }
        double[] defaults = Fsrs6Weights.DEFAULT.toArray();
        assertThat(java.util.Arrays.copyOf(fitted, 4)).isNotEqualTo(java.util.Arrays.copyOf(defaults, 4));
        assertThat(java.util.Arrays.copyOfRange(fitted, 4, 21))
                .isEqualTo(java.util.Arrays.copyOfRange(defaults, 4, 21));
    }

    @Test
    void theCosineGoesFromOneToMinusOne() {
        for (int i = 0; i <= 100; i++) {
            assertThat(Training.cosineOfPiTimes(i / 100.0))
                    .isCloseTo(Math.cos(Math.PI * i / 100.0), org.assertj.core.api.Assertions.within(1e-14));
        }
    }

    @Test
    void recentTargetsWeighMore() {
        ReviewHistory history = RandomHistories.history(60, 6, 2);
        boolean[] all = new boolean[history.cards()];
        java.util.Arrays.fill(all, true);
        Sequences sequences = Sequences.of(history, all, 256, false, false);
        double[] weights = java.util.Arrays.stream(sequences.weight())
                .filter(w -> w > 0)
                .sorted()
                .toArray();
        assertThat(weights).hasSize(history.longTermCount());
        assertThat(weights[0]).isEqualTo(0.25);
        assertThat(weights[weights.length - 1]).isEqualTo(1);
        double x = 10.0 / (weights.length - 1);
        assertThat(weights[10]).isCloseTo(0.25 + 0.75 * x * x * x, org.assertj.core.api.Assertions.within(1e-12));
    }
}
