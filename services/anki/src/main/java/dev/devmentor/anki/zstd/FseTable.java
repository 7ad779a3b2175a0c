package dev.devmentor.anki.zstd;

/** A table of finite state entropy (RFC 8878, 4.1): in each state a symbol, and how to come to the next state. */
final class FseTable {
    static final FseTable LITERAL_LENGTHS = of(
            6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
            -1, -1);
    static final FseTable MATCH_LENGTHS = of(
            6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1);
    static final FseTable OFFSETS =
            of(5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1);

    private final int accuracy;
    private final byte[] symbols;
    private final byte[] numberOfBits;
    private final short[] base;

    private FseTable(int accuracy, byte[] symbols, byte[] numberOfBits, short[] base) {
        this.accuracy = accuracy;
        this.symbols = symbols;
        this.numberOfBits = numberOfBits;
        this.base = base;
    }

    /** A table, and where in the source its description ends. */
    record Read(FseTable table, int end) {}

    private static FseTable of(int accuracy, int... frequencies) {
        try {
            return build(accuracy, frequencies, frequencies.length);
        } catch (ZstdException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Always the same symbol, by no bits. */
    static FseTable ofOne(int symbol) {
        return new FseTable(0, new byte[] {(byte) symbol}, new byte[1], new short[1]);
    }

    /** Reads a description (RFC 8878, 4.1.1). */
    static Read read(byte[] source, int from, int end, int largestSymbol, int largestAccuracy) throws ZstdException {
        ForwardBits bits = new ForwardBits(source, from, end);
        int accuracy = 5 + bits.read(4);
        if (accuracy > largestAccuracy) {
            throw new ZstdException("a table is larger than it may be");
        }
        int[] frequencies = new int[largestSymbol + 1];
        int remaining = 1 << accuracy;
        int symbol = 0;
        while (remaining > 0 && symbol <= largestSymbol) {
            int width = 32 - Integer.numberOfLeadingZeros(remaining + 1);
            int value = bits.read(width);
            int lowerMask = (1 << width - 1) - 1;
            int threshold = (1 << width) - 1 - (remaining + 1);
            if ((value & lowerMask) < threshold) {
                bits.unread();
                value &= lowerMask;
            } else if (value > lowerMask) {
                value -= threshold;
            }
            int frequency = value - 1;
            remaining -= Math.abs(frequency);
            frequencies[symbol++] = frequency;
            if (frequency == 0) {
                int repeat;
                do {
                    repeat = bits.read(2);
                    symbol += repeat;
                } while (repeat == 3 && symbol <= largestSymbol);
            }
        }
        if (remaining != 0 || symbol > largestSymbol + 1) {
            throw new ZstdException("the frequencies of a table do not add up");
        }
        return new Read(build(accuracy, frequencies, symbol), bits.byteEnd());
    }

    private static FseTable build(int accuracy, int[] frequencies, int count) throws ZstdException {
        int size = 1 << accuracy;
        byte[] symbols = new byte[size];
        int[] nextState = new int[count];
        int high = size;
        for (int s = 0; s < count; s++) {
            if (frequencies[s] == -1) {
                symbols[--high] = (byte) s;
                nextState[s] = 1;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int mask = size - 1;
        int position = 0;
        for (int s = 0; s < count; s++) {
            if (frequencies[s] <= 0) {
                continue;
            }
            nextState[s] = frequencies[s];
            for (int i = 0; i < frequencies[s]; i++) {
                symbols[position] = (byte) s;
                do {
                    position = position + step & mask;
                } while (position >= high);
            }
        }
        if (position != 0) {
            throw new ZstdException("the frequencies of a table do not add up");
        }
        byte[] numberOfBits = new byte[size];
        short[] base = new short[size];
        for (int i = 0; i < size; i++) {
            int next = nextState[symbols[i]]++;
            int width = accuracy - (31 - Integer.numberOfLeadingZeros(next));
            numberOfBits[i] = (byte) width;
            base[i] = (short) ((next << width) - size);
        }
        return new FseTable(accuracy, symbols, numberOfBits, base);
    }

    int accuracy() {
        return accuracy;
    }

    int symbol(int state) {
        return symbols[state];
    }

    int next(int state, BitReader bits) {
        return base[state] + bits.read(numberOfBits[state]);
    }

    /** Bits from the beginning of a description, lowest first. */
    private static final class ForwardBits {
        private final byte[] source;
        private final int from;
        private final int end;
        private int bit;

        ForwardBits(byte[] source, int from, int end) {
            this.source = source;
            this.from = from;
            this.end = end;
        }

        int read(int count) throws ZstdException {
            int value = 0;
            for (int i = 0; i < count; i++, bit++) {
                int at = from + (bit >>> 3);
                if (at >= end) {
                    throw new ZstdException("a table is cut off");
                }
                value |= (source[at] >>> (bit & 7) & 1) << i;
            }
            return value;
        }

        void unread() {
            bit--;
        }

        int byteEnd() {
            return from + (bit + 7 >>> 3);
        }
    }
}
