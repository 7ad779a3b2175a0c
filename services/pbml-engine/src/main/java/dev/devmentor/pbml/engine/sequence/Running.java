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

    static Running read(ByteReader in) {
        Running sequence = new Running();
        int size = (int) in.varint();
        sequence.carried = (int) in.varint();
        sequence.counted = (int) in.varint();
        for (int i = 0; i < size; i++) {
            sequence.add((int) in.varint());
        }
        return sequence;
    }
}
