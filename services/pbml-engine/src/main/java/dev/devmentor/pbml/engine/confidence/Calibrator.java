package dev.devmentor.pbml.engine.confidence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;

/**
 * Turns the probabilities of a model into ones that come true as often as they say, learning from each outcome after it was
 * predicted.
 *
 * <p>Raw probabilities fall into {@value #BINS} bins of equal width in log odds. A bin knows how often what it was asked
 * about came, and how much it was given on average; together with {@value #PRIOR} imagined observations that say the model
 * is right. The rates are made monotone by pooling adjacent violators (Ayer et al. 1955; as a calibration: Zadrozny and
 * Elkan, KDD 2002), and between the bins' means the curve is straight. Bins forget by halving, so it follows a model that
 * changes.
 *
 * <p>Sums are whole numbers. Not thread-safe.
 */
public final class Calibrator {

    static final int BINS = 48;

    /** Log odds beyond these count as these. */
    private static final double LARGEST = 9;

    private static final int PRIOR = 8;

    /** A bin with so many halves all: on eight histories 2¹¹ had less log loss than 2⁹ and than never forgetting. */
    private static final int MOST = 1 << 11;

    private static final double UNIT = 1 << 24;
    private static final double MARGIN = 1e-6;
    private static final int VERSION = 1;

    private final long[] counts = new long[BINS];
    private final long[] happened = new long[BINS];

    /** Sums of raw probabilities, in 2⁻²⁴. */
    private final long[] given = new long[BINS];

    private final double[] x = new double[BINS];
    private final double[] y = new double[BINS];
    private final double[] weight = new double[BINS];
    private int points;
    private boolean stale = true;

    /**
     * The probability that may be told.
     *
     * @param raw the model's, 0 to 1
     * @return rises with {@code raw}; between 0 and 1
     */
    public double calibrate(double raw) {
        check(raw);
        if (stale) {
            refresh();
        }
        if (raw <= x[0]) {
            return y[0] * (x[0] == 0 ? 1 : raw / x[0]);
        }
        if (raw >= x[points - 1]) {
            double left = 1 - x[points - 1];
            return left <= 0 ? y[points - 1] : 1 - (1 - y[points - 1]) * ((1 - raw) / left);
        }
        int low = 0;
        int high = points - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (x[middle] <= raw) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return y[low] + (y[high] - y[low]) * ((raw - x[low]) / (x[high] - x[low]));
    }

    /** Learns whether what was given a raw probability came. */
    public void learn(double raw, boolean came) {
        check(raw);
        int bin = bin(raw);
        counts[bin]++;
        happened[bin] += came ? 1 : 0;
        given[bin] += Math.round(raw * UNIT);
        if (counts[bin] >= MOST) {
            counts[bin] >>= 1;
            happened[bin] >>= 1;
            given[bin] >>= 1;
        }
        stale = true;
    }

    private static void check(double raw) {
        if (!(raw >= 0 && raw <= 1)) {
            throw new IllegalArgumentException("probability " + raw);
        }
    }

    private static int bin(double raw) {
        double within = Math.min(Math.max(raw, MARGIN), 1 - MARGIN);
        double odds = DeterministicMath.log(within / (1 - within));
        return Math.clamp((int) ((odds + LARGEST) / (2 * LARGEST) * BINS), 0, BINS - 1);
    }

    private static double middle(int bin) {
        double odds = (bin + 0.5) / BINS * 2 * LARGEST - LARGEST;
        return 1 / (1 + DeterministicMath.exp(-odds));
    }

    private void refresh() {
        points = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double n = counts[bin] + PRIOR;
            double mean = (given[bin] / UNIT + PRIOR * middle(bin)) / n;
            double rate = (happened[bin] + PRIOR * middle(bin)) / n;
            x[points] = mean;
            y[points] = rate;
            weight[points] = n;
            points++;
        }
        // pool adjacent violators; a pool's points keep their places and share its rate
        int pools = 0;
        double[] rates = new double[BINS];
        double[] weights = new double[BINS];
        int[] sizes = new int[BINS];
        for (int i = 0; i < points; i++) {
            rates[pools] = y[i];
            weights[pools] = weight[i];
            sizes[pools++] = 1;
            while (pools > 1 && rates[pools - 2] > rates[pools - 1]) {
                double sum = weights[pools - 2] + weights[pools - 1];
                rates[pools - 2] =
                        (rates[pools - 2] * weights[pools - 2] + rates[pools - 1] * weights[pools - 1]) / sum;
                weights[pools - 2] = sum;
                sizes[pools - 2] += sizes[pools - 1];
                pools--;
            }
        }
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < sizes[pool]; i++) {
                y[at++] = rates[pool];
            }
        }
        stale = false;
    }

    /** The whole state; {@link #restore} continues from it with the same bits. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        write(out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static Calibrator restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, Calibrator::read);
    }

    /** Writes the state among others. */
    public void write(ByteWriter out) {
        out.int1(VERSION);
        for (int bin = 0; bin < BINS; bin++) {
            out.varint(counts[bin]);
            out.varint(happened[bin]);
            out.varint(given[bin]);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Calibrator read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        Calibrator calibrator = new Calibrator();
        for (int bin = 0; bin < BINS; bin++) {
            calibrator.counts[bin] = in.varint();
            calibrator.happened[bin] = in.varint();
            calibrator.given[bin] = in.varint();
            if (calibrator.counts[bin] < calibrator.happened[bin] || calibrator.happened[bin] < 0) {
                throw new IllegalArgumentException("counts of a bin");
            }
        }
        return calibrator;
    }
}
