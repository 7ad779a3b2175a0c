package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Counts what followed contexts of several kinds, and says of a symbol by how much each context raises its probability: the
 * last one to five symbols together (variable-order Markov), each symbol at its distance (skips), two pairs with a gap, and
 * each symbol of the window wherever it stands (co-occurrence).
 *
 * <p>Each kind gives one <em>ratio</em>: the logarithm of the probability with the context to the probability without. A
 * context that was never seen gives 0. Probabilities are estimated by absolute discounting, interpolated with what is
 * known without the context.
 */
final class ContextModel {

    /** Taken from every count and given to what was not seen; between PPM-D's 1/2 and the usual 3/4 of Kneser-Ney. */
    static final double DISCOUNT = 0.6;

    /** The best of each context's followers are candidates. */
    private static final int BEST = 40;

    private static final int BY_ORDER = 0;
    private static final int FIRST_AND_THIRD = 1;
    private static final int SECOND_AND_THIRD = 2;
    private static final int ANYWHERE = 3;
    private static final int BY_DISTANCE = 4;

    private final int window;
    private final int orders;
    private final int distances;
    private final ContextCounts counts;

    // contexts of the situation that was looked up last, in the order of the ratios; then those of co-occurrence
    private final int[] single;
    private final int[] anywhere;
    private int anywhereSize;
    private int longest;
    private final double[] unseenLog;
    private final double[] unseen;
    private final int[] counted;

    // of the candidates that are rated
    private final double[] ratio = new double[Candidates.KEPT];
    private final double[] logRatio = new double[Candidates.KEPT];
    private final double[] lower = new double[Candidates.KEPT];
    private final double[] first = new double[Candidates.KEPT];
    private final double[] second = new double[Candidates.KEPT];

    /**
     * @param window how many symbols a context reaches back
     * @param orders the longest context of successive symbols
     * @param distances the largest distance of a skip
     * @param limit of counted transitions
     */
    ContextModel(int window, int orders, int distances, int limit) {
        this.window = window;
        this.orders = orders;
        this.distances = Math.min(distances, window);
        counts = new ContextCounts(BY_DISTANCE + this.distances - 1, limit);
        single = new int[orders + this.distances - 1 + 2];
        anywhere = new int[window];
        unseenLog = new double[single.length + window];
        unseen = new double[single.length + window];
        counted = new int[1 + single.length + window];
    }

    /** How many ratios there are: orders, distances from 2, two pairs, co-occurrence. */
    int ratios() {
        return single.length + 1;
    }

    /** Index of the first ratio that belongs to a distance. */
    int firstDistance() {
        return orders;
    }

    /** How many ratios belong to distances. */
    int distances() {
        return distances - 1;
    }

    /** Index of the ratio of co-occurrence, the last one. */
    int coOccurrence() {
        return single.length;
    }

    ContextCounts counts() {
        return counts;
    }

