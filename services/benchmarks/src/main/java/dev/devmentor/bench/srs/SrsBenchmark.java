package dev.devmentor.bench.srs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.score.Predictions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** How well each model predicts a review log. */
public final class SrsBenchmark implements Benchmark {

    private static final int DRAWS = 1_000;
    private static final long SEED = 2_024;

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        if (arguments.size() != 1) {
            throw new BenchmarkFailed("usage: scripts/bench srs FILE");
        }
        ReviewFile file = ReviewFile.read(Path.of(arguments.getFirst()));
        ReviewHistory history = file.history();
        Trial trial = new Trial(history);
        boolean[] recalled = trial.recalled();
        long[] bins = trial.bins();
        int[] clusters = trial.clusters();

        Report report = new Report(
                "model",
                "log loss",
                "95 %",
                "RMSE(bins)",
                "95 %",
                "AUC",
                "95 %",
                "log loss by part",
                "worst part, fitted - default");
        ArrayNode models = new ObjectMapper().createArrayNode();
        Map<Model, double[]> byPart = new EnumMap<>(Model.class);
        for (Model model : Model.values()) {
            System.err.println(model.title());
            List<double[]> parts = model.predict(trial);
            Predictions predictions = new Predictions(
                    parts.stream().flatMapToDouble(Arrays::stream).toArray(), recalled, bins);
            if (predictions.size() != trial.size()) {
                throw new BenchmarkFailed(model.title() + " predicted " + predictions.size() + " of " + trial.size());
            }
            double[] equal = predictions.equalWeights();
            Intervals intervals = intervals(predictions, clusters);
            double[] losses = lossByPart(parts, predictions);
            byPart.put(model, losses);
            OptionalDouble worst = model.unfitted()
                    .map(byPart::get)
                    .map(unfitted -> OptionalDouble.of(worstDelta(losses, unfitted)))
                    .orElse(OptionalDouble.empty());
            report.row(
                    model.title(),
                    number(predictions.logLoss(equal)),
                    range(intervals.logLoss()),
                    number(predictions.rmseBins(equal)),
                    range(intervals.rmseBins()),
                    number(predictions.auc(equal)),
                    range(intervals.auc()),
                    Arrays.stream(losses).mapToObj(SrsBenchmark::number).collect(Collectors.joining(" ")),
                    worst.isPresent() ? String.format(Locale.ROOT, "%+.4f", worst.getAsDouble()) : "");
            ObjectNode row = models.addObject();
            row.put("name", model.title())
                    .put("logloss", rounded(predictions.logLoss(equal)))
                    .put("rmse_bins", rounded(predictions.rmseBins(equal)))
                    .put("auc", rounded(predictions.auc(equal)))
                    .put("n", predictions.size());
            put(row, "logloss_95", intervals.logLoss());
            put(row, "rmse_bins_95", intervals.rmseBins());
            put(row, "auc_95", intervals.auc());
            worst.ifPresent(delta -> row.put("worst_fold_delta", rounded(delta)));
        }
        String split = history.hasClock()
                ? "TimeSeriesSplit(5) in time order"
                : "no clock in the file: five groups of cards, each predicted from the other four";
        String drawn = history.hasClock() ? "days (from 04:00 UTC)" : "cards";
        return report.note(
                        "%,d reviews of %,d cards, %,d predictions; %s.%s",
                        history.size(),
                        history.cards(),
                        trial.size(),
                        split,
                        file.skipped().sentence())
                .note(
                        "Reviews on the same day are history, not targets. Intervals: %,d bootstrap draws of %s.",
                        DRAWS, drawn)
                .note("SM-2 is untrained, recall .9^(t / interval), reviews on the same day left out.")
                .value("split", split)
                .value("skipped_rows", file.skipped().count())
                .value("headline", Model.HEADLINE.title())
                .value("models", models);
    }

    record Intervals(double[] logLoss, double[] rmseBins, double[] auc) {}

    /**
     * 95 % of each score over bootstrap draws: as many clusters as there are, each prediction counting as often as its cluster was
     * drawn. The draws are made anew for each model, from the same seed, instead of being kept: a thousand of them
     * would take 8 kB for each prediction, and logs of a hundred thousand reviews are ordinary.
     */
    static Intervals intervals(Predictions predictions, int[] clusters) {
        int count = Arrays.stream(clusters).max().orElseThrow() + 1;
        SplittableRandom random = new SplittableRandom(SEED);
        int[] times = new int[count];
        double[] weights = new double[clusters.length];
        double[] logLoss = new double[DRAWS];
        double[] rmseBins = new double[DRAWS];
        double[] auc = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < count; i++) {
                times[random.nextInt(count)]++;
            }
            for (int i = 0; i < clusters.length; i++) {
                weights[i] = times[clusters[i]];
            }
            logLoss[draw] = predictions.logLoss(weights);
            rmseBins[draw] = predictions.rmseBins(weights);
            auc[draw] = predictions.auc(weights);
        }
        return new Intervals(interval(logLoss), interval(rmseBins), interval(auc));
    }

    private static double[] interval(double[] scores) {
        Arrays.sort(scores);
        return new double[] {scores[(int) (DRAWS * 0.025)], scores[(int) (DRAWS * 0.975)]};
    }

    private static double[] lossByPart(List<double[]> parts, Predictions predictions) {
        double[] only = new double[predictions.size()];
        double[] losses = new double[parts.size()];
        int from = 0;
        for (int part = 0; part < losses.length; part++) {
            Arrays.fill(only, 0);
            int to = from + parts.get(part).length;
            Arrays.fill(only, from, to, 1);
            losses[part] = predictions.logLoss(only);
            from = to;
        }
        return losses;
    }

    /** By how much a fitted model's log loss is above that of its default on the part where it does worst; below 0 if on none. */
    static double worstDelta(double[] fitted, double[] unfitted) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int part = 0; part < fitted.length; part++) {
            worst = Math.max(worst, fitted[part] - unfitted[part]);
        }
        return worst;
    }

    private static void put(ObjectNode row, String key, double[] interval) {
        row.putArray(key).add(rounded(interval[0])).add(rounded(interval[1]));
    }

    private static String range(double[] interval) {
        return number(interval[0]) + "-" + number(interval[1]);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
