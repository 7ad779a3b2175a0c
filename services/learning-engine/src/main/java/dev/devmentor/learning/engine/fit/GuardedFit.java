package dev.devmentor.learning.engine.fit;

import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;

/**
 * A fit that has to prove itself on reviews it has not seen, and goes as far as they carry it. The last fifth of a history's
 * long-term targets is held out, and a trial fit is made from what comes before. Ten steps lead from the weights in use to it, on
 * a straight line; those that predict the held-out part better than the weights in use are candidates. If there is none,
 * the weights in use stay. Otherwise the fit is made again from the whole history, and the new weights lie as far on the way to
 * it as the candidates do on average, each weighing its likelihood on the held-out part times its prior.
 *
 * <p>The prior is the step itself: most logs, on generated people, are served best by most of the way, and the held-out part of
 * a short log says little. The average of candidates, and not the best of them, because the best of a noisy comparison is
 * often an accident. Both were chosen on generated people only ({@code scripts/bench guard}; docs/benchmarks.md).
 *
 * <p>Where nothing corrects predictions between fits ({@link Layer#NONE}), a held-out part of a single day proves nothing: the
 * reviews of a day share its luck, and a fit that took it for the person's memory would be wrong for months. {@link
 * OnlineOffset} forgets such luck within days, and makes up for what a fit took from it.
 */
public final class GuardedFit {

    /** One target of this many is held out. */
    private static final int HELD_OUT = 5;

