package dev.devmentor.bench.srs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.score.Predictions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SrsBenchmarkTest {

    @Test
    void theWorstPartIsTheOneWhereAFitIsFurthestAboveItsDefault() {
        assertThat(SrsBenchmark.worstDelta(new double[] {0.5, 0.25, 0.25}, new double[] {0.5, 0.125, 0.5}))
                .isEqualTo(0.125);
        assertThat(SrsBenchmark.worstDelta(new double[] {0.25, 0.25}, new double[] {0.5, 0.75}))
                .isEqualTo(-0.25);
    }

    /** Every prediction is a cluster of its own: the interval is that of a mean, 1.96 standard errors to either side. */
    @Test
    void intervalsAreThoseOfTheBootstrap() {
        int n = 400;
        double[] p = new double[n];
        boolean[] recalled = new boolean[n];
        int[] clusters = new int[n];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < n; i++) {
            p[i] = i % 2 == 0 ? 0.9 : 0.8;
            recalled[i] = random.nextDouble() < p[i];
            clusters[i] = i;
        }
        Predictions predictions = new Predictions(p, recalled, new long[n]);
        double mean = predictions.logLoss(predictions.equalWeights());
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double away = -Math.log(recalled[i] ? p[i] : 1 - p[i]) - mean;
            squares += away * away;
        }
        double error = Math.sqrt(squares) / n;
        double[] interval = SrsBenchmark.intervals(predictions, clusters).logLoss();
        assertThat((interval[1] - interval[0]) / (2 * 1.96 * error)).isBetween(0.9, 1.1);
        assertThat(interval[0]).isLessThan(mean);
        assertThat(interval[1]).isGreaterThan(mean);
    }

    @Test
    void whatIsOneClusterIsDrawnAsOne() {
        Predictions predictions =
                new Predictions(new double[] {0.9, 0.6}, new boolean[] {true, false}, new long[] {1, 2});
        double loss = predictions.logLoss(predictions.equalWeights());
        assertThat(SrsBenchmark.intervals(predictions, new int[2]).logLoss()).containsExactly(loss, loss);
    }
}
