package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.score.Predictions;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether predicted recall came true.
 *
 * @param all of the predictions: how many, and how many were recalled
 * @param predicted mean prediction; NaN of none, as the scores
 * @param logLoss see {@link Predictions#logLoss}
 * @param rmseBins see {@link Predictions#rmseBins}
 * @param auc see {@link Predictions#auc}; NaN unless something was recalled and something forgotten
 * @param bins by prediction, those that are empty left out
 */
public record Calibration(
        Proportion all, double predicted, double logLoss, double rmseBins, double auc, List<Bin> bins) {

    /**
     * Predictions of about one height.
     *
     * @param from lowest that belongs here
     * @param to where the next bin begins
     * @param predicted mean prediction
     * @param observed what came of them, with Wilson's interval of 95 %
     */
    public record Bin(double from, double to, double predicted, Proportion observed) {}

    /**
     * Of the long-term rows of a history.
     *
     * @param predicted recall by row; NaN where nothing was predicted
     * @param fromRow first row
     * @param bins how many bins of equal width, at least 1
     */
    public static Calibration of(AnswerHistory history, double[] predicted, int fromRow, int bins) {
        int[] rows = java.util.stream.IntStream.range(fromRow, history.size())
                .filter(row -> history.isLongTerm(row) && !Double.isNaN(predicted[row]))
                .toArray();
        double[] p = new double[rows.length];
        boolean[] recalled = new boolean[rows.length];
        long[] key = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            p[i] = predicted[rows[i]];
            recalled[i] = history.passed(rows[i]);
            key[i] = history.bin(rows[i]);
        }
        return of(p, recalled, key, bins);
    }

    /**
     * Of predictions and outcomes.
     *
     * @param p 0 to 1
     * @param key the bin of RMSE(bins): see {@link Predictions#bin}
     * @param bins how many bins of equal width, at least 1
     */
    public static Calibration of(double[] p, boolean[] recalled, long[] key, int bins) {
        Predictions predictions = new Predictions(p, recalled, key);
        int[] count = new int[bins];
        int[] hits = new int[bins];
        double[] sum = new double[bins];
        double total = 0;
        Proportion all = new Proportion(0, 0);
        for (int i = 0; i < p.length; i++) {
            int bin = Math.min((int) (p[i] * bins), bins - 1);
            count[bin]++;
            hits[bin] += recalled[i] ? 1 : 0;
            sum[bin] += p[i];
            total += p[i];
            all = all.plus(new Proportion(1, recalled[i] ? 1 : 0));
        }
        List<Bin> filled = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            if (count[bin] > 0) {
                filled.add(new Bin(
                        (double) bin / bins,
                        (double) (bin + 1) / bins,
                        sum[bin] / count[bin],
                        new Proportion(count[bin], hits[bin])));
            }
        }
        double[] equal = predictions.equalWeights();
        return new Calibration(
                all,
                total / p.length,
                predictions.logLoss(equal),
                predictions.rmseBins(equal),
                predictions.auc(equal),
                List.copyOf(filled));
    }
}
