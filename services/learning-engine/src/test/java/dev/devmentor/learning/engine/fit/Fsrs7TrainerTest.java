package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.fit.Fsrs7Trainer.Targets;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Fsrs7TrainerTest {

    @ParameterizedTest
    @EnumSource(Targets.class)
    void givesTheSameBitsOnEveryRun(Targets targets) {
        ReviewHistory history = RandomHistories.history(150, 10, 3);
        Fsrs7Weights first = Fsrs7Trainer.fit(history, targets);
        assertThat(Fsrs7Trainer.fit(history, targets)).isEqualTo(first).isNotEqualTo(Fsrs7Weights.DEFAULT);
    }

    @Test
    void explainsTheHistoryBetterThanTheDefaults() {
        ReviewHistory history = RandomHistories.history(150, 10, 3);
        boolean[] all = new boolean[history.cards()];
        java.util.Arrays.fill(all, true);
        Sequences sequences = Sequences.of(history, all, Fsrs7Trainer.LONGEST_SEQUENCE, true, false);
        Fsrs7Loss model = new Fsrs7Loss(sequences.longest());
        double before = Training.loss(model, sequences, Fsrs7Weights.DEFAULT.toArray());
        double after = Training.loss(
                model, sequences, Fsrs7Trainer.fit(history, Targets.LONG_TERM).toArray());
        assertThat(after).isLessThan(before);
    }

    @Test
    void weightsStayWithinTheirBoundsAndOrder() {
        double[] w = Fsrs7Trainer.fit(RandomHistories.history(40, 12, 8), Targets.ALL)
                .toArray();
        for (int i = 0; i < w.length; i++) {
            assertThat(w[i]).as("w%d", i).isBetween(Fsrs7Trainer.LOW[i], Fsrs7Trainer.HIGH[i]);
        }
        assertThat(java.util.Arrays.copyOf(w, 4)).isSorted();
        assertThat(w[26]).isGreaterThanOrEqualTo(w[25]);
    }

    @Test
    void aHandfulOfReviewsLeavesTheDefaults() {
        assertThat(Fsrs7Trainer.fit(RandomHistories.history(2, 3, 1), Targets.LONG_TERM))
                .isEqualTo(Fsrs7Weights.DEFAULT);
    }
}