    /** From the weights in use to the fit. */
    private static final int STEPS = 10;

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
        /** New weights, on the way to a new fit or at its end. */
        FITTED
    }

    /**
     * What came out.
     *
     * @param weights to use from now on
     * @param choice where they come from
     * @param share how far on the way from the weights in use to the fit they are, 0 to 1
     * @param lossOfDefaults mean log loss on the held-out part; NaN if nothing was held out
     * @param lossOfFit the same of the trial fit, as far on the way to it as {@code share} says; of its end if that is 0
     */
    public record Outcome<W>(W weights, Choice choice, double share, double lossOfDefaults, double lossOfFit) {}

    /**
     * Fits FSRS-6.
     *
     * @param before the weights in use, the defaults if none were fitted yet; it must not have seen the last fifth
     */
    public static Outcome<Fsrs6Weights> fsrs6(ReviewHistory history, Fsrs6Weights before, Layer layer) {
        return fit(
                history,
                new Model<>() {
                    @Override
                    public Fsrs6Weights defaults() {
                        return Fsrs6Weights.DEFAULT;
                    }

                    @Override
                    public Fsrs6Weights fit(ReviewHistory part) {
                        return Fsrs6Trainer.fit(part);
                    }

                    @Override
                    public Fsrs6Weights between(Fsrs6Weights from, Fsrs6Weights to, double share) {
                        return Fsrs6Weights.of(GuardedFit.between(from.toArray(), to.toArray(), share));
                    }

                    @Override
                    public double[] predict(Fsrs6Weights weights) {
                        return Recall.of(new Fsrs6(weights), history);
                    }
                },
                before,
                layer);
    }

    /** Fits FSRS-7; see {@link #fsrs6}. */
    public static Outcome<Fsrs7Weights> fsrs7(
            ReviewHistory history, Fsrs7Weights before, Fsrs7Trainer.Targets targets, Layer layer) {
        return fit(
                history,
                new Model<>() {
                    @Override
                    public Fsrs7Weights defaults() {
                        return Fsrs7Weights.DEFAULT;
                    }

                    @Override
                    public Fsrs7Weights fit(ReviewHistory part) {
                        return Fsrs7Trainer.fit(part, targets);
                    }

                    @Override
                    public Fsrs7Weights between(Fsrs7Weights from, Fsrs7Weights to, double share) {
                        double[] w = GuardedFit.between(from.toArray(), to.toArray(), share);
                        Fsrs7Trainer.order(w); // both ends are in order, and between them only rounding is not
                        return Fsrs7Weights.of(w);
                    }

                    @Override
                    public double[] predict(Fsrs7Weights weights) {
                        return Recall.of(new Fsrs7(weights), history);
                    }
                },
                before,
                layer);
    }

    private interface Model<W> {
        W defaults();

        W fit(ReviewHistory part);

        /** @param share 0 is the one end, 1 the other */
        W between(W from, W to, double share);

        double[] predict(W weights);
    }

    private static <W> Outcome<W> fit(ReviewHistory history, Model<W> model, W before, Layer layer) {
        Choice kept = before.equals(model.defaults()) ? Choice.DEFAULTS : Choice.KEPT;
        int targets = history.longTermCount();
        int heldOut = targets / HELD_OUT;
        if (heldOut < 2) {
            return new Outcome<>(before, kept, 0, Double.NaN, Double.NaN);
        }
        int from = rowOfTarget(history, targets - heldOut);
        W trial = model.fit(history.prefix(from));
        double[] loss = new double[STEPS + 1]; // by step
        for (int step = 0; step <= STEPS; step++) {
            loss[step] = loss(history, from, model.predict(model.between(before, trial, share(step))), layer);
        }
        double lossOfDefaults =
                kept == Choice.DEFAULTS ? loss[0] : loss(history, from, model.predict(model.defaults()), layer);
        double share = layer == Layer.NONE && isOneDay(history, from) ? 0 : shareOfCandidates(loss);
        if (share == 0) {
            return new Outcome<>(before, kept, 0, lossOfDefaults / heldOut, loss[STEPS] / heldOut);
        }
        double lossOfFit = loss(history, from, model.predict(model.between(before, trial, share)), layer);
        return new Outcome<>(
                model.between(before, model.fit(history), share),
                Choice.FITTED,
                share,
                lossOfDefaults / heldOut,
                lossOfFit / heldOut);
    }

    /**
     * The mean share of the steps that beat step 0, each weighing its likelihood times its share; 0 if none does.
     *
     * @param loss by step, the sum over the held-out part: minus the logarithm of its likelihood
     */
    static double shareOfCandidates(double[] loss) {
        double least = Double.POSITIVE_INFINITY;
        for (double each : loss) {
            least = Math.min(least, each);
        }
        double total = 0;
        double sum = 0;
        for (int step = 1; step <= STEPS; step++) {
            if (loss[step] < loss[0]) {
                double weight = share(step) * DeterministicMath.exp(least - loss[step]);
                total += weight;
                sum += weight * share(step);
            }
        }
        return total == 0 ? 0 : sum / total;
    }

    private static double share(int step) {
        return (double) step / STEPS;
    }

    /** On the straight line, and never outside its ends by rounding: bounds that hold for both hold for it. */
    static double[] between(double[] from, double[] to, double share) {
        double[] w = new double[from.length];
        for (int i = 0; i < w.length; i++) {
            double moved = share == 1 ? to[i] : from[i] + share * (to[i] - from[i]);
            w[i] = Math.min(Math.max(moved, Math.min(from[i], to[i])), Math.max(from[i], to[i]));
        }
        return w;
    }

    /** Whether all targets from a row on share their luck: one day, or one card where the history has no clock. */
    private static boolean isOneDay(ReviewHistory history, int from) {
        long first = key(history, from);
        for (int r = from; r < history.size(); r++) {
            if (history.isLongTerm(r) && key(history, r) != first) {
                return false;
            }
        }
        return true;
    }

    private static long key(ReviewHistory history, int row) {
        return history.hasClock() ? Math.floorDiv(history.time(row), MILLIS_PER_DAY) : history.card(row);
    }

    /** The sum of log losses of the targets from a row on, in time order; the layer learns from those before each. */
    private static double loss(ReviewHistory history, int from, double[] p, Layer layer) {
        double loss = 0;
        OnlineOffset offset = OnlineOffset.NONE;
        for (int r = 0; r < history.size(); r++) {
            if (!history.isLongTerm(r)) {
                continue;
            }
            boolean recalled = history.grade(r) > 1;
            if (r >= from) {
                double predicted = offset.apply(p[r]);
                loss -= DeterministicMath.log(recalled ? predicted : 1 - predicted);
            }
            if (layer == Layer.ONLINE) {
                offset = offset.after(p[r], recalled);
            }
        }
        return loss;
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
