package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random weights, sequences and histories, by seed. */
final class RandomHistories {

    private RandomHistories() {}

    /** Weights around the defaults, some far from them, none at its bound (there a derivative has two sides). */
    static double[] weights(SplittableRandom random, double[] defaults, double[] low, double[] high) {
        double[] w = new double[defaults.length];
        for (int i = 0; i < w.length; i++) {
            double anywhere = low[i] + (high[i] - low[i]) * random.nextDouble(0.02, 0.98);
            w[i] = defaults[i] + (anywhere - defaults[i]) * random.nextDouble(0.02, 0.5);
        }
        Arrays.sort(w, 0, 4);
        if (w.length == Fsrs7Loss.WEIGHTS) {
            w[26] = Math.max(w[25], w[26]);
        }
        return w;
    }

    static Sequences sequence(SplittableRandom random, int length, boolean fractional) {
        byte[] grade = new byte[length];
        double[] elapsed = new double[length];
        double[] weight = new double[length];
        int targets = 0;
        for (int i = 0; i < length; i++) {
            grade[i] = (byte) (random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(4));
            if (i > 0) {
                boolean sameDay = random.nextInt(3) == 0;
                double days = Math.exp(random.nextDouble(0, 5)); // 1 to 148
                elapsed[i] = fractional ? (sameDay ? random.nextDouble(0, 0.5) : days) : sameDay ? 0 : Math.floor(days);
                if (elapsed[i] > 0 && random.nextInt(5) > 0) {
                    weight[i] = random.nextDouble(0.25, 1);
                    targets++;
                }
            }
        }
        return new Sequences(new int[] {0, length}, grade, elapsed, weight, new int[] {targets});
    }

    /** Compares with central differences of fourth order; steps at which the two sides differ (a kink of min, max or clamp) don't count. */
    static void checkGradient(
            SequenceLoss model, double[] defaults, double[] low, double[] high, boolean fractional, int histories) {
        SplittableRandom random = new SplittableRandom(11);
        int kinks = 0;
        for (int n = 0; n < histories; n++) {
            double[] w = weights(random, defaults, low, high);
            Sequences sequences = sequence(random, 2 + random.nextInt(30), fractional);
            double[] gradient = new double[w.length];
            model.use(w);
            double loss = model.addGradient(sequences, 0, gradient);
            assertThat(loss).isEqualTo(model.loss(sequences, 0));
            for (int i = 0; i < w.length; i++) {
                double h = 2e-5 * Math.max(0.1, Math.abs(w[i]));
                double up = at(model, sequences, w, i, h);
                double down = at(model, sequences, w, i, -h);
                double wide = at(model, sequences, w, i, 2 * h) - at(model, sequences, w, i, -2 * h);
                double central = (8 * (up - down) - wide) / (12 * h);
                double tolerance = 1e-6 * Math.max(1, Math.abs(central));
                if (Math.abs(gradient[i] - central) > tolerance) {
                    double oneSided = Math.abs((up - loss) / h - (loss - down) / h);
                    boolean kink = oneSided > 1e-3 * Math.max(1, Math.abs(central));
                    assertThat(kink)
                            .as(
                                    "history %d, w%d: %s, by differences %s, sides differ by %s",
                                    n, i, gradient[i], central, oneSided)
                            .isTrue();
                    kinks++;
                }
            }
        }
        assertThat(kinks).isLessThan(histories / 20);
    }

    /** A log of many cards in time order, remembered with a chance that falls with the interval. */
    static ReviewHistory history(int cards, int rounds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = cards * rounds;
        int[][] all = new int[rows][];
        int at = 0;
        for (int c = 0; c < cards; c++) {
            int day = random.nextInt(100);
            int interval = 0;
            for (int i = 0; i < rounds; i++) {
                boolean recalled = random.nextDouble() < 0.95 - 0.02 * Math.min(interval, 20);
                int grade = recalled ? 2 + random.nextInt(3) : 1;
                all[at++] = new int[] {day, c, grade, interval};
                interval = grade == 1 ? (random.nextBoolean() ? 0 : 1) : 1 + random.nextInt(1 + 3 * i);
                day += interval;
            }
        }
        Arrays.sort(all, java.util.Comparator.comparingInt(row -> row[0]));
        int[] card = new int[rows];
        int[] grade = new int[rows];
        int[] days = new int[rows];
        double[] elapsed = new double[rows];
        long[] time = new long[rows];
        for (int r = 0; r < rows; r++) {
            card[r] = all[r][1];
            grade[r] = all[r][2];
            days[r] = all[r][3];
            elapsed[r] = days[r] == 0 ? 0.01 : days[r];
            time[r] = all[r][0] * 86_400_000L + r;
        }
        return ReviewHistory.of(card, grade, days, elapsed, time);
    }

    private static double at(SequenceLoss model, Sequences sequences, double[] w, int i, double h) {
        double[] moved = w.clone();
        moved[i] += h;
        model.use(moved);
        return model.loss(sequences, 0);
    }
}