    /** Counts that some symbols, all different, came at a position or soon after. */
    void count(int[] symbols, int position, int[] next, int different) {
        int size = contexts(symbols, position, true);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < different; j++) {
                counts.add(counted[i], next[j]);
            }
        }
    }

    /**
     * Takes counts back, as far as they were not forgotten.
     *
     * @param taken where to note, from a place on, which of the counts were there
     * @return the place behind the last note
     */
    int takeBack(int[] symbols, int position, int[] next, int different, BitSet taken, int at) {
        int size = contexts(symbols, position, false);
        int place = at;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < different; j++) {
                taken.set(place++, counts.remove(counted[i], next[j]));
            }
        }
        return place;
    }

    /** Counts again what was taken back. */
    int giveBack(int[] symbols, int position, int[] next, int different, BitSet taken, int at) {
        int size = contexts(symbols, position, false);
        int place = at;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < different; j++) {
                if (taken.get(place++)) {
                    counts.add(counted[i], next[j]);
                }
            }
        }
        return place;
    }

    /** Lists the contexts of a position; those that are not there are made or listed as {@link ContextCounts#NONE}. */
    private int contexts(int[] symbols, int position, boolean make) {
        int reach = Math.min(window, position);
        int size = 0;
        int node = BY_ORDER;
        counted[size++] = node;
        for (int order = 1; order <= Math.min(orders, reach); order++) {
            node = longer(node, symbols[position - order], make);
            counted[size++] = node;
        }
        for (int distance = 2; distance <= Math.min(distances, reach); distance++) {
            counted[size++] = longer(BY_DISTANCE + distance - 2, symbols[position - distance], make);
        }
        if (reach >= 3) {
            int third = symbols[position - 3];
            counted[size++] = longer(longer(FIRST_AND_THIRD, symbols[position - 1], make), third, make);
            counted[size++] = longer(longer(SECOND_AND_THIRD, symbols[position - 2], make), third, make);
        }
        for (int distance = 1; distance <= reach; distance++) {
            if (firstOfItsKind(symbols, position, distance)) {
                counted[size++] = longer(ANYWHERE, symbols[position - distance], make);
            }
        }
        return size;
    }

    private int longer(int node, int symbol, boolean make) {
        return make ? counts.grow(node, symbol) : counts.child(node, symbol);
    }

    private static boolean firstOfItsKind(int[] symbols, int position, int distance) {
        for (int nearer = 1; nearer < distance; nearer++) {
            if (symbols[position - nearer] == symbols[position - distance]) {
                return false;
            }
        }
        return true;
    }

    /** Looks up the contexts that end before a position. */
    void locate(int[] symbols, int position) {
        int reach = Math.min(window, position);
        int node = BY_ORDER;
        longest = 0;
        for (int order = 1; order <= orders; order++) {
            node = order <= reach ? counts.child(node, symbols[position - order]) : ContextCounts.NONE;
            single[order - 1] = node;
            if (node != ContextCounts.NONE) {
                longest = order;
            }
        }
        for (int distance = 2; distance <= distances; distance++) {
            single[orders + distance - 2] = distance <= reach
                    ? counts.child(BY_DISTANCE + distance - 2, symbols[position - distance])
                    : ContextCounts.NONE;
        }
        int pairs = orders + distances - 1;
        single[pairs] = ContextCounts.NONE;
        single[pairs + 1] = ContextCounts.NONE;
        if (reach >= 3) {
            int third = symbols[position - 3];
            single[pairs] = counts.child(counts.child(FIRST_AND_THIRD, symbols[position - 1]), third);
            single[pairs + 1] = counts.child(counts.child(SECOND_AND_THIRD, symbols[position - 2]), third);
        }
        anywhereSize = 0;
        for (int distance = 1; distance <= reach; distance++) {
            int context = counts.child(ANYWHERE, symbols[position - distance]);
            if (context != ContextCounts.NONE && firstOfItsKind(symbols, position, distance)) {
                anywhere[anywhereSize++] = context;
            }
        }
        for (int i = 0; i < single.length; i++) {
            prepare(i, single[i]);
        }
        for (int i = 0; i < anywhereSize; i++) {
            prepare(single.length + i, anywhere[i]);
        }
    }

    private void prepare(int place, int node) {
        int total = counts.total(node);
        unseen[place] = total == 0 ? 1 : DISCOUNT * counts.distinct(node) / total;
        unseenLog[place] = total == 0 ? 0 : DeterministicMath.log(unseen[place]);
    }

    /** The length of the longest known context of successive symbols. */
    int longest() {
        return longest;
    }

    /** How often anything was counted. */
    int total() {
        return counts.total(BY_ORDER);
    }

    /** How many different symbols were counted. */
    int distinct() {
        return counts.distinct(BY_ORDER);
    }

    /** How often a symbol was counted. */
    int frequency(int symbol) {
        return counts.count(BY_ORDER, symbol);
    }

    /** Offers the best followers of all contexts, each with its share in its context. */
    void nominate(Candidates candidates) {
        nominate(candidates, BY_ORDER);
        for (int node : single) {
            nominate(candidates, node);
        }
        for (int i = 0; i < anywhereSize; i++) {
            nominate(candidates, anywhere[i]);
        }
    }

    private void nominate(Candidates candidates, int node) {
        double shares = counts.total(node) + 1.0;
        int best = Math.min(BEST, counts.distinct(node));
        for (int place = 0; place < best; place++) {
            candidates.nominate(counts.followerAt(node, place), counts.countAt(node, place) / shares);
        }
    }

    /**
     * Writes the ratios of all candidates.
     *
     * @param candidates into whose rows to write
     * @param base their probabilities without a context, above 0
     * @param at the first place in the rows
     */
    void rate(Candidates candidates, double[] base, int at) {
        int size = candidates.size();
        System.arraycopy(base, 0, lower, 0, size);
        for (int i = 0; i < orders; i++) {
            rate(i, single[i], candidates, lower, at + i);
            for (int c = 0; c < size; c++) {
                lower[c] *= ratio[c];
            }
            if (i == 0) {
                System.arraycopy(lower, 0, first, 0, size);
            }
        }
        System.arraycopy(base, 0, second, 0, size);
        for (int i = orders; i < single.length; i++) {
            double[] without = i < single.length - 2 ? base : i == single.length - 2 ? first : second;
            rate(i, single[i], candidates, without, at + i);
            if (i == orders && distances > 1) {
                for (int c = 0; c < size; c++) {
                    second[c] *= ratio[c];
                }
            }
        }
        int together = at + single.length;
        for (int c = 0; c < size; c++) {
            candidates.row(c)[together] = 0;
        }
        for (int i = 0; i < anywhereSize; i++) {
            rate(single.length + i, anywhere[i], candidates, base, -1);
            for (int c = 0; c < size; c++) {
                candidates.row(c)[together] += logRatio[c];
            }
        }
    }

    /** One context's ratios of all candidates; by its followers if they are few, otherwise by the candidates. */
    private void rate(int place, int node, Candidates candidates, double[] without, int column) {
        int size = candidates.size();
        Arrays.fill(ratio, 0, size, unseen[place]);
        Arrays.fill(logRatio, 0, size, unseenLog[place]);
        int different = counts.distinct(node);
        if (different <= 2 * size) {
            for (int i = 0; i < different; i++) {
                int candidate = candidates.indexOf(counts.followerAt(node, i));
                if (candidate >= 0) {
                    raise(place, node, counts.countAt(node, i), without, candidate);
                }
            }
        } else {
            for (int candidate = 0; candidate < size; candidate++) {
                int seen = counts.count(node, candidates.symbol(candidate));
                if (seen > 0) {
                    raise(place, node, seen, without, candidate);
                }
            }
        }
        if (column >= 0) {
            for (int c = 0; c < size; c++) {
                candidates.row(c)[column] = logRatio[c];
            }
        }
    }

    private void raise(int place, int node, int seen, double[] without, int candidate) {
        ratio[candidate] = unseen[place] + (seen - DISCOUNT) / (counts.total(node) * without[candidate]);
        logRatio[candidate] = DeterministicMath.log(ratio[candidate]);
    }

    void write(ByteWriter out) {
        counts.write(out);
    }

    void read(ByteReader in, int symbols) {
        counts.read(in, symbols);
    }
}
