package dev.devmentor.pbml.engine.embedding;

import java.util.Arrays;

/**
 * An embedding with a byte for each number, -127 to 127, where the largest is ±127: only the direction counts. Its cosines are
 * computed from whole numbers, so that they are the same wherever they are computed. Immutable.
 */
public final class QuantisedEmbedding {

    private final byte[] bytes;
    private final double length;

    private QuantisedEmbedding(byte[] bytes) {
        this.bytes = bytes;
        this.length = Math.sqrt(dot(bytes, 0, bytes, 0));
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws IllegalArgumentException if there are not {@link Embedder#DIMENSION} bytes
     */
    public static QuantisedEmbedding of(byte[] bytes) {
        if (bytes.length != Embedder.DIMENSION) {
            throw new IllegalArgumentException(
                    "an embedding has " + Embedder.DIMENSION + " bytes, this has " + bytes.length);
        }
        return new QuantisedEmbedding(bytes.clone());
    }

    /** A copy, for storage. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Whether the text said nothing. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** -1 to 1; 0 if either is empty. */
    public double cosine(QuantisedEmbedding other) {
        return cosine(dot(bytes, 0, other.bytes, 0), length, other.length);
    }

    static double cosine(int dot, double length, double otherLength) {
        return length == 0 || otherLength == 0 ? 0 : dot / (length * otherLength);
    }

    double length() {
        return length;
    }

    void copyTo(byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, bytes.length);
    }

    int dot(byte[] others, int at) {
        return dot(bytes, 0, others, at);
    }

    /** At most 384 · 128² in size, so that no sum overflows. A plain loop, which the compilers vectorise. */
    static int dot(byte[] a, int atA, byte[] b, int atB) {
        int sum = 0;
        for (int i = 0; i < Embedder.DIMENSION; i++) {
            sum += a[atA + i] * b[atB + i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantisedEmbedding embedding && Arrays.equals(bytes, embedding.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
