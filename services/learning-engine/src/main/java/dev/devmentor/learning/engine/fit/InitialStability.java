package dev.devmentor.learning.engine.fit;

import static dev.devmentor.deterministic.DeterministicMath.log;
import static dev.devmentor.deterministic.DeterministicMath.pow;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import java.util.Map;
import java.util.TreeMap;

/**
 * Initial stabilities of FSRS-6 by search: for each first grade the stability that explains the first reviews on a later day
 * best, then made to rise with the grade, and filled in for grades that were never given.
 *
 * <p>Source: fsrs-rs, src/parameter_initialization.rs.
 */
final class InitialStability {

    /** No initial stability is longer, in days. */
    static final double MAXIMUM = 100;

    private static final double[] DEFAULTS = Fsrs6Weights.DEFAULT.toArray();
    private static final double W1 = 0.41;
    private static final double W2 = 0.54;

    private InitialStability() {}

    /**
     * What the search found.
     *
     * @param days by grade - 1, the four initial stabilities
     * @param count by grade - 1, how many cards each rests on
     */
    record Found(double[] days, int[] count) {}

    /** @param averageRecall the recall that each interval's average is smoothed towards, with the weight of one review */
    static Found search(ReviewHistory history, boolean[] kept, double averageRecall) {
        double[] days = new double[4];
        int[] count = new int[4];
        for (int g = 1; g <= 4; g++) {
            TreeMap<Integer, int[]> byDays = new TreeMap<>(); // count and recalled
            for (int c = 0; c < history.cards(); c++) {
                int first = kept[c] ? Outliers.firstLongTerm(history, c) : 0;
                if (first > 0 && history.grade(history.row(c, 0)) == g) {
                    int row = history.row(c, first);
                    int[] group = byDays.computeIfAbsent(history.days(row), any -> new int[2]);
                    group[0]++;
                    group[1] += history.grade(row) > 1 ? 1 : 0;
                    count[g - 1]++;
                }
            }
            if (count[g - 1] == 0) {
                continue;
            }
            int groups = byDays.size();
            double[] t = new double[groups];
            double[] recall = new double[groups];
            double[] weight = new double[groups];
            int at = 0;
            for (Map.Entry<Integer, int[]> group : byDays.entrySet()) {
                t[at] = group.getKey();
                weight[at] = group.getValue()[0];
                recall[at] = (group.getValue()[1] + averageRecall) / (weight[at] + 1);
                at++;
            }
            days[g - 1] = search(t, recall, weight, DEFAULTS[g - 1]);
        }
        return new Found(risingAndFilled(days, count), count);
    }

    /** The stability of least loss, by ternary search. */
    static double search(double[] t, double[] recall, double[] count, double byDefault) {
        double low = Fsrs6.MINIMUM_STABILITY;
        double high = MAXIMUM;
        for (int i = 0; i < 1000 && high - low > 0x1p-52; i++) {
            double third = (high - low) / 3;
            if (loss(Fsrs6.DEFAULT, t, recall, count, low + third, byDefault)
                    < loss(Fsrs6.DEFAULT, t, recall, count, high - third, byDefault)) {
                high -= third;
            } else {
                low += third;
            }
            if (third < 1e-9) {
                break; // the loss is flat beyond: a further digit would be noise
            }
        }
        return (low + high) / 2;
    }

    /** Log loss of the averages by interval, plus the distance from the default by 16 days. */
    static double loss(Fsrs6 curve, double[] t, double[] recall, double[] count, double stability, double byDefault) {
        double sum = 0;
        for (int i = 0; i < t.length; i++) {
            double r = curve.retrievability(stability, t[i]);
            sum -= (recall[i] * log(r) + (1 - recall[i]) * log(1 - r)) * count[i];
        }
        return sum + Math.abs(stability - byDefault) / 16;
    }

    /**
     * Initial stabilities that rise with the grade; where two don't, the one with more cards stands for both. A grade without
     * cards is filled in from its neighbours.
     *
     * @param days by grade - 1; ignored where count is 0
     * @param count by grade - 1
     */
    static double[] risingAndFilled(double[] days, int[] count) {
        double[] s = days.clone();
        int known = 0;
        for (int n : count) {
            known += n > 0 ? 1 : 0;
        }
        if (known == 0) {
            return java.util.Arrays.copyOf(DEFAULTS, 4);
        }
        int[][] pairs = {{0, 1}, {1, 2}, {2, 3}, {0, 2}, {1, 3}, {0, 3}};
        for (int[] pair : pairs) {
            int small = pair[0];
            int big = pair[1];
            if (count[small] > 0 && count[big] > 0 && s[small] > s[big]) {
                if (count[small] > count[big]) {
                    s[big] = s[small];
                } else {
                    s[small] = s[big];
                }
            }
        }
        boolean[] has = {count[0] > 0, count[1] > 0, count[2] > 0, count[3] > 0};
        if (known == 1) {
            int only = has[0] ? 0 : has[1] ? 1 : has[2] ? 2 : 3;
            double scale = s[only] / DEFAULTS[only];
            for (int i = 0; i < 4; i++) {
                s[i] = DEFAULTS[i] * scale;
            }
        } else if (known < 4) {
            fill(s, has);
        }
        for (int i = 0; i < 4; i++) {
            s[i] = Math.min(Math.max(s[i], Fsrs6.MINIMUM_STABILITY), MAXIMUM);
        }
        return s;
    }

    /** On a logarithmic scale Hard lies .41 of the way from Good down to Again, and Good .54 from Hard up to Easy. */
    private static void fill(double[] s, boolean[] has) {
        if (has[0] && has[3] && !has[1] && !has[2]) {
            double scale = W1 + W2 - W1 * W2;
            s[1] = between(s[0], W1 / scale, s[3]);
            s[2] = between(s[0], 1 - W2 / scale, s[3]);
            return;
        }
        if (has[0] && has[1] && !has[2]) {
            s[2] = has[3] ? between(s[1], 1 - W2, s[3]) : between(s[0], 1 - 1 / (1 - W1), s[1]);
        } else if (has[1] && has[3] && !has[2]) {
            s[2] = between(s[1], 1 - W2, s[3]);
        }
        if (!has[1]) {
            s[1] = has[0] ? between(s[0], W1, s[2]) : between(s[2], 1 / (1 - W2), s[3]);
        }
        if (!has[0]) {
            s[0] = between(s[1], 1 / W1, s[2]);
        }
        if (!has[3]) {
            s[3] = between(s[1], 1 - 1 / W2, s[2]);
        }
    }

    private static double between(double from, double share, double to) {
        return pow(from, share) * pow(to, 1 - share);
    }
}
