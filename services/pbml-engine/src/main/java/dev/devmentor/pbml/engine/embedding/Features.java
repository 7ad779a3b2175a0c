package dev.devmentor.pbml.engine.embedding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What of a text is counted, in the order in which it came first, so that sums are always taken in the same order. Features
 * are told apart by 64 bits of hash alone.
 */
final class Features {

    private static final long WORD = 0x2545f4914f6cdd1dL;
    private static final long PAIR = 0x94d049bb133111ebL;

    private int size;
    private long[] hashes = new long[64];
    private double[] squares = new double[64];
    private @Nullable String[] words = new @Nullable String[64];
    /** Index + 1 of the feature, 0 where none is; linear probing, at most half full. */
    private int[] places = new int[128];

    /** A word, which is like others that are written alike. */
    void word(String word, double weight) {
        add(Hash.of(word, WORD), word, weight);
    }

    /** A concept, a code or a joined name: itself or not. */
    void whole(String name, double weight) {
        add(Hash.of(name, ~WORD), null, weight);
    }

    /** Two words next to one another. */
    void pair(String first, String second, double weight) {
        add(Hash.mixed(Hash.of(first, WORD) + PAIR * Hash.of(second, WORD)), null, weight);
    }

    private void add(long hash, @Nullable String word, double weight) {
        if (weight <= 0) {
            return;
        }
        int place = (int) hash & places.length - 1;
        while (places[place] != 0 && hashes[places[place] - 1] != hash) {
            place = place + 1 & places.length - 1;
        }
        if (places[place] == 0) {
            if (size == hashes.length) {
                grow();
                add(hash, word, weight);
                return;
            }
            hashes[size] = hash;
            words[size] = word;
            places[place] = ++size;
        }
        squares[places[place] - 1] += weight * weight;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * size);
        squares = Arrays.copyOf(squares, 2 * size);
        words = Arrays.copyOf(words, 2 * size);
        places = new int[4 * size];
        for (int i = 0; i < size; i++) {
            int place = (int) hashes[i] & places.length - 1;
            while (places[place] != 0) {
                place = place + 1 & places.length - 1;
            }
            places[place] = i + 1;
        }
    }

    int size() {
        return size;
    }

    long hash(int index) {
        return hashes[index];
    }

    /** The word whose n-grams count too, or null. */
    @Nullable String word(int index) {
        return words[index];
    }

    /** √n times its weight for what came n times. */
    double weight(int index) {
        return Math.sqrt(squares[index]);
    }
}
