package dev.devmentor.learning.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PredictionsTest {

    private static final double[] P = {0.9, 0.8, 0.8, 0.3};
    private static final boolean[] RECALLED = {true, true, false, false};

    @Test
    void logLossIsTheMeanSurprise() {
        Predictions predictions = new Predictions(P, RECALLED, new long[4]);
        double expected = -(Math.log(0.9) + Math.log(0.8) + Math.log(0.2) + Math.log(0.7)) / 4;
        assertThat(predictions.logLoss(predictions.equalWeights())).isEqualTo(expected, within(1e-12));
    }

    @Test
    void logLossOfACertainMistakeIsFinite() {
        Predictions predictions = new Predictions(new double[] {1}, new boolean[] {false}, new long[1]);
        assertThat(predictions.logLoss(predictions.equalWeights())).isEqualTo(-Math.log(1e-15), within(1e-9));
    }

    @Test
    void rmseComparesMeansBinByBin() {
        Predictions predictions = new Predictions(P, RECALLED, new long[] {1, 1, 7, 7});
        double first = 0.85 - 1;
        double second = 0.55 - 0;
        assertThat(predictions.rmseBins(predictions.equalWeights()))
                .isEqualTo(Math.sqrt((2 * first * first + 2 * second * second) / 4), within(1e-12));
    }

    @Test
    void aucCountsPairsAndHalvesTies() {
        Predictions predictions = new Predictions(P, RECALLED, new long[4]);
        assertThat(predictions.auc(predictions.equalWeights())).isEqualTo(3.5 / 4, within(1e-12));
    }

    @Test
    void aWeightOfTwoIsThePredictionTwice() {
        SplittableRandom random = new SplittableRandom(4);
        double[] p = random.doubles(40).toArray();
        boolean[] recalled = new boolean[40];
        long[] bin = new long[40];
        double[] weights = new double[40];
        double[] twiceP = new double[60];
        boolean[] twiceRecalled = new boolean[60];
        long[] twiceBin = new long[60];
        int at = 0;
        for (int i = 0; i < 40; i++) {
            recalled[i] = random.nextBoolean();
            bin[i] = random.nextInt(5);
            weights[i] = i % 2 == 0 ? 1 : 2;
            for (int n = 0; n < weights[i]; n++) {
                twiceP[at] = p[i];
                twiceRecalled[at] = recalled[i];
                twiceBin[at++] = bin[i];
            }
        }
        Predictions once = new Predictions(p, recalled, bin);
        Predictions twice = new Predictions(twiceP, twiceRecalled, twiceBin);
        double[] equal = twice.equalWeights();
        assertThat(once.logLoss(weights)).isEqualTo(twice.logLoss(equal), within(1e-12));
        assertThat(once.rmseBins(weights)).isEqualTo(twice.rmseBins(equal), within(1e-12));
        assertThat(once.auc(weights)).isEqualTo(twice.auc(equal), within(1e-12));
    }

    /** Against the formulas of srs-benchmark, utils.py, which name a bin by a number inside of it. */
    @Test
    void binsAreThoseOfSrsBenchmark() {
        java.util.Map<String, Long> byName = new java.util.HashMap<>();
        java.util.Map<Long, String> byBin = new java.util.HashMap<>();
        for (int days = 1; days < 400; days++) {
            for (int count = 2; count < 40; count++) {
                for (int lapses = 0; lapses < count; lapses += 1 + lapses / 3) {
                    String name = Math.floor(Math.log(days) / Math.log(3.62)) + " "
                            + Math.floor(Math.log(count) / Math.log(1.89)) + " "
                            + (lapses == 0 ? "none" : Math.floor(Math.log(lapses) / Math.log(1.73)));
                    long bin = Predictions.bin(days, count, lapses);
                    assertThat(byName.merge(name, bin, (a, b) -> a)).isEqualTo(bin);
                    assertThat(byBin.merge(bin, name, (a, b) -> a)).isEqualTo(name);
                }
            }
        }
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> new Predictions(new double[] {Double.NaN}, new boolean[1], new long[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
