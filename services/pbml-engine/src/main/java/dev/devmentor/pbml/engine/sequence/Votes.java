package dev.devmentor.pbml.engine.sequence;

import java.util.Arrays;

/** Weights of symbols, summed. */
final class Votes {
    private int[] seenAt = new int[256];
    private double[] weight = new double[256];
    private int round;
    private int[] symbols = new int[256];
    private int size;
    private double sum;

    void clear() {
        round++;
        size = 0;
        sum = 0;
    }

    void add(int symbol, double more) {
        if (symbol == Alphabet.OTHER) {
            return;
        }
        if (symbol >= seenAt.length) {
            int room = Math.max(symbol + 1, seenAt.length * 2);
            seenAt = Arrays.copyOf(seenAt, room);
            weight = Arrays.copyOf(weight, room);
        }
        if (seenAt[symbol] != round) {
            seenAt[symbol] = round;
            weight[symbol] = 0;
            if (size == symbols.length) {
                symbols = Arrays.copyOf(symbols, size * 2);
            }
            symbols[size++] = symbol;
        }
        weight[symbol] += more;
        sum += more;
    }

    /** Whether nobody voted. */
    boolean isEmpty() {
        return sum == 0;
    }

    /** A symbol's part of all votes, from 0 to 1. */
    double share(int symbol) {
        return symbol < seenAt.length && seenAt[symbol] == round ? weight[symbol] / sum : 0;
    }

    void nominate(Candidates candidates) {
        for (int i = 0; i < size; i++) {
            candidates.nominate(symbols[i], weight[symbols[i]] / sum);
        }
    }
}
