package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.pbml.engine.sequence.SequenceStore.Stored;

/**
 * Finds the stored sequences that have most in common with a window, whatever the order, and has them vote for what comes
 * next. A symbol in common counts by its rarity (inverse sequence frequency) and by how near to the end of the window it is;
 * a sequence votes with the square of its similarity.
 */
final class Neighbours {
    private static final int VOTERS = 100;

    /** Of a frequent symbol only so many sequences, the newest, are looked at. */
    private static final int LOOKED_AT = 1_500;

    /** What a place further from the end of the window takes from the weight of a symbol. */
    private static final double FADING = 0.8;

    /** Similarities are compared to 2^-20: the rest of the number is the serial number, the newest first. */
    private static final double SCALE = 1 << 20;

    private final SequenceStore store;
    private final int horizon;

    private double[] similarity = new double[64];
    private int[] seenAt = new int[64];
    private int[] touched = new int[64];
    private int round;
    private final Largest nearest = new Largest(VOTERS);

    /** Symbols right behind the last one in common. */
    final Votes following = new Votes();

    /** All symbols behind the last one in common. */
    final Votes remaining = new Votes();

    /** The last symbols of the sequence, if they stand behind the last one in common. */
    final Votes ending = new Votes();

    Neighbours(SequenceStore store, int horizon) {
        this.store = store;
        this.horizon = horizon;
    }

    /**
     * Takes the votes for what comes after a window.
     *
     * @param without serial number of a sequence that must not vote; -1 for none
     */
    void ask(int[] symbols, int from, int to, int without) {
        following.clear();
        remaining.clear();
        ending.clear();
        find(symbols, from, to, without);
        for (int i = 0; i < nearest.size(); i++) {
            int place = (int) nearest.get(i) & Integer.MAX_VALUE;
            vote(store.get(store.first() + place), similarity[place], symbols, from, to);
        }
    }

    private void find(int[] symbols, int from, int to, int without) {
        round++;
        nearest.clear();
        if (similarity.length < store.size()) {
            int room = Math.max(store.size(), 2 * similarity.length);
            similarity = new double[room];
            seenAt = new int[room];
            touched = new int[room];
            round = 1;
        }
        int found = 0;
        double weight = 1;
        for (int i = to - 1; i >= from; i--, weight *= FADING) {
            int sequences = store.frequency(symbols[i]);
            if (symbols[i] == Alphabet.OTHER || sequences == 0 || contains(symbols, i + 1, to, symbols[i])) {
                continue;
            }
            double more = weight * DeterministicMath.log(1 + (double) store.size() / sequences);
            for (int age = Math.min(sequences, LOOKED_AT) - 1; age >= 0; age--) {
                int serial = store.newest(symbols[i], age);
                if (serial == without) {
                    continue;
                }
                int place = serial - store.first();
                if (seenAt[place] != round) {
                    seenAt[place] = round;
                    similarity[place] = 0;
                    touched[found++] = place;
                }
                similarity[place] += more;
            }
        }
        for (int i = 0; i < found; i++) {
            nearest.offer((long) (similarity[touched[i]] * SCALE) << 31 | touched[i]);
        }
        nearest.sort();
    }

    private void vote(Stored neighbour, double common, int[] symbols, int from, int to) {
        int[] theirs = neighbour.symbols();
        int last = theirs.length - 1;
        while (last >= 0 && !contains(symbols, from, to, theirs[last])) {
            last--;
        }
        int behind = theirs.length - 1 - last;
        if (behind == 0) {
            return;
        }
        double weight = common * common;
        for (int i = last + 1; i < Math.min(theirs.length, last + 1 + horizon); i++) {
            following.add(theirs[i], weight);
        }
        double part = weight / Math.sqrt(behind);
        for (int i = last + 1; i < theirs.length; i++) {
            remaining.add(theirs[i], part);
        }
        for (int i = Math.max(last + 1, theirs.length - horizon); i < theirs.length; i++) {
            ending.add(theirs[i], weight);
        }
    }

    private static boolean contains(int[] symbols, int from, int to, int symbol) {
        for (int i = from; i < to; i++) {
            if (symbols[i] == symbol) {
                return true;
            }
        }
        return false;
    }
}
