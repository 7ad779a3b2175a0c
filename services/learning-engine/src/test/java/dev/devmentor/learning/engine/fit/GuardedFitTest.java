package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(outcome.share()).isGreaterThan(0.5).isLessThanOrEqualTo(1);
        assertThat(outcome.weights())
                .isEqualTo(Fsrs6Weights.of(GuardedFit.between(
                        Fsrs6Weights.DEFAULT.toArray(),
                        Fsrs6Trainer.fit(history).toArray(),
                        outcome.share())));
    }

    @Test
    void theSameHoldsForFsrs7() {
        ReviewHistory history = RandomHistories.history(200, 10, 3);
        Outcome<Fsrs7Weights> outcome =
                GuardedFit.fsrs7(history, Fsrs7Weights.DEFAULT, Fsrs7Trainer.Targets.LONG_TERM, Layer.ONLINE);
        assertThat(outcome.choice()).isEqualTo(Choice.FITTED);
        assertThat(outcome.lossOfFit()).isLessThan(outcome.lossOfDefaults());
        double[] w = outcome.weights().toArray();
        double[] defaults = Fsrs7Weights.DEFAULT.toArray();
        double[] fit = Fsrs7Trainer.fit(history, Fsrs7Trainer.Targets.LONG_TERM).toArray();
        for (int i = 0; i < w.length; i++) {
            assertThat(w[i]).as("w%d", i).isBetween(Math.min(defaults[i], fit[i]), Math.max(defaults[i], fit[i]));
        }
    }

    @Test
    void givesTheSameBitsOnEveryRun() {
        ReviewHistory history = RandomHistories.history(150, 8, 5);
        assertThat(GuardedFit.fsrs7(history, Fsrs7Weights.DEFAULT, Fsrs7Trainer.Targets.LONG_TERM, Layer.ONLINE))
                .isEqualTo(
                        GuardedFit.fsrs7(history, Fsrs7Weights.DEFAULT, Fsrs7Trainer.Targets.LONG_TERM, Layer.ONLINE));
    }

    @Test
    void whatIsInUseStaysIfNoStepToTheFitBeatsIt() {
        ReviewHistory history = RandomHistories.history(200, 10, 3);
        Fsrs6Weights inUse = Fsrs6Trainer.fit(history); // has seen what the trial fit has not
        Outcome<Fsrs6Weights> outcome = GuardedFit.fsrs6(history, inUse, Layer.NONE);
        assertThat(outcome.choice()).isEqualTo(Choice.KEPT);
        assertThat(outcome.share()).isZero();
        assertThat(outcome.weights()).isEqualTo(inUse);
    }

    /** By hand: steps 9 and 10 lose, steps 1 to 8 win nothing but the same, so that each weighs its share: 204 / 360. */
    @Test
    void candidatesAreAveragedByShareAndLikelihood() {
        double[] same = {5, 4, 4, 4, 4, 4, 4, 4, 4, 6, 7};
        assertThat(GuardedFit.shareOfCandidates(same)).isCloseTo(204 / 360.0, within(1e-12));
        double[] clear = {500, 450, 400, 350, 300, 250, 200, 150, 100, 50, 0};
        assertThat(GuardedFit.shareOfCandidates(clear)).isCloseTo(1, within(1e-12));
        double[] nothing = {5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6};
        assertThat(GuardedFit.shareOfCandidates(nothing)).isZero();
    }

    @Test
    void betweenNeverLeavesItsEnds() {
        double[] from = {0.1, 100, 0.3, -0.0};
        double[] to = {0.7, 0.1, 0.3, 0.0};
        for (int i = 0; i <= 1_000; i++) {
            double[] w = GuardedFit.between(from, to, i / 1_000.0);
            assertThat(w[0]).isBetween(0.1, 0.7);
            assertThat(w[1]).isBetween(0.1, 100.0);
            assertThat(w[2]).isEqualTo(0.3);
        }
        assertThat(GuardedFit.between(from, to, 1)[0]).isEqualTo(0.7);
        assertThat(GuardedFit.between(from, to, 0)[1]).isEqualTo(100);
    }

    @Test
    void aSingleHeldOutDayProvesNothingWhereNothingCorrectsIt() {
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
        assertThat(GuardedFit.fsrs6(history, Fsrs6Weights.DEFAULT, Layer.ONLINE).choice())
                .as("the offset corrects it")
                .isEqualTo(Choice.FITTED);
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
