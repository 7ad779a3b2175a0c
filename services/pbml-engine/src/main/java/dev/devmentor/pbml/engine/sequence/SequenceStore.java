package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.Arrays;

/**
 * The newest sequences, each with the id that its giver knows it by, and for every symbol those in which it stands. Sequences
 * have serial numbers in the order in which they came; when there is no more room, the oldest goes.
 */
final class SequenceStore {

    /** A stored sequence. */
    record Stored(long id, int[] symbols) {}

    /** Serial numbers of the sequences with a symbol, ascending; those before {@code start} are gone. */
    private static final class Postings {
        private int[] serials = new int[2];
        private int start;
        private int end;

        void add(int serial) {
            if (end > start && serials[end - 1] == serial) {
                return;
            }
            if (end == serials.length) {
                if (start > end / 2) {
                    System.arraycopy(serials, start, serials, 0, end - start);
                    end -= start;
                    start = 0;
                } else {
                    serials = Arrays.copyOf(serials, end * 2);
                }
            }
            serials[end++] = serial;
        }

        int size() {
            return end - start;
        }

        void drop(int serial) {
            if (start < end && serials[start] == serial) {
                start++;
            }
        }
    }

    private final int sequences;
    private final int storedSymbols;
    private Stored[] ring = new Stored[16]; // a serial number's place is its remainder
    private Postings[] postings = new Postings[256];
    private int first;
    private int next;
    private int symbols;

    SequenceStore(int sequences, int storedSymbols) {
        this.sequences = sequences;
        this.storedSymbols = storedSymbols;
    }

    /** Keeps a sequence, which nobody changes any more. */
    void add(long id, int[] sequence) {
        while (size() > 0 && (size() == sequences || symbols + sequence.length > storedSymbols)) {
            dropOldest();
        }
        if (size() == ring.length) {
            Stored[] larger = new Stored[ring.length * 2];
            for (int serial = first; serial < next; serial++) {
                larger[serial & larger.length - 1] = get(serial);
            }
            ring = larger;
        }
        ring[next & ring.length - 1] = new Stored(id, sequence);
        for (int symbol : sequence) {
            if (symbol >= postings.length) {
                postings = Arrays.copyOf(postings, Math.max(symbol + 1, postings.length * 2));
            }
            if (postings[symbol] == null) {
                postings[symbol] = new Postings();
            }
            postings[symbol].add(next);
        }
        symbols += sequence.length;
        next++;
    }

    private void dropOldest() {
        Stored oldest = get(first);
        for (int symbol : oldest.symbols()) {
            Postings with = postings[symbol];
            if (with != null) {
                with.drop(first);
                if (with.size() == 0) {
                    postings[symbol] = null;
                }
            }
        }
        ring[first & ring.length - 1] = null;
        symbols -= oldest.symbols().length;
        first++;
    }

    int size() {
        return next - first;
    }

    /** The serial number of the oldest sequence; the others follow without a gap. */
    int first() {
        return first;
    }

    Stored get(int serial) {
        return ring[serial & ring.length - 1];
    }

    /** In how many sequences a symbol stands. */
    int frequency(int symbol) {
        return symbol >= postings.length || postings[symbol] == null ? 0 : postings[symbol].size();
    }

    /** The serial number of a sequence with a symbol; age 0 is the newest. */
    int newest(int symbol, int age) {
        Postings with = postings[symbol];
        return with.serials[with.end - 1 - age];
    }

    void write(ByteWriter out) {
        out.varint(first);
        out.varint(size());
        for (int serial = first; serial < next; serial++) {
            Stored sequence = get(serial);
            out.int8(sequence.id());
            out.varint(sequence.symbols().length);
            for (int symbol : sequence.symbols()) {
                out.varint(symbol);
            }
        }
    }

    /**
     * Fills an empty store.
     *
     * @throws IllegalArgumentException if a symbol is none of those below the limit, or there are more than may be stored
     */
    void read(ByteReader in, int limit) {
        first = Math.toIntExact(in.varint());
        next = first;
        int size = in.count(9);
        if (first < 0 || first > Integer.MAX_VALUE - size) {
            throw new IllegalArgumentException("sequences from number " + first);
        }
        for (int i = 0; i < size; i++) {
            long id = in.int8();
            int[] sequence = new int[in.count(1)];
            for (int j = 0; j < sequence.length; j++) {
                sequence[j] = symbol(in, limit);
            }
            add(id, sequence);
        }
        if (size() != size) {
            throw new IllegalArgumentException(size + " sequences are more than are stored");
        }
    }

    static int symbol(ByteReader in, int limit) {
        long symbol = in.varint();
        if (symbol < 0 || symbol >= limit) {
            throw new IllegalArgumentException("symbol " + symbol + " of " + limit);
        }
        return (int) symbol;
    }
}
