package dev.devmentor.pbml.engine.drift;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;

/**
 * How good the predictions of one model are, each judged before it is learnt from: accuracy, log loss, Brier score and
 * calibration, over all of them and with a fading factor, so that what was wrong a year ago no longer counts.
 *
 * <p>Source: J. Gama, R. Sebastião, P. P. Rodrigues, "On evaluating stream learning algorithms", Machine Learning 90 (2013):
 * S ← L + α S, N ← 1 + α N, error S / N.
 *
 * <p>Not thread-safe.
 */
public final class PrequentialScore {

    /** Remembers some 1 / (1 - α) = 1 000 predictions. */
    public static final double DEFAULT_FADING = 0.999;

    /** Bins of equal width for the calibration error. */
    static final int BINS = 15;

    /** Log loss is that of a probability this far from 0 and 1 at least. */
    private static final double MARGIN = 1e-6;

    private static final int VERSION = 1;

    private final double fading;
    private long predictions;
    private double weight;
    private double right;
    private double loss;
    private double brier;
    private final double[] binWeight = new double[BINS];
    private final double[] binPredicted = new double[BINS];
    private final double[] binHappened = new double[BINS];

    public PrequentialScore() {
        this(DEFAULT_FADING);
    }

    /** @param fading α: above 0; 1 forgets nothing */
    public PrequentialScore(double fading) {
        if (!(fading > 0 && fading <= 1)) {
            throw new IllegalArgumentException("fading " + fading);
        }
        this.fading = fading;
    }

    /**
     * Judges one prediction.
     *
     * @param p the probability that was given to the event, 0 to 1
     * @param happened whether it came
     */
    public void add(double p, boolean happened) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("probability " + p);
        }
        predictions++;
        double y = happened ? 1 : 0;
        double of = Math.max(happened ? p : 1 - p, MARGIN);
        weight = 1 + fading * weight;
        right = (p >= 0.5 == happened ? 1 : 0) + fading * right;
        loss = fading * loss - DeterministicMath.log(of);
        brier = (p - y) * (p - y) + fading * brier;
        int bin = Math.min(BINS - 1, (int) (p * BINS));
        for (int i = 0; i < BINS; i++) {
            binWeight[i] *= fading;
            binPredicted[i] *= fading;
            binHappened[i] *= fading;
        }
        binWeight[bin] += 1;
        binPredicted[bin] += p;
        binHappened[bin] += y;
    }

    /** Predictions so far. */
    public long predictions() {
        return predictions;
    }

    /** Predictions that still count. */
    public double weight() {
        return weight;
    }

    /** Share of predictions on the right side of one half; NaN without any. */
    public double accuracy() {
        return right / weight;
    }

    /** Share of predictions whose event came; NaN without any. If each says what is likeliest, it is the share of right ones. */
    public double hitRate() {
        double sum = 0;
        for (double happened : binHappened) {
            sum += happened;
        }
        return sum / weight;
    }

    /** Mean of -ln p of what happened; NaN without any. */
    public double logLoss() {
        return loss / weight;
    }

    /** Mean squared error of the probabilities; NaN without any. */
    public double brier() {
        return brier / weight;
    }

    /** Expected calibration error over bins of equal width; NaN without any prediction. */
    public double calibrationError() {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.abs(binPredicted[i] - binHappened[i]);
        }
        return sum / weight;
    }

    /** The whole state; {@link #restore} continues from it with the same bits. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        write(out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static PrequentialScore restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, PrequentialScore::read);
    }

    void write(ByteWriter out) {
        out.int1(VERSION);
        out.float8(fading);
        out.varint(predictions);
        out.float8(weight);
        out.float8(right);
        out.float8(loss);
        out.float8(brier);
        for (int i = 0; i < BINS; i++) {
            out.float8(binWeight[i]);
            out.float8(binPredicted[i]);
            out.float8(binHappened[i]);
        }
    }

    static PrequentialScore read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        PrequentialScore score = new PrequentialScore(in.finite8());
        score.predictions = in.varint();
        score.weight = in.finite8();
        score.right = in.finite8();
        score.loss = in.finite8();
        score.brier = in.finite8();
        for (int i = 0; i < BINS; i++) {
            score.binWeight[i] = in.finite8();
            score.binPredicted[i] = in.finite8();
            score.binHappened[i] = in.finite8();
        }
        return score;
    }
}
