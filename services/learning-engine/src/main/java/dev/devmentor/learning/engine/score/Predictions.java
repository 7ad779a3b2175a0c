package dev.devmentor.learning.engine.score;

import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Predicted and actual outcomes, and their scores. Every score can weigh predictions, which is how a bootstrap draws them
 * several times or not at all. Bins, ranks and logarithms are found once.
 *
 * <p>Source of the definitions: srs-benchmark, utils.py (rmse_matrix), and scikit-learn's log_loss and roc_auc_score.
 */
public final class Predictions {

    private final int size;
    private final double[] p;
    private final boolean[] recalled;
    private final double[] loss;
    private final int[] bin;
    private final int bins;
    private final int[] ascending; // by p

    /**
     * Predictions.
     *
     * @param p of recall, 0 to 1
     * @param recalled what happened
     * @param bin whatever tells one bin of RMSE(bins) from another: see {@link #bin}
     * @throws IllegalArgumentException if lengths differ or a prediction is not 0 to 1
     */
    public Predictions(double[] p, boolean[] recalled, long[] bin) {
        if (recalled.length != p.length || bin.length != p.length) {
            throw new IllegalArgumentException("columns differ in length");
        }
        for (double each : p) {
            if (!(each >= 0 && each <= 1)) {
                throw new IllegalArgumentException("a probability is 0 to 1, not " + each);
            }
        }
        size = p.length;
        this.p = p.clone();
        this.recalled = recalled.clone();
        loss = new double[size];
        for (int i = 0; i < size; i++) {
            loss[i] = -DeterministicMath.log(Math.max(recalled[i] ? p[i] : 1 - p[i], 1e-15));
        }
        this.bin = new int[size];
        Map<Long, Integer> index = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Integer known = index.putIfAbsent(bin[i], index.size());
            this.bin[i] = known == null ? index.size() - 1 : known;
        }
        bins = index.size();
        ascending = ascending(p);
    }

    /**
     * The bin of a prediction: floors of the logarithms of interval (base 3.62), count (1.89) and lapses (1.73).
     *
     * @param days whole days since the review before, at least 1
     * @param count reviews on a later day so far, this one included, plus 1
     * @param lapses earlier reviews on a later day that were graded Again
     */
    public static long bin(int days, int count, int lapses) {
        long interval = power(days, 3.62);
        long reviews = power(count, 1.89);
        long lapsed = lapses == 0 ? 0 : 1 + power(lapses, 1.73);
        return interval << 40 | reviews << 20 | lapsed;
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** All once: the weights of a score that is no bootstrap. */
    public double[] equalWeights() {
        double[] weights = new double[size];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** Mean of minus the logarithm of the outcome's probability, that being 1e-15 at least. */
    public double logLoss(double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < size; i++) {
            sum += weights[i] * loss[i];
            total += weights[i];
        }
        return sum / total;
    }

    /** The root of the mean square of mean prediction minus mean outcome by bin, bins weighing as many predictions. */
    public double rmseBins(double[] weights) {
        double[] away = new double[bins];
        double[] in = new double[bins];
        double total = 0;
        for (int i = 0; i < size; i++) {
            away[bin[i]] += weights[i] * (p[i] - (recalled[i] ? 1 : 0));
            in[bin[i]] += weights[i];
            total += weights[i];
        }
        double sum = 0;
        for (int b = 0; b < bins; b++) {
            if (in[b] > 0) {
                sum += away[b] * away[b] / in[b];
            }
        }
        return Math.sqrt(sum / total);
    }

    /** The chance that a recalled review was predicted higher than a forgotten one, a tie counting half; NaN without both. */
    public double auc(double[] weights) {
        double forgottenBelow = 0;
        double recalledWeight = 0;
        double wins = 0;
        int i = 0;
        while (i < size) {
            double same = p[ascending[i]];
            double forgottenHere = 0;
            double recalledHere = 0;
            for (; i < size && p[ascending[i]] == same; i++) {
                double weight = weights[ascending[i]];
                if (recalled[ascending[i]]) {
                    recalledHere += weight;
                } else {
                    forgottenHere += weight;
                }
            }
            wins += recalledHere * (forgottenBelow + forgottenHere / 2);
            forgottenBelow += forgottenHere;
            recalledWeight += recalledHere;
        }
        return wins / (recalledWeight * forgottenBelow);
    }

    /** The largest k with base^k at most x, for x from 1. */
    private static long power(int x, double base) {
        long k = 0;
        for (double next = base; next <= x; next *= base) {
            k++;
        }
        return k;
    }

    private static int[] ascending(double[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
