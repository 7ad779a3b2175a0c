package dev.devmentor.pbml.engine.embedding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of a text is counted, in the order in which it came first, so that sums are always taken in the same order. */
final class Features {

    enum Kind {
        /** A word, which is like others that are written alike. */
        WORD,
        /** A concept, a code or a joined name: itself or not. */
        WHOLE,
        /** Two words next to one another. */
        PAIR
    }

    private record Key(Kind kind, String word) {}

    private final Map<Key, Integer> indexes = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private double[] squares = new double[64];

    void add(Kind kind, String word, double weight) {
        if (weight <= 0) {
            return;
        }
        Key key = new Key(kind, word);
        Integer known = indexes.putIfAbsent(key, keys.size());
        int index = known == null ? keys.size() : known;
        if (known == null) {
            keys.add(key);
            if (keys.size() > squares.length) {
                squares = java.util.Arrays.copyOf(squares, 2 * squares.length);
            }
        }
        squares[index] += weight * weight;
    }

    int size() {
        return keys.size();
    }

    Kind kind(int index) {
        return keys.get(index).kind();
    }

    String word(int index) {
        return keys.get(index).word();
    }

    /** √n times its weight for what came n times. */
    double weight(int index) {
        return Math.sqrt(squares[index]);
    }
}
