package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.Arrays;

/** A sequence that has not ended. If it gets too long, its beginning is stored and only a little of it carried on. */
final class Running {
    private int[] symbols = new int[8];
    private int size;
    private int carried;
    private int counted;

    void add(int symbol) {
        if (size == symbols.length) {
            symbols = Arrays.copyOf(symbols, size * 2);
        }
        symbols[size++] = symbol;
    }

    /** All symbols that are here, in a longer array. */
    int[] symbols() {
        return symbols;
    }

    int size() {
        return size;
    }

    /** How many at the beginning are stored already. */
    int carried() {
        return carried;
    }

    /** The first position that was not counted yet. */
    int counted() {
        return counted;
    }

    void countedTo(int position) {
        counted = position;
    }

    /** What is not stored yet. */
    int[] own() {
        return Arrays.copyOfRange(symbols, carried, size);
    }

    /** Goes on with no more than the last symbols, which are stored. */
    void carry(int kept) {
        drop(Math.max(0, size - kept));
        carried = size;
    }

    /** Lets go of the first symbols, which are counted. */
    void drop(int gone) {
        System.arraycopy(symbols, gone, symbols, 0, size - gone);
        size -= gone;
        counted -= gone;
        carried = Math.max(0, carried - gone);
    }

    void write(ByteWriter out) {
        out.varint(size);
        out.varint(carried);
        out.varint(counted);
        for (int i = 0; i < size; i++) {
            out.varint(symbols[i]);
        }
    }

    /** @throws IllegalArgumentException if a symbol is none of those below the limit, or more are counted than there are */
    static Running read(ByteReader in, int symbols) {
        Running sequence = new Running();
        int size = Math.toIntExact(in.varint());
        sequence.carried = Math.toIntExact(in.varint());
        sequence.counted = Math.toIntExact(in.varint());
        if (Math.min(sequence.carried, sequence.counted) < 0 || Math.max(sequence.carried, sequence.counted) > size) {
            throw new IllegalArgumentException("a running sequence of " + size + " symbols");
        }
        for (int i = 0; i < size; i++) {
            sequence.add(SequenceStore.symbol(in, symbols));
        }
        return sequence;
    }
}
