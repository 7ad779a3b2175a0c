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
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
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
        ReviewHistory history = ReviewFile.read(Path.of(arguments.getFirst()));
        Trial trial = new Trial(history);
        boolean[] recalled = trial.recalled();
        long[] bins = trial.bins();
        double[][] draws = draws(trial.clusters());

        Report report =
                new Report("model", "log loss", "95 %", "RMSE(bins)", "95 %", "AUC", "95 %", "log loss by part");
        ArrayNode models = new ObjectMapper().createArrayNode();
        for (Model model : Model.values()) {
            System.err.println(model.title());
            List<double[]> parts = model.predict(trial);
            Predictions predictions = new Predictions(
                    parts.stream().flatMapToDouble(Arrays::stream).toArray(), recalled, bins);
            if (predictions.size() != trial.size()) {
                throw new BenchmarkFailed(model.title() + " predicted " + predictions.size() + " of " + trial.size());
            }
            double[] equal = predictions.equalWeights();
            double[] logLoss = interval(draws, predictions::logLoss);
            double[] rmse = interval(draws, predictions::rmseBins);
            double[] auc = interval(draws, predictions::auc);
            report.row(
                    model.title(),
                    number(predictions.logLoss(equal)),
                    range(logLoss),
                    number(predictions.rmseBins(equal)),
                    range(rmse),
                    number(predictions.auc(equal)),
                    range(auc),
                    byPart(parts, predictions));
            ObjectNode row = models.addObject();
            row.put("name", model.title())
                    .put("logloss", rounded(predictions.logLoss(equal)))
                    .put("rmse_bins", rounded(predictions.rmseBins(equal)))
                    .put("auc", rounded(predictions.auc(equal)))
                    .put("n", predictions.size());
            row.putArray("logloss_95").add(rounded(logLoss[0])).add(rounded(logLoss[1]));
            row.putArray("rmse_bins_95").add(rounded(rmse[0])).add(rounded(rmse[1]));
            row.putArray("auc_95").add(rounded(auc[0])).add(rounded(auc[1]));
        }
        String split = history.hasClock()
                ? "TimeSeriesSplit(5) in time order"
                : "no clock in the file: five groups of cards, each predicted from the other four";
        String drawn = history.hasClock() ? "days (from 04:00 UTC)" : "cards";
        return report.note(
                        "%,d reviews of %,d cards, %,d predictions; %s.",
                        history.size(), history.cards(), trial.size(), split)
                .note(
                        "Reviews on the same day are history, not targets. Intervals: %,d bootstrap draws of %s.",
                        DRAWS, drawn)
                .note("SM-2 is untrained, recall .9^(t / interval), reviews on the same day left out.")
                .value("split", split)
                .value("headline", Model.HEADLINE.title())
                .value("models", models);
    }

    /** By draw, how often each prediction counts: its cluster's number of times among as many drawn as there are. */
    private static double[][] draws(int[] clusters) {
        int count = Arrays.stream(clusters).max().orElseThrow() + 1;
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] draws = new double[DRAWS][clusters.length];
        for (double[] draw : draws) {
            int[] times = new int[count];
            for (int i = 0; i < count; i++) {
                times[random.nextInt(count)]++;
            }
            for (int i = 0; i < clusters.length; i++) {
                draw[i] = times[clusters[i]];
            }
        }
        return draws;
    }

    private static double[] interval(double[][] draws, ToDoubleFunction<double[]> score) {
        double[] scores = Arrays.stream(draws).mapToDouble(score).sorted().toArray();
        return new double[] {scores[(int) (DRAWS * 0.025)], scores[(int) (DRAWS * 0.975)]};
    }

    private static String byPart(List<double[]> parts, Predictions predictions) {
        int[] from = {0};
        return parts.stream()
                .map(part -> {
                    double[] only = new double[predictions.size()];
                    Arrays.fill(only, from[0], from[0] + part.length, 1);
                    from[0] += part.length;
                    return number(predictions.logLoss(only));
                })
                .collect(Collectors.joining(" "));
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
