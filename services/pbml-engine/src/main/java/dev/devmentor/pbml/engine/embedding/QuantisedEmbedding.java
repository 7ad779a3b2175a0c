package dev.devmentor.pbml.engine.embedding;

import java.util.Arrays;

/**
 * An embedding with a byte for each number, -127 to 127, where the largest is ±127: only the direction counts. Its cosines are
 * computed from whole numbers, so that they are the same wherever they are computed. Immutable.
 */
public final class QuantisedEmbedding {

    /**
     * Ints that four bytes each are packed into: number i in byte i / 96 of int i % 96. A loop over ints is vectorised by the
     * compilers, one over bytes is not, and takes five times as long.
     */
    static final int PACKED = Embedder.DIMENSION / 4;

    private final int[] packed;
    private final double length;

    private QuantisedEmbedding(int[] packed) {
        this.packed = packed;
        this.length = Math.sqrt(dot(unpacked(), packed, 0));
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
        int[] packed = new int[PACKED];
        for (int i = 0; i < bytes.length; i++) {
            packed[i % PACKED] |= (bytes[i] & 0xff) << 8 * (i / PACKED);
        }
        return new QuantisedEmbedding(packed);
    }

    /** {@link Embedder#DIMENSION} bytes, for storage. */
    public byte[] toBytes() {
        byte[] bytes = new byte[Embedder.DIMENSION];
        int[] numbers = unpacked();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers[i];
        }
        return bytes;
    }

    /** Whether the text said nothing. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** -1 to 1, up to rounding; 0 if either is empty. */
    public double cosine(QuantisedEmbedding other) {
        return cosine(dot(unpacked(), other.packed, 0), length, other.length);
    }

    static double cosine(int dot, double length, double otherLength) {
        return length == 0 || otherLength == 0 ? 0 : dot / (length * otherLength);
    }

    double length() {
        return length;
    }

    void copyTo(int[] to, int at) {
        System.arraycopy(packed, 0, to, at, PACKED);
    }

    /** The numbers themselves, for {@link #dot}. */
    int[] unpacked() {
        int[] numbers = new int[Embedder.DIMENSION];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = packed[i % PACKED] << 24 - 8 * (i / PACKED) >> 24;
        }
        return numbers;
    }

    int dot(int[] unpacked) {
        return dot(unpacked, packed, 0);
    }

    /** At most 384 · 128² in size, so that no sum overflows. */
    static int dot(int[] unpacked, int[] packed, int at) {
        int sum = 0;
        for (int i = 0; i < PACKED; i++) {
            int four = packed[at + i];
            sum += (four << 24 >> 24) * unpacked[i]
                    + (four << 16 >> 24) * unpacked[PACKED + i]
                    + (four << 8 >> 24) * unpacked[2 * PACKED + i]
                    + (four >> 24) * unpacked[3 * PACKED + i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantisedEmbedding embedding && Arrays.equals(packed, embedding.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }
}
