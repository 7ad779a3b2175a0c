package dev.devmentor.pbml.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StudyTailBoundTest {

    @Test
    void tenHeadsOfTenAreAsRareAsTheyAre() {
        assertThat(heads(10, 10).probability()).isCloseTo(1 / 1024.0, within(1e-9));
    }

    @Test
    void eightOfTenHaveTheBoundOfChernoff() {
        // exp(-10 KL(.8 ‖ .5)); the exact tail is 56/1024 = .0547
        assertThat(heads(10, 8).probability()).isCloseTo(0.145519, within(1e-6));
        assertThat(heads(10, 8).deviations()).isCloseTo(1.897367, within(1e-6));
    }

    @Test
    void theTailOfFewIsExact() {
        assertThat(heads(10, 8).tail()).isCloseTo(56 / 1024.0, within(1e-9));
        assertThat(heads(10, 10).tail()).isCloseTo(1 / 1024.0, within(1e-9));
        assertThat(heads(30, 25).tail()).isCloseTo(174_437.0 / (1 << 30), within(1e-9));
    }

    @Test
    void whatIsNoMoreThanExpectedIsCertain() {
        assertThat(heads(10, 5).probability()).isEqualTo(1);
        assertThat(heads(10, 2).probability()).isEqualTo(1);
        assertThat(new TailBound().probability()).isEqualTo(1);
    }

    @Test
    void neverFallsBelowTheTailOfWeightedRareMisses() {
        SplittableRandom random = new SplittableRandom(7);
        double[] rates = random.doubles(20, 0.02, 0.5).toArray();
        double[] weights = random.doubles(20, 0.1, 1).toArray();
        int below = 0;
        int times = 2_000;
        for (int i = 0; i < times; i++) {
            TailBound bound = new TailBound();
            for (int k = 0; k < rates.length; k++) {
                bound.addMiss(rates[k], weights[k], random.nextDouble() < rates[k]);
            }
            below += bound.probability() <= 0.05 ? 1 : 0;
        }
        assertThat(below).isBetween(1, times * 5 / 100);
    }

    @Test
    void qValuesAreThoseOfBenjaminiAndHochberg() {
        assertThat(FalseDiscovery.qValues(new double[] {0.5, 0.01, 0.03, 0.02}, 5, 1))
                .containsExactly(new double[] {0.625, 0.05, 0.05, 0.05}, within(1e-12));
        assertThat(FalseDiscovery.qValues(new double[] {0.01}, 5, 0.5))
                .containsExactly(new double[] {0.1}, within(1e-12));
    }

    private static TailBound heads(int coins, int heads) {
        TailBound bound = new TailBound();
        for (int i = 0; i < coins; i++) {
            bound.addMiss(0.5, 1, i < heads);
        }
        return bound;
    }
}
