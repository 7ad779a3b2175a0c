package dev.devmentor.bench.kt;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How good predictions are, with intervals over people: 95 % of resamples of whole people lie within. */
record Score(double auc, double logLoss, double rmse, Interval aucInterval, Interval logLossInterval) {

    private static final int RESAMPLES = 200;
    private static final double FLOOR = 1e-6;

    record Interval(double low, double high) {}

    /**
     * @param predictions probability of a right answer
     * @param right what it was
     * @param person whose answer it was, 0 and up
     * @param people how many there are
     */
    static Score of(double[] predictions, boolean[] right, int[] person, int people) {
        int[] order = IntStream.range(0, predictions.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> predictions[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] losses = new double[people];
        int[] counts = new int[people];
        double loss = 0;
        double square = 0;
        for (int i = 0; i < predictions.length; i++) {
            double p = Math.clamp(predictions[i], FLOOR, 1 - FLOOR);
            double own = -Math.log(right[i] ? p : 1 - p);
            losses[person[i]] += own;
            counts[person[i]]++;
            loss += own;
            double error = predictions[i] - (right[i] ? 1 : 0);
            square += error * error;
        }
        int[] once = new int[people];
        Arrays.fill(once, 1);
        SplittableRandom random = new SplittableRandom(17);
        double[] aucs = new double[RESAMPLES];
        double[] means = new double[RESAMPLES];
        for (int k = 0; k < RESAMPLES; k++) {
            int[] weights = new int[people];
            for (int i = 0; i < people; i++) {
                weights[random.nextInt(people)]++;
            }
            aucs[k] = auc(order, predictions, right, person, weights);
            double sum = 0;
            long n = 0;
            for (int i = 0; i < people; i++) {
                sum += weights[i] * losses[i];
                n += (long) weights[i] * counts[i];
            }
            means[k] = sum / Math.max(n, 1);
        }
        return new Score(
                auc(order, predictions, right, person, once),
                loss / predictions.length,
                Math.sqrt(square / predictions.length),
                interval(aucs),
                interval(means));
    }

    /** The chance that a right answer was predicted higher than a wrong one; equal ones count half. */
    private static double auc(int[] order, double[] predictions, boolean[] right, int[] person, int[] weights) {
        double wrongBelow = 0;
        double pairs = 0;
        double allRight = 0;
        int i = 0;
        while (i < order.length) {
            double rightHere = 0;
            double wrongHere = 0;
            double value = predictions[order[i]];
            for (; i < order.length && predictions[order[i]] == value; i++) {
                int weight = weights[person[order[i]]];
                if (right[order[i]]) {
                    rightHere += weight;
                } else {
                    wrongHere += weight;
                }
            }
            pairs += rightHere * (wrongBelow + wrongHere / 2);
            wrongBelow += wrongHere;
            allRight += rightHere;
        }
        return allRight == 0 || wrongBelow == 0 ? 0.5 : pairs / (allRight * wrongBelow);
    }

    private static Interval interval(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return new Interval(sorted[RESAMPLES / 40], sorted[RESAMPLES - 1 - RESAMPLES / 40]);
    }
}
