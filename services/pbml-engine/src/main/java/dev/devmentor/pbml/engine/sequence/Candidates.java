package dev.devmentor.pbml.engine.sequence;

import java.util.Arrays;

/** Symbols that may come next: found in many places, of which the most promising are looked at closely. */
final class Candidates {

    /** How many are looked at closely. More cost time and add little. */
    static final int KEPT = 80;

    private static final int FOUND = 4_096;

    private int[] seenAt = new int[256];
    private int[] place = new int[256];
    private int round;
    private final int[] found = new int[FOUND];
    private final double[] share = new double[FOUND];
    private int size;

    private final Largest best = new Largest(KEPT);
    private final double[][] rows;
    private final double[] probability = new double[KEPT];

    Candidates(int features) {
        rows = new double[KEPT][features];
    }

    void clear() {
        round++;
        size = 0;
    }

    /** Adds to a symbol's promise. */
    void nominate(int symbol, double promise) {
        if (symbol == Alphabet.OTHER) {
            return;
        }
        if (symbol >= seenAt.length) {
            int room = Math.max(symbol + 1, seenAt.length * 2);
            seenAt = Arrays.copyOf(seenAt, room);
            place = Arrays.copyOf(place, room);
        }
        if (seenAt[symbol] != round) {
            if (size == FOUND) {
                return;
            }
            seenAt[symbol] = round;
            place[symbol] = size;
            found[size] = symbol;
            share[size++] = promise;
        } else {
            share[place[symbol]] += promise;
        }
    }

    /** Keeps the most promising; among equals those with smaller numbers. */
    void choose() {
        if (size > KEPT) {
            best.clear();
            for (int i = 0; i < size; i++) {
                best.offer((long) (share[i] * 1e6) << 32 | Integer.MAX_VALUE - found[i]);
            }
            best.sort();
            double[] shares = new double[KEPT];
            int[] symbols = new int[KEPT];
            for (int i = 0; i < KEPT; i++) {
                symbols[i] = Integer.MAX_VALUE - (int) best.get(i);
                shares[i] = share[place[symbols[i]]];
            }
            round++;
            size = KEPT;
            for (int i = 0; i < KEPT; i++) {
                seenAt[symbols[i]] = round;
                place[symbols[i]] = i;
                found[i] = symbols[i];
                share[i] = shares[i];
            }
        }
    }

    int size() {
        return size;
    }

    int symbol(int index) {
        return found[index];
    }

    /** Sum of what it was nominated with. */
    double promise(int index) {
        return share[index];
    }

    /** The index of a symbol, -1 if it is no candidate. */
    int indexOf(int symbol) {
        return symbol < seenAt.length && seenAt[symbol] == round ? place[symbol] : -1;
    }

    /** The features of a candidate. */
    double[] row(int index) {
        return rows[index];
    }

    /** Probabilities of all candidates, for whoever fills them in. */
    double[] probability() {
        return probability;
    }
}
