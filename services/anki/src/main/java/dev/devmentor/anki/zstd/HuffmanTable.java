package dev.devmentor.anki.zstd;

import java.util.Arrays;

/** A Huffman code of literals (RFC 8878, 4.2). */
final class HuffmanTable {
    private static final int LONGEST_CODE = 11;

    private final int width;
    private final byte[] symbols;
    private final byte[] numberOfBits;

    private HuffmanTable(int width, byte[] symbols, byte[] numberOfBits) {
        this.width = width;
        this.symbols = symbols;
        this.numberOfBits = numberOfBits;
    }

    /** A table, and where in the source its description ends. */
    record Read(HuffmanTable table, int end) {}

    /** Reads a description: weights of all symbols but the last, as they are or compressed. */
    static Read read(byte[] source, int from, int end, BitReader bits) throws ZstdException {
        if (from >= end) {
            throw new ZstdException("a table is cut off");
        }
        int header = source[from] & 0xff;
        int[] weights = new int[256];
        int count;
        int until;
        if (header >= 128) {
            count = header - 127;
            until = from + 1 + (count + 1) / 2;
            if (until > end) {
                throw new ZstdException("a table is cut off");
            }
            for (int i = 0; i < count; i++) {
                int pair = source[from + 1 + i / 2];
                weights[i] = (i & 1) == 0 ? pair >>> 4 & 15 : pair & 15;
            }
        } else {
            until = from + 1 + header;
            if (until > end) {
                throw new ZstdException("a table is cut off");
            }
            count = readCompressedWeights(source, from + 1, until, weights, bits);
        }
        return new Read(of(weights, count), until);
    }

    private static int readCompressedWeights(byte[] source, int from, int until, int[] weights, BitReader bits)
            throws ZstdException {
        FseTable.Read read = FseTable.read(source, from, until, 12, 6);
        FseTable table = read.table();
        bits.open(source, read.end(), until);
        int one = bits.read(table.accuracy());
        int two = bits.read(table.accuracy());
        if (bits.left() < 0) {
            throw new ZstdException("a table is cut off");
        }
        int count = 0;
        while (count < 254) {
            weights[count++] = table.symbol(one);
            one = table.next(one, bits);
            if (bits.left() < 0) {
                weights[count++] = table.symbol(two);
                return count;
            }
            weights[count++] = table.symbol(two);
            two = table.next(two, bits);
            if (bits.left() < 0) {
                weights[count++] = table.symbol(one);
                return count;
            }
        }
        throw new ZstdException("a table has more symbols than there are bytes");
    }

    /** The weight of the last symbol is what makes the sum a power of two. */
    private static HuffmanTable of(int[] weights, int given) throws ZstdException {
        int sum = 0;
        for (int i = 0; i < given; i++) {
            if (weights[i] > LONGEST_CODE) {
                throw new ZstdException("a code is longer than it may be");
            }
            sum += weights[i] == 0 ? 0 : 1 << weights[i] - 1;
        }
        if (sum == 0) {
            throw new ZstdException("a table has no symbols");
        }
        int width = 32 - Integer.numberOfLeadingZeros(sum);
        int left = (1 << width) - sum;
        if (width > LONGEST_CODE || Integer.bitCount(left) != 1 || given > 255) {
            throw new ZstdException("the weights of a table do not add up");
        }
        weights[given] = Integer.numberOfTrailingZeros(left) + 1;
        int count = given + 1;
        int[] ranks = new int[LONGEST_CODE + 2];
        for (int i = 0; i < count; i++) {
            ranks[lengthOf(weights[i], width)]++;
        }
        int[] start = new int[width + 2];
        byte[] numberOfBits = new byte[1 << width];
        for (int length = width; length >= 1; length--) {
            start[length - 1] = start[length] + ranks[length] * (1 << width - length);
            Arrays.fill(numberOfBits, start[length], start[length - 1], (byte) length);
        }
        if (start[0] != 1 << width) {
            throw new ZstdException("the weights of a table do not add up");
        }
        byte[] symbols = new byte[1 << width];
        for (int s = 0; s < count; s++) {
            int length = lengthOf(weights[s], width);
            if (length > 0) {
                int until = start[length] + (1 << width - length);
                Arrays.fill(symbols, start[length], until, (byte) s);
                start[length] = until;
            }
        }
        return new HuffmanTable(width, symbols, numberOfBits);
    }

    private static int lengthOf(int weight, int width) {
        return weight == 0 ? 0 : width + 1 - weight;
    }

    /** Decodes one stream, which has to be used up by it. */
    void decode(BitReader bits, byte[] source, int from, int end, byte[] into, int offset, int count)
            throws ZstdException {
        bits.open(source, from, end);
        for (int i = 0; i < count; i++) {
            int code = bits.peek(width);
            into[offset + i] = symbols[code];
            bits.skip(numberOfBits[code]);
        }
        bits.requireUsedUp();
    }
}
