package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.fit.GuardedFit.Choice;
import dev.devmentor.learning.engine.fit.GuardedFit.Layer;
import dev.devmentor.learning.engine.fit.GuardedFit.Outcome;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import org.junit.jupiter.api.Test;

class GuardedFitTest {

    @Test
    void aFitThatPredictsTheHeldOutDaysBetterTakesOver() {
        ReviewHistory history = RandomHistories.history(200, 10, 3);
        Outcome<Fsrs6Weights> outcome = GuardedFit.fsrs6(history, Fsrs6Weights.DEFAULT, Layer.NONE);
        assertThat(outcome.choice()).isEqualTo(Choice.FITTED);
        assertThat(outcome.lossOfFit()).isLessThan(outcome.lossOfDefaults());
        assertThat(outcome.weights()).isEqualTo(Fsrs6Trainer.fit(history));
    }

    @Test
    void theSameHoldsForFsrs7() {
        ReviewHistory history = RandomHistories.history(200, 10, 3);
        Outcome<Fsrs7Weights> outcome =
                GuardedFit.fsrs7(history, Fsrs7Weights.DEFAULT, Fsrs7Trainer.Targets.LONG_TERM, Layer.ONLINE);
        assertThat(outcome.choice()).isEqualTo(Choice.FITTED);
        assertThat(outcome.lossOfFit()).isLessThan(outcome.lossOfDefaults());
    }

    @Test
    void aSingleHeldOutDayProvesNothing() {
        int cards = 300;
        int[] card = new int[2 * cards];
        int[] grade = new int[2 * cards];
        int[] days = new int[2 * cards];
        double[] elapsed = new double[2 * cards];
        long[] time = new long[2 * cards];
        for (int i = 0; i < cards; i++) {
            card[i] = i;
            card[cards + i] = i;
            grade[i] = 3;
            grade[cards + i] = 1;
            days[cards + i] = 2;
            elapsed[cards + i] = 2;
            time[i] = 1 + i;
            time[cards + i] = 2 * 86_400_000L + i;
        }
        ReviewHistory history = ReviewHistory.of(card, grade, days, elapsed, time);
        Outcome<Fsrs6Weights> outcome = GuardedFit.fsrs6(history, Fsrs6Weights.DEFAULT, Layer.NONE);
        assertThat(outcome.lossOfFit()).isLessThan(outcome.lossOfDefaults());
        assertThat(outcome.choice()).isEqualTo(Choice.DEFAULTS);
        assertThat(outcome.weights()).isEqualTo(Fsrs6Weights.DEFAULT);
    }

    @Test
    void badWeightsInUseGiveWay() {
        ReviewHistory history = RandomHistories.history(200, 10, 3);
        double[] bad = Fsrs6Weights.DEFAULT.toArray();
        bad[0] = 90;
        bad[1] = 90;
        bad[2] = 90;
        bad[3] = 90;
        Outcome<Fsrs6Weights> outcome = GuardedFit.fsrs6(history, Fsrs6Weights.of(bad), Layer.NONE);
        assertThat(outcome.weights()).isNotEqualTo(Fsrs6Weights.of(bad));
    }

    @Test
    void withNothingToHoldOutTheWeightsInUseStay() {
        ReviewHistory history = RandomHistories.history(2, 2, 1);
        assertThat(GuardedFit.fsrs6(history, Fsrs6Weights.DEFAULT, Layer.NONE).choice())
                .isEqualTo(Choice.DEFAULTS);
    }
}
