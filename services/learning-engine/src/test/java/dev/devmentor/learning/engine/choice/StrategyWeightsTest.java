package dev.devmentor.learning.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.choice.StrategyWeights.Shares;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StrategyWeightsTest {

    @Test
    void atFirstAllAreDrawnAlike() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(StrategyWeights.INITIAL.shares().of(strategy)).isEqualTo(0.2, within(1e-9));
        }
    }

    @Test
    void whatHelpsMostIsDrawnMostAndNothingFallsBelowTheFloor() {
        SplittableRandom random = new SplittableRandom(1);
        StrategyWeights weights = StrategyWeights.INITIAL;
        for (int i = 0; i < 600; i++) {
            Strategy strategy = Strategy.values()[i % 5];
            double mean = strategy == Strategy.PREREQUISITE_REPAIR ? 0.05 : 0.01;
            weights = weights.observed(strategy, 1, mean + 0.05 * random.nextGaussian());
        }
        Shares shares = weights.shares();

        assertThat(shares.of(Strategy.PREREQUISITE_REPAIR)).isGreaterThan(0.5);
        for (Strategy strategy : Strategy.values()) {
            assertThat(shares.of(strategy)).isGreaterThanOrEqualTo(StrategyWeights.FLOOR);
        }
        assertThat(shares.shares().stream().mapToDouble(share -> share).sum()).isEqualTo(1, within(1e-12));
        assertThat(weights.meanHelp(Strategy.PREREQUISITE_REPAIR)).isEqualTo(0.05, within(0.01));
    }

    @Test
    void whatStoppedHelpingIsLeft() {
        StrategyWeights weights = StrategyWeights.INITIAL;
        for (int i = 0; i < 500; i++) {
            weights = weights.observed(Strategy.values()[i % 5], 1, i % 5 == 1 ? 0.06 : 0.01);
        }
        double then = weights.shares().of(Strategy.WEAKEST_SKILL);
        for (int i = 0; i < 3_000; i++) {
            weights = weights.observed(Strategy.values()[i % 5], 1, i % 5 == 1 ? -0.01 : 0.01);
        }
        assertThat(then).isGreaterThan(0.5);
        assertThat(weights.shares().of(Strategy.WEAKEST_SKILL)).isEqualTo(StrategyWeights.FLOOR, within(0.01));
    }

    @Test
    void aShareOfAnObservationCountsAsThatMuch() {
        StrategyWeights once = StrategyWeights.INITIAL.observed(Strategy.DUE_REVIEW, 0.5, 0.2);

        assertThat(once.arms().getFirst()).isEqualTo(new StrategyWeights.Arm(0.5, 0.1));
    }

    @Test
    void theSameObservationsGiveTheSameBits() {
        assertThat(run()).isEqualTo(run());
        long hash = 17;
        for (double share : run().shares().shares()) {
            hash = hash * 31 + Double.doubleToLongBits(share);
        }
        assertThat(hash).isEqualTo(CHECKSUM);
    }

    private static final long CHECKSUM = 1461561273797802304L;

    private static StrategyWeights run() {
        StrategyWeights weights = StrategyWeights.INITIAL;
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1_000; i++) {
            weights = weights.observed(
                    Strategy.values()[random.nextInt(5)], random.nextDouble(), random.nextDouble() - 0.4);
        }
        return weights;
    }

    @Test
    void theNormalDistributionIsThatOfTheTables() {
        assertThat(StrategyWeights.below(0)).isEqualTo(0.5, within(1e-7));
        assertThat(StrategyWeights.below(1.96)).isEqualTo(0.9750021, within(1e-7));
        assertThat(StrategyWeights.below(-1)).isEqualTo(0.1586553, within(1e-7));
    }

    @Test
    void aFloorThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> StrategyWeights.INITIAL.shares(0.21)).isInstanceOf(IllegalArgumentException.class);
        assertThat(StrategyWeights.INITIAL.shares(0.2).shares()).containsOnly(0.2);
        assertThatThrownBy(() -> new StrategyWeights(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
