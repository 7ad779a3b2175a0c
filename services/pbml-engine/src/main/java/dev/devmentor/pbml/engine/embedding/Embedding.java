package dev.devmentor.pbml.engine.embedding;

import java.util.Arrays;

/**
 * What {@link Embedder} makes of a text: {@link Embedder#DIMENSION} numbers whose squares add up to 1, or all zeros if the text
 * says nothing (no letter, no digit). Immutable.
 */
public final class Embedding {

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** Of any length but 0, which is made 1; the sums are taken in the order of the numbers. */
    static Embedding normalised(double[] sums) {
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        float[] values = new float[sums.length];
        if (squares > 0) {
            double length = Math.sqrt(squares);
            for (int i = 0; i < sums.length; i++) {
                values[i] = (float) (sums[i] / length);
            }
        }
        return new Embedding(values);
    }

    /** A copy of the numbers. */
    public float[] values() {
        return values.clone();
    }

    /** Whether the text said nothing; such a text is like no other. */
    public boolean isEmpty() {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** -1 to 1, up to rounding; 0 if either is empty. */
    public double cosine(Embedding other) {
        double dot = 0;
        for (int i = 0; i < values.length; i++) {
            dot += (double) values[i] * other.values[i];
        }
        return dot;
    }

    /** The form that is stored and searched: a byte a number. */
    public QuantisedEmbedding quantised() {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length && largest > 0; i++) {
            bytes[i] = (byte) Math.round(values[i] * 127.0 / largest);
        }
        return QuantisedEmbedding.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
