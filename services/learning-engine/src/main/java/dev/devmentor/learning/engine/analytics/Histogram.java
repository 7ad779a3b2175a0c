package dev.devmentor.learning.engine.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How values are distributed.
 *
 * @param count how many there are
 * @param mean NaN of none, as the median
 * @param median the middle one; of an even count the mean of the middle two
 * @param bins in order, empty ones too
 */
public record Histogram(int count, double mean, double median, List<Bin> bins) {

    /** Bounds for stabilities and intervals, in days. */
    private static final double[] DAYS = {0, 1, 3, 7, 14, 21, 30, 60, 90, 180, 365, 730};

    private static final double[] DIFFICULTY = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static final int RECALL_BINS = 20;

    /**
     * So many values within bounds.
     *
     * @param from lowest that belongs here
     * @param to where the next bin begins; infinite in the last one of days
     */
    public record Bin(double from, double to, int count) {}

    /** Of stabilities or intervals in days: 0, 1, 3, 7, 14, 21, 30, 60, 90, 180, 365, 730 and more. */
    public static Histogram ofDays(double[] values) {
        return of(values, DAYS, Double.POSITIVE_INFINITY);
    }

    /** Of difficulties, 1 to 10 in steps of 1; 10 belongs to the last. */
    public static Histogram ofDifficulty(double[] values) {
        return of(values, DIFFICULTY, 10);
    }

    /** Of probabilities in steps of .05; 1 belongs to the last. */
    public static Histogram ofRecall(double[] values) {
        double[] from = new double[RECALL_BINS];
        Arrays.setAll(from, i -> (double) i / RECALL_BINS);
        return of(values, from, 1);
    }

    private static Histogram of(double[] values, double[] from, double end) {
        int[] count = new int[from.length];
        double sum = 0;
        for (double value : values) {
            int bin = from.length - 1;
            while (bin > 0 && value < from[bin]) {
                bin--;
            }
            count[bin]++;
            sum += value;
        }
        List<Bin> bins = new ArrayList<>(from.length);
        for (int bin = 0; bin < from.length; bin++) {
            bins.add(new Bin(from[bin], bin + 1 < from.length ? from[bin + 1] : end, count[bin]));
        }
        return new Histogram(values.length, sum / values.length, median(values), List.copyOf(bins));
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
