package dev.devmentor.bench.srs;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.bench.srs.Trial.Fold;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer.Targets;
import dev.devmentor.learning.engine.fit.GuardedFit;
import dev.devmentor.learning.engine.fit.GuardedFit.Layer;
import dev.devmentor.learning.engine.fit.Recall;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Ways to let new weights in, on generated people: how well the next part is predicted, by the procedure of {@link
 * SrsBenchmark}. Losses are expected ones, under the chances with which answers were drawn. It is where the way that is shipped
 * was chosen, so that no log of a real person had a say.
 */
public final class GuardBenchmark implements Benchmark {

    private static final int LEARNERS = 100;
    private static final int LARGE = 3_000; // reviews
    private static final double ALLOWED = 0.0005; // above the defaults, on any part

    private enum Way {
        DEFAULTS("defaults") {
            @Override
            Fsrs7Weights next(ReviewHistory training, Fsrs7Weights before, Layer layer) {
                return Fsrs7Weights.DEFAULT;
            }
        },
        UNGUARDED("every fit") {
            @Override
            Fsrs7Weights next(ReviewHistory training, Fsrs7Weights before, Layer layer) {
                return Fsrs7Trainer.fit(training, Targets.LONG_TERM);
            }
        },
        BETTER("all or nothing, if better") {
            @Override
            Fsrs7Weights next(ReviewHistory training, Fsrs7Weights before, Layer layer) {
                return allOrNothing(training, before, layer, 0);
            }
        },
        ONE_ERROR("all or nothing, by one standard error") {
            @Override
            Fsrs7Weights next(ReviewHistory training, Fsrs7Weights before, Layer layer) {
                return allOrNothing(training, before, layer, 1);
            }
        },
        SHIPPED("as far as the held-out part carries it (shipped)") {
            @Override
            Fsrs7Weights next(ReviewHistory training, Fsrs7Weights before, Layer layer) {
                return GuardedFit.fsrs7(training, before, Targets.LONG_TERM, layer)
                        .weights();
            }
        };

        private final String title;

        Way(String title) {
            this.title = title;
        }

