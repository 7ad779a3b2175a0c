package dev.devmentor.pbml.engine.confidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures whether probabilities mean what they say: of what was given 70 %, seven of ten should come.
 *
 * <p>Source: the expected calibration error of M. P. Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian
 * Binning", AAAI 2015, over {@value #BINS} bins of equal width.
 *
 * <p>Not thread-safe.
 */
public final class Calibration {

    static final int BINS = 15;

    private final long[] counts = new long[BINS];
    private final long[] happened = new long[BINS];
    private final double[] predicted = new double[BINS];
    private long total;

    /**
     * A row of the reliability diagram.
     *
     * @param from the lowest probability of the bin
     * @param count predictions in it
     * @param predicted their mean
     * @param happened how often what they were given to came
     */
    public record Bin(double from, long count, double predicted, double happened) {}

    /** @param p a probability that was given, 0 to 1 */
    public void add(double p, boolean came) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("probability " + p);
        }
        int bin = Math.min(BINS - 1, (int) (p * BINS));
        counts[bin]++;
        predicted[bin] += p;
        happened[bin] += came ? 1 : 0;
        total++;
    }

    public long count() {
        return total;
    }

    /** Mean distance between what was given and what came, over the bins by their size; 0 without predictions. */
    public double error() {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.abs(predicted[i] - happened[i]);
        }
        return total == 0 ? 0 : sum / total;
    }

    /** The bins that hold predictions. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                bins.add(new Bin(
                        (double) i / BINS, counts[i], predicted[i] / counts[i], (double) happened[i] / counts[i]));
            }
        }
        return bins;
    }
}
