package dev.devmentor.learning.engine.analytics;

import java.util.Arrays;

/**
 * At which recall cards are planned to be asked: at one and the same, or, for a log that another program planned, at one drawn
 * for every interval from those seen. Immutable.
 */
public final class Wanted {

    /** A card that waits longer than all but this share of intervals ever lasted was put aside, and is not asked again. */
    private static final double PUT_ASIDE = 0.01;

    private final int workedUntil;
    private final double[] rising;

    private Wanted(int workedUntil, double[] rising) {
        this.workedUntil = workedUntil;
        this.rising = rising;
    }

    /**
     * One retention.
     *
     * @throws IllegalArgumentException unless it lies between 0 and 1
     */
    public static Wanted of(double retention) {
        return drawnFrom(Integer.MAX_VALUE, retention);
    }

    /**
     * One drawn for every interval.
     *
     * @param workedUntil the last day on which the learner worked: a card not asked by then had not been due
     * @param seen at least one; see {@link Memories#askedRecall}
     * @throws IllegalArgumentException unless all lie between 0 and 1
     */
    public static Wanted drawnFrom(int workedUntil, double... seen) {
        double[] rising = seen.clone();
        Arrays.sort(rising);
        if (rising.length == 0 || !(rising[0] > 0 && rising[rising.length - 1] < 1)) {
            throw new IllegalArgumentException("retentions lie between 0 and 1: " + Arrays.toString(seen));
        }
        return new Wanted(workedUntil, rising);
    }

    /** The mean. */
    public double mean() {
        return Arrays.stream(rising).sum() / rising.length;
    }

    int workedUntil() {
        return workedUntil;
    }

    double draw(double u) {
        return rising[(int) (u * rising.length)];
    }

    /** One below a recall that the card is still waiting at; NaN if so few are that it was put aside. */
    double drawBelow(double recall, double u) {
        if (rising.length == 1) {
            return rising[0];
        }
        int below = 0;
        while (below < rising.length && rising[below] < recall) {
            below++;
        }
        return below < PUT_ASIDE * rising.length ? Double.NaN : rising[(int) (u * below)];
    }
}