        abstract Fsrs7Weights next(ReviewHistory training, Fsrs7Weights before, Layer layer);
    }

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        int learners = learners(arguments);
        List<GeneratedLearner> people = LongStream.iterate(0, seed -> seed + 1)
                .mapToObj(GeneratedLearner::of)
                .filter(person -> person.history().longTermCount() >= Trial.FEWEST_TARGETS)
                .limit(learners)
                .toList();
        Report report = new Report(
                "way",
                "offset",
                "log loss",
                "< 3,000 reviews",
                "larger",
                "worst part - default, 90 %",
                "95 %",
                "worst part above .0005, %");
        for (Layer layer : Layer.values()) {
            double[][] loss = new double[Way.values().length][learners];
            double[][] worst = new double[Way.values().length][learners];
            boolean[] large = new boolean[learners];
            for (int learner = 0; learner < learners; learner++) {
                if (learner % 20 == 0) {
                    System.err.printf("%s: %d of %d people%n", layer, learner, learners);
                }
                GeneratedLearner person = people.get(learner);
                Trial trial = new Trial(person.history());
                large[learner] = person.history().size() >= LARGE;
                double[] defaults = new double[Trial.PARTS];
                for (int part = 0; part < Trial.PARTS; part++) {
                    defaults[part] = expected(person, trial.folds().get(part), Fsrs7Weights.DEFAULT, Layer.NONE);
                }
                for (Way way : Way.values()) {
                    Fsrs7Weights weights = Fsrs7Weights.DEFAULT;
                    double[] parts = new double[Trial.PARTS];
                    for (int part = 0; part < Trial.PARTS; part++) {
                        Fold fold = trial.folds().get(part);
                        weights = way.next(fold.training(), weights, layer);
                        parts[part] = expected(person, fold, weights, layer);
                    }
                    loss[way.ordinal()][learner] =
                            Arrays.stream(parts).average().orElseThrow();
                    worst[way.ordinal()][learner] = SrsBenchmark.worstDelta(parts, defaults);
                }
            }
            for (Way way : Way.values()) {
                row(report, way, layer, loss[way.ordinal()], large, worst[way.ordinal()]);
            }
        }
        return report.note(
                        "%,d generated people of 200 to 12,000 reviews, five parts each, each predicted from what came"
                                + " before it.",
                        learners)
                .note("Compared with defaults without offset, as in scripts/bench srs.");
    }

    private static int learners(List<String> arguments) throws BenchmarkFailed {
        try {
            int learners = arguments.isEmpty() ? LEARNERS : Integer.parseInt(arguments.getFirst());
            if (learners > 0 && arguments.size() < 2) {
                return learners;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BenchmarkFailed("usage: scripts/bench guard [PEOPLE]");
    }

    private static void row(Report report, Way way, Layer layer, double[] loss, boolean[] large, double[] worst) {
        double[] sum = new double[2];
        int[] count = new int[2];
        for (int i = 0; i < loss.length; i++) {
            sum[large[i] ? 1 : 0] += loss[i];
            count[large[i] ? 1 : 0]++;
        }
        double[] ascending = worst.clone();
        Arrays.sort(ascending);
        long above = Arrays.stream(worst).filter(each -> each > ALLOWED).count();
        double mean = (sum[0] + sum[1]) / loss.length;
        report.row(
                        way.title,
                        layer == Layer.ONLINE ? "online" : "none",
                        number(mean),
                        number(sum[0] / count[0]),
                        number(sum[1] / count[1]),
                        signed(ascending[(int) (loss.length * 0.9)]),
                        signed(ascending[(int) (loss.length * 0.95)]),
                        String.format(Locale.ROOT, "%.0f", 100.0 * above / loss.length))
                .value(way.name().toLowerCase(Locale.ROOT) + "_" + (layer == Layer.ONLINE ? "online" : "none"), mean);
    }

    /** The mean expected log loss of a part. */
    private static double expected(GeneratedLearner person, Fold fold, Fsrs7Weights weights, Layer layer) {
        double[] p = Recall.of(new Fsrs7(weights), fold.history());
        OnlineOffset offset = OnlineOffset.NONE;
        if (layer == Layer.ONLINE) {
            for (int row : fold.warmUp()) {
                offset = offset.after(p[row], fold.history().grade(row) > 1);
            }
        }
        double sum = 0;
        for (int row : fold.tested()) {
            double predicted = offset.apply(p[row]);
            double truth = person.truth()[row];
            sum -= truth * DeterministicMath.log(predicted) + (1 - truth) * DeterministicMath.log(1 - predicted);
            if (layer == Layer.ONLINE) {
                offset = offset.after(p[row], fold.history().grade(row) > 1);
            }
        }
        return sum / fold.tested().length;
    }

    /**
     * The guard of before, and without its standard errors: the whole fit or nothing of it. An earlier fit gives way to any
     * better one, and to defaults that are better by the standard errors.
     */
    private static Fsrs7Weights allOrNothing(
            ReviewHistory training, Fsrs7Weights before, Layer layer, double standardErrors) {
        int[] targets = Trial.longTerm(training);
        int from = targets.length - targets.length / Trial.PARTS;
        Fsrs7Weights trial = Fsrs7Trainer.fit(training.prefix(targets[from]), Targets.LONG_TERM);
        boolean isFirst = before.equals(Fsrs7Weights.DEFAULT);
        double[] ofDefaults = losses(training, targets, from, Fsrs7Weights.DEFAULT, layer);
        double[] ofTrial = losses(training, targets, from, trial, layer);
        double[] ofBefore = isFirst ? ofDefaults : losses(training, targets, from, before, layer);
        long[] day = new long[ofTrial.length];
        for (int i = 0; i < day.length; i++) {
            day[i] = Math.floorDiv(training.time(targets[from + i]), 86_400_000L);
        }
        boolean defaultsReturn = !isFirst && isBetter(ofDefaults, ofBefore, day, standardErrors);
        boolean takesOver = isFirst || defaultsReturn
                ? isBetter(ofTrial, ofDefaults, day, standardErrors)
                : isBetter(ofTrial, ofBefore, day, 0);
        return takesOver
                ? Fsrs7Trainer.fit(training, Targets.LONG_TERM)
                : defaultsReturn ? Fsrs7Weights.DEFAULT : before;
    }

    private static double[] losses(ReviewHistory history, int[] targets, int from, Fsrs7Weights weights, Layer layer) {
        double[] p = Recall.of(new Fsrs7(weights), history);
        double[] losses = new double[targets.length - from];
        OnlineOffset offset = OnlineOffset.NONE;
        for (int i = 0; i < targets.length; i++) {
            boolean recalled = history.grade(targets[i]) > 1;
            if (i >= from) {
                double predicted = offset.apply(p[targets[i]]);
                losses[i - from] = -DeterministicMath.log(recalled ? predicted : 1 - predicted);
            }
            if (layer == Layer.ONLINE) {
                offset = offset.after(p[targets[i]], recalled);
            }
        }
        return losses;
    }

    /** By more than so many standard errors of the mean difference, days counting as observations; never by a single day. */
    private static boolean isBetter(double[] losses, double[] than, long[] day, double standardErrors) {
        double mean = 0;
        for (int i = 0; i < losses.length; i++) {
            mean += (than[i] - losses[i]) / losses.length;
        }
        double squares = 0;
        int days = 0;
        for (int i = 0; i < losses.length; days++) {
            double away = 0;
            long today = day[i];
            for (; i < losses.length && day[i] == today; i++) {
                away += than[i] - losses[i] - mean;
            }
            squares += away * away;
        }
        if (standardErrors == 0) {
            return mean > 0;
        }
        return days > 1 && mean > standardErrors * Math.sqrt(squares * days / (days - 1.0)) / losses.length;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }
}
