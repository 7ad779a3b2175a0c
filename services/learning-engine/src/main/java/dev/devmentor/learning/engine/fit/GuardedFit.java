package dev.devmentor.learning.engine.fit;

import dev.devmentor.learning.engine.math.DeterministicMath;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import java.util.function.Function;

/**
 * A fit that has to prove itself on reviews it has not seen. The last fifth of a history's long-term targets is held out, a fit is
 * made from what comes before, and it takes over only if it predicts the held-out part better than the weights in use:
 * than the defaults by more than one standard error of the mean difference, than an earlier fit by anything. Then it is made
 * again from the whole history. An earlier fit gives way to the defaults if they are better by more than one standard error.
 *
 * <p>The standard error counts days, not reviews: those of one day share its luck. A held-out part of a single day proves
 * nothing (a fit to a person's first weeks can look good on it, and be wrong about the months to come). One standard error is
 * the usual allowance (Breiman, Friedman, Olshen, Stone 1984, section 3.4.3).
 */
public final class GuardedFit {

    /** One target of this many is held out. */
    private static final int HELD_OUT = 5;

    private static final double STANDARD_ERRORS = 1;

    private static final long MILLIS_PER_DAY = 86_400_000;

    private GuardedFit() {}

    /** Whose predictions are judged. */
    public enum Layer {
        /** The model's own. */
        NONE,
        /** With the offset of {@link OnlineOffset}, which makes up for part of what a fit corrects. */
        ONLINE
    }

    /** Which weights came out. */
    public enum Choice {
        /** Nothing beat the defaults. */
        DEFAULTS,
        /** The weights in use stay. */
        KEPT,
        /** A new fit takes over. */
        FITTED
    }

    /**
     * What came out.
     *
     * @param weights to use from now on
     * @param choice where they come from
     * @param lossOfDefaults mean log loss on the held-out part; NaN if nothing was held out
     * @param lossOfFit the same of the fit made without it
     */
    public record Outcome<W>(W weights, Choice choice, double lossOfDefaults, double lossOfFit) {}

    /**
     * Fits FSRS-6.
     *
     * @param before the weights in use, the defaults if none were fitted yet; it must not have seen the last fifth
     */
    public static Outcome<Fsrs6Weights> fsrs6(ReviewHistory history, Fsrs6Weights before, Layer layer) {
        return fit(
                history,
                Fsrs6Weights.DEFAULT,
                before,
                layer,
                Fsrs6Trainer::fit,
                weights -> Recall.of(new Fsrs6(weights), history));
    }

    /** Fits FSRS-7; see {@link #fsrs6}. */
    public static Outcome<Fsrs7Weights> fsrs7(
            ReviewHistory history, Fsrs7Weights before, Fsrs7Trainer.Targets targets, Layer layer) {
        return fit(
                history,
                Fsrs7Weights.DEFAULT,
                before,
                layer,
                part -> Fsrs7Trainer.fit(part, targets),
                weights -> Recall.of(new Fsrs7(weights), history));
    }

    private static <W> Outcome<W> fit(
            ReviewHistory history,
            W defaults,
            W before,
            Layer layer,
            Function<ReviewHistory, W> trainer,
            Function<W, double[]> predictions) {
        int targets = history.longTermCount();
        int heldOut = targets / HELD_OUT;
        int from = rowOfTarget(history, targets - heldOut);
        W fitted = heldOut < 2 ? defaults : trainer.apply(history.prefix(from));
        if (heldOut < 2) {
            return new Outcome<>(
                    before, before.equals(defaults) ? Choice.DEFAULTS : Choice.KEPT, Double.NaN, Double.NaN);
        }
        double[] ofDefaults = losses(history, from, heldOut, predictions.apply(defaults), layer);
        double[] ofFit = losses(history, from, heldOut, predictions.apply(fitted), layer);
        double[] ofBefore =
                before.equals(defaults) ? ofDefaults : losses(history, from, heldOut, predictions.apply(before), layer);
        double lossOfDefaults = mean(ofDefaults);
        double lossOfFit = mean(ofFit);
        int[] group = groups(history, from, heldOut);
        boolean isFirst = before.equals(defaults);
        boolean defaultsReturn = !isFirst && isBetter(ofDefaults, ofBefore, group);
        if (isFirst || defaultsReturn ? isBetter(ofFit, ofDefaults, group) : lossOfFit < mean(ofBefore)) {
            return new Outcome<>(trainer.apply(history), Choice.FITTED, lossOfDefaults, lossOfFit);
        }
        boolean keeps = !isFirst && !defaultsReturn;
        return new Outcome<>(
                keeps ? before : defaults, keeps ? Choice.KEPT : Choice.DEFAULTS, lossOfDefaults, lossOfFit);
    }

    /** What shares its luck: the day of each held-out target, or its card where the history has no clock; from 0, rising. */
    private static int[] groups(ReviewHistory history, int from, int count) {
        int[] group = new int[count];
        int at = 0;
        int groups = 0;
        long previous = 0;
        for (int r = from; r < history.size(); r++) {
            if (history.isLongTerm(r)) {
                long key = history.hasClock() ? Math.floorDiv(history.time(r), MILLIS_PER_DAY) : history.card(r);
                groups += at > 0 && key != previous ? 1 : 0;
                previous = key;
                group[at++] = groups;
            }
        }
        return group;
    }

    /** Log losses of the held-out targets, in time order; the layer learns from the targets before them. */
    private static double[] losses(ReviewHistory history, int from, int count, double[] p, Layer layer) {
        double[] losses = new double[count];
        OnlineOffset offset = OnlineOffset.NONE;
        int at = 0;
        for (int r = 0; r < history.size(); r++) {
            if (!history.isLongTerm(r)) {
                continue;
            }
            boolean recalled = history.grade(r) > 1;
            if (r >= from) {
                double predicted = offset.apply(p[r]);
                losses[at++] = -DeterministicMath.log(recalled ? predicted : 1 - predicted);
            }
            if (layer == Layer.ONLINE) {
                offset = offset.after(p[r], recalled);
            }
        }
        return losses;
    }

    /** By more than one standard error of the mean difference, with the differences of a group summed up first. */
    private static boolean isBetter(double[] losses, double[] than, int[] group) {
        int n = losses.length;
        int groups = group[n - 1] + 1;
        if (groups < 2) {
            return false;
        }
        double[] sum = new double[groups];
        int[] size = new int[groups];
        double total = 0;
        for (int i = 0; i < n; i++) {
            sum[group[i]] += than[i] - losses[i];
            size[group[i]]++;
            total += than[i] - losses[i];
        }
        double mean = total / n;
        double squares = 0;
        for (int g = 0; g < groups; g++) {
            double away = sum[g] - size[g] * mean;
            squares += away * away;
        }
        double error = Math.sqrt(squares * groups / (groups - 1)) / n;
        return mean > STANDARD_ERRORS * error;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static int rowOfTarget(ReviewHistory history, int index) {
        int left = index;
        for (int r = 0; r < history.size(); r++) {
            if (history.isLongTerm(r) && left-- == 0) {
                return r;
            }
        }
        return history.size();
    }
}
