package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for texts, from 1 in the order of their first appearance. It is bounded: what comes when it is full shares the
 * number {@link #OTHER}, which may stand in a context but is never predicted. So does what no snapshot could hold: a text of more
 * than {@value #LONGEST} characters, or half of a surrogate pair.
 */
public final class Alphabet {

    /** The number of every text that has none of its own. */
    public static final int OTHER = 0;

    static final int LONGEST = 1_024;

    private final int limit;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** @param limit how many texts get a number of their own, at least 1 */
    public Alphabet(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("an alphabet of " + limit);
        }
        this.limit = limit;
    }

    /** The number of a text, which gets one if there is room. */
    public int add(String text) {
        Integer number = numbers.get(text);
        if (number != null) {
            return number;
        }
        if (texts.size() == limit || text.length() > LONGEST || !wellFormed(text)) {
            return OTHER;
        }
        texts.add(text);
        numbers.put(text, texts.size());
        return texts.size();
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** The number of a text, {@link #OTHER} if it has none. */
    public int find(String text) {
        return numbers.getOrDefault(text, OTHER);
    }

    /**
     * The text of a number.
     *
     * @param symbol from 1 to {@link #size}
     */
    public String text(int symbol) {
        return texts.get(symbol - 1);
    }

    /** How many texts have a number. */
    public int size() {
        return texts.size();
    }

    /** State as bytes; equal for equal histories. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.varint(limit);
        out.varint(texts.size());
        texts.forEach(out::text);
        return out.toBytes();
    }

    /**
     * The alphabet that wrote a snapshot.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    public static Alphabet restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, Alphabet::read);
    }

    private static Alphabet read(ByteReader in) {
        Alphabet alphabet = new Alphabet(Math.toIntExact(in.varint()));
        int size = in.count(2);
        for (int i = 0; i < size; i++) {
            if (alphabet.add(in.text()) != i + 1) {
                throw new IllegalArgumentException("text " + i + " has no number of its own");
            }
        }
        return alphabet;
    }
}
