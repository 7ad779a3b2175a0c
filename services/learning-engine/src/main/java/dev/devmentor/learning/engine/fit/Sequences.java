package dev.devmentor.learning.engine.fit;

/**
 * What a trainer reads: sequences of one card each, laid out one behind the other.
 *
 * @param start sequence s is the entries start[s] to start[s + 1] - 1
 * @param grade 1 to 4
 * @param elapsed days since the entry before, whole or fractional as the model wants them; 0 for the first
 * @param weight above 0 if the entry is a target of the loss, 0 if it is history only; always 0 for the first
 * @param targets by sequence, how many entries are targets
 */
record Sequences(int[] start, byte[] grade, double[] elapsed, double[] weight, int[] targets) {

    int count() {
        return targets.length;
    }

    int longest() {
        int longest = 0;
        for (int s = 0; s < count(); s++) {
            longest = Math.max(longest, start[s + 1] - start[s]);
        }
        return longest;
    }

    int totalTargets() {
        int total = 0;
        for (int each : targets) {
            total += each;
        }
        return total;
    }

    /**
     * Lays out the targets of a history, weighted by age: .25 + .75 x^3, x the target's place in time order from 0 to 1; by 1
     * where the history has no clock.
     *
     * @param kept by card, whether it takes part
     * @param longest entries of a card beyond this many are left out
     * @param fractional elapsed time in fractional days, or in whole ones
     * @param sameDay whether reviews on the same day are targets, too; practice never is
     */
    static Sequences of(ReviewHistory history, boolean[] kept, int longest, boolean fractional, boolean sameDay) {
        int rows = history.size();
        boolean[] target = new boolean[rows];
        int[] targets = new int[history.cards()];
        int sequences = 0;
        int entries = 0;
        int total = 0;
        for (int c = 0; c < history.cards(); c++) {
            int last = -1; // entries behind the last target teach nothing
            for (int i = 1; kept[c] && i < Math.min(history.length(c), longest); i++) {
                int row = history.row(c, i);
                if (sameDay ? !history.isPractice(row) : history.isLongTerm(row)) {
                    target[row] = true;
                    targets[sequences]++;
                    total++;
                    last = i;
                }
            }
            if (last >= 0) {
                sequences++;
                entries += last + 1;
            }
        }
        double[] weightOfRow = new double[rows];
        int place = 0;
        double scale = 1.0 / Math.max(total - 1, 1);
        for (int r = 0; r < rows; r++) {
            if (target[r]) {
                double x = place++ * scale;
                weightOfRow[r] = history.hasClock() ? 0.25 + 0.75 * x * x * x : 1;
            }
        }
        int[] start = new int[sequences + 1];
        byte[] grade = new byte[entries];
        double[] elapsed = new double[entries];
        double[] weight = new double[entries];
        int s = 0;
        int at = 0;
        for (int c = 0; c < history.cards() && s < sequences; c++) {
            int left = kept[c] ? targetsOf(history, c, target) : 0;
            if (left == 0) {
                continue;
            }
            start[s++] = at;
            for (int i = 0; left > 0; i++) {
                int row = history.row(c, i);
                grade[at] = (byte) history.grade(row);
                elapsed[at] = fractional ? history.elapsed(row) : history.days(row);
                weight[at] = weightOfRow[row];
                left -= target[row] ? 1 : 0;
                at++;
            }
        }
        start[sequences] = at;
        return new Sequences(start, grade, elapsed, weight, java.util.Arrays.copyOf(targets, sequences));
    }

    private static int targetsOf(ReviewHistory history, int card, boolean[] target) {
        int count = 0;
        for (int i = 0; i < history.length(card); i++) {
            count += target[history.row(card, i)] ? 1 : 0;
        }
        return count;
    }
}
