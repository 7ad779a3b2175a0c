package dev.devmentor.learning.engine.rating;

import java.util.Arrays;

/**
 * What answers of one epoch say about the weights of a {@link Layer}: gradient and curvature of the log likelihood, summed
 * in whole units of 2<sup>-24</sup>, so that the order and the grouping of sums change no bit. One per thread, merged at
 * the end of the epoch. Not safe for use by several threads.
 */
public final class LayerEvidence {

    /** With values below 2^7 for a feature, 2^25 answers fit into a sum. */
    private static final double UNITS = 0x1p24;

    /** How many sums there are. */
    public static final int SUMS = Features.COUNT + Features.COUNT * (Features.COUNT + 1) / 2;

    private final long[] sums; // the gradient, then the lower triangle of the curvature by rows
    private long answers;

    /** Of no answer. */
    public LayerEvidence() {
        sums = new long[SUMS];
    }

    private LayerEvidence(long answers, long[] sums) {
        this.answers = answers;
        this.sums = sums;
    }

    /**
     * Evidence that was kept.
     *
     * @param units as {@link #units} gave them
     * @throws IllegalArgumentException if there are more or fewer of them than this build has sums
     */
    public static LayerEvidence of(long answers, long[] units) {
        if (units.length != SUMS) {
            throw new IllegalArgumentException(units.length + " sums instead of " + SUMS);
        }
        return new LayerEvidence(answers, units.clone());
    }

    /** The sums in whole units. */
    public long[] units() {
        return sums.clone();
    }

    /** Another with the same answers, which goes on by itself. */
    public LayerEvidence copy() {
        return new LayerEvidence(answers, sums.clone());
    }

    /** Number of answers. */
    public long answers() {
        return answers;
    }

    /** Adds all of another's answers to this. Commutative and associative. */
    public void merge(LayerEvidence other) {
        answers += other.answers;
        for (int i = 0; i < SUMS; i++) {
            sums[i] += other.sums[i];
        }
    }

    void add(double[] features, double score, double information) {
        answers++;
        int at = Features.COUNT;
        for (int i = 0; i < Features.COUNT; i++) {
            sums[i] += (long) Math.rint(score * features[i] * UNITS);
            double row = information * features[i] * UNITS;
            for (int j = 0; j <= i; j++) {
                sums[at++] += (long) Math.rint(row * features[j]);
            }
        }
    }

    double gradient(int feature) {
        return sums[feature] / UNITS;
    }

    double curvature(int i, int j) {
        int row = Math.max(i, j);
        int column = Math.min(i, j);
        return sums[Features.COUNT + row * (row + 1) / 2 + column] / UNITS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerEvidence evidence
                && answers == evidence.answers
                && Arrays.equals(sums, evidence.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums) * 31 + Long.hashCode(answers);
    }
}
