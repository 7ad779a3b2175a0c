package dev.devmentor.pbml.engine.template;

import java.util.function.IntFunction;

/**
 * Lists in a row of tokens: the same element of one to four tokens, at least one of them variable, time after time with the
 * same separator between: "blk_1 blk_2 blk_3", "10.0.0.1:80, 10.0.0.2:80".
 */
final class Runs {

    private static final int LONGEST_ELEMENT = 4;

    /** Tokens that belong to a further element of a list. */
    final boolean[] further;
    /** Elements of the longest list; 1 if there is none. */
    final int longest;

    /** @param types of each token, as bits; elements of a list have one in common */
    Runs(int tokens, long[] hash, int[] types, IntFunction<String> gap) {
        further = new boolean[tokens];
        String[] gaps = new String[tokens];
        for (int t = 0; t < tokens; t++) {
            gaps[t] = gap.apply(t);
        }
        // Long elements first: "node-1 0x1, node-2 0x3" is a list of pairs, not pairs in a list.
        boolean[] taken = new boolean[tokens];
        int most = 1;
        for (int period = LONGEST_ELEMENT; period > 0; period--) {
            for (int t = period; t < tokens; ) {
                int behind = t;
                int elements = 1;
                if (listGap(gaps[t]) && free(taken, t - period, t) && compound(hash, gaps, t, period)) {
                    while (repeats(hash, types, gaps, behind, period)
                            && free(taken, behind, behind + period)
                            && gaps[behind].equals(gaps[t])) {
                        behind += period;
                        elements++;
                    }
                }
                if (behind == t) {
                    t++;
                    continue;
                }
                most = Math.max(most, elements);
                for (int k = t - period; k < behind; k++) {
                    taken[k] = true;
                    further[k] = k >= t;
                }
                t = behind;
            }
        }
        longest = most;
    }

    private static boolean free(boolean[] taken, int from, int to) {
        for (int t = from; t < to; t++) {
            if (taken[t]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the element that ends before t is more than a shorter list. */
    private static boolean compound(long[] hash, String[] gaps, int t, int period) {
        boolean compound = period == 1;
        for (int k = t - period; k < t; k++) {
            compound |= hash[k] != LineScanner.VARIABLE || k > t - period && !listGap(gaps[k]);
        }
        return compound;
    }

    private static boolean repeats(long[] hash, int[] types, String[] gaps, int t, int period) {
        if (t + period > gaps.length) {
            return false;
        }
        boolean variable = false;
        for (int k = 0; k < period; k++) {
            if (hash[t + k] != hash[t + k - period] || k > 0 && !gaps[t + k].equals(gaps[t + k - period])) {
                return false;
            }
            if (hash[t + k] == LineScanner.VARIABLE) {
                if ((types[t + k] & types[t + k - period]) == 0) {
                    return false;
                }
                variable = true;
            }
        }
        return variable;
    }

    private static boolean listGap(String gap) {
        return switch (gap) {
            case " ", ",", ", ", ";", "; " -> true;
            default -> false;
        };
    }
}
