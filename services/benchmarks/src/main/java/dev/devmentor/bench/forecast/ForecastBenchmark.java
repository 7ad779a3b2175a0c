package dev.devmentor.bench.forecast;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.learning.engine.analytics.Calibration;
import dev.devmentor.learning.engine.analytics.Course;
import dev.devmentor.learning.engine.analytics.Forecast;
import dev.devmentor.learning.engine.analytics.HeatMap;
import dev.devmentor.learning.engine.analytics.Memories;
import dev.devmentor.learning.engine.analytics.RetentionAdviser.Advice;
import dev.devmentor.learning.engine.analytics.RetentionAdviser.Option;
import dev.devmentor.learning.engine.analytics.TrueRetention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What the first half of a log says about the later one, against what happened in it. */
public final class ForecastBenchmark implements Benchmark {

    private static final int RECENT_DAYS = 28;
    private static final int WEEK = 7;
    private static final int BINS = 20;

    private final ObjectMapper json = new ObjectMapper();

    /** What one model says, and how its predictions of recall did. */
    private record Said(Predictor predictor, Foresight foresight, Calibration ahead, Calibration unseen) {}

    /** What is predicted for each day. */
    private enum Measure {
        REVIEWS("reviews", Course::reviewsPerDay, HeatMap.Day::reviewed),
        ANSWERS("answers", Course::answersPerDay, day -> day.answers().count()),
        MINUTES("minutes", Course::minutesPerDay, HeatMap.Day::minutes);

        private final String title;
        private final ToDoubleFunction<Course> simulated;
        private final ToDoubleFunction<HeatMap.Day> happened;

        Measure(String title, ToDoubleFunction<Course> simulated, ToDoubleFunction<HeatMap.Day> happened) {
            this.title = title;
            this.simulated = simulated;
            this.happened = happened;
        }

        Forecast.Range of(Forecast.Day day) {
            return switch (this) {
                case REVIEWS -> day.reviews();
                case ANSWERS -> day.answers();
                case MINUTES -> day.minutes();
            };
        }
    }

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        if (arguments.size() != 1) {
            throw new BenchmarkFailed("usage: scripts/bench forecast FILE");
        }
        Halves halves = Halves.of(LogFile.read(Path.of(arguments.getFirst())));
        List<Said> all = new ArrayList<>();
        for (Predictor predictor : Predictor.values()) {
            System.err.println(predictor.title());
            all.add(say(predictor, halves));
        }
        Said headline = all.get(Predictor.HEADLINE.ordinal());

        List<String> columns = new ArrayList<>(List.of("later half", "happened"));
        all.forEach(said -> columns.add(said.predictor().title()));
        columns.addAll(List.of("mean of all past days", "mean of " + RECENT_DAYS + " days"));
        Report report = new Report(columns.toArray(String[]::new));
        rates(report, "share of days with work", "work", halves, all, day -> day.worked() ? 1 : 0, day -> 1);
        rates(report, "new cards a day", "introduced", halves, all, Course.Day::introduced, HeatMap.Day::introduced);
        for (Measure measure : Measure.values()) {
            workload(report, measure, halves, all, headline);
        }
        recall(report, halves, all, headline);
        advice(report, halves, all, headline);
        String split =
                "learnt from " + halves.before().size() + " answers up to " + date(halves.today() - 1) + ", scored on "
                        + (halves.whole().size() - halves.before().size()) + " of the " + halves.days() + " days after";
        return report.note("%,d answers of %,d cards; %s.", halves.whole().size(), cards(halves), split)
                .note(
                        "Weights, habits (grades, repeats, times, attendance, new cards) and the recall at which cards are asked are"
                                + " taken from the first part alone; the log says of no card when it is due.")
                .note(
                        "In brackets: 10 to 90 %% of %d courses.",
                        headline.foresight().forecast().runs())
                .note(
                        "%s: %s",
                        headline.predictor().title(),
                        headline.foresight().yearsAdvice().sentence())
                .value("split", split)
                .value("headline", headline.predictor().title());
    }

    private static Said say(Predictor predictor, Halves halves) {
        Foresight foresight = Foresight.of(predictor, halves.before(), halves.today(), halves.days());
        double[] predicted = Memories.of(foresight.model(), halves.whole()).predicted();
        double[] unseen = new double[predicted.length];
        Arrays.fill(unseen, Double.NaN);
        for (int row = halves.firstRow(); row < unseen.length; row++) {
            int before = halves.whole().reviews().before(row);
            if (before >= 0 && before < halves.firstRow()) {
                unseen[row] = predicted[row];
            }
        }
        return new Said(
                predictor,
                foresight,
                Calibration.of(halves.whole(), predicted, halves.firstRow(), BINS),
                Calibration.of(halves.whole(), unseen, halves.firstRow(), BINS));
    }

    /** What the workload rests on. */
    private void rates(
            Report report,
            String title,
            String key,
            Halves halves,
            List<Said> all,
            ToDoubleFunction<Course.Day> simulated,
            ToDoubleFunction<HeatMap.Day> happened) {
        double came = mean(halves.happened(happened));
        double past = mean(halves.past(halves.pastDays(), happened));
        double recent = mean(halves.past(Math.min(RECENT_DAYS, halves.pastDays()), happened));
        List<String> cells = new ArrayList<>(List.of(title, two(came)));
        double ours = 0;
        for (Said said : all) {
            ours = mean(said.foresight().courses().stream()
                    .flatMap(course -> course.days().stream())
                    .mapToDouble(simulated)
                    .toArray());
            cells.add(two(ours));
        }
        cells.addAll(List.of(two(past), two(recent)));
        report.row(cells.toArray(String[]::new));
        report.value(
                key,
                json.createObjectNode()
                        .put("happened", rounded(came))
                        .put("predicted", rounded(ours))
                        .put("mean_of_past", rounded(past))
                        .put("mean_of_28_days", rounded(recent)));
    }

    private void workload(Report report, Measure measure, Halves halves, List<Said> all, Said headline) {
        double[] happened = halves.happened(measure.happened);
        double past = mean(halves.past(halves.pastDays(), measure.happened));
        double recent = mean(halves.past(Math.min(RECENT_DAYS, halves.pastDays()), measure.happened));

        List<String> cells = new ArrayList<>(List.of(measure.title + " a day", one(mean(happened))));
        for (Said said : all) {
            Forecast.Range range = Forecast.Range.of(said.foresight().courses().stream()
                    .mapToDouble(measure.simulated)
                    .toArray());
            cells.add(one(range.mean()) + " (" + one(range.low()) + "-" + one(range.high()) + ")");
        }
        cells.addAll(List.of(one(past), one(recent)));
        report.row(cells.toArray(String[]::new));

        List<String> day = new ArrayList<>(List.of("  mean error of a day", ""));
        List<String> week = new ArrayList<>(List.of("  mean error of a week", ""));
        List<String> within = new ArrayList<>(List.of("  days within 10-90 %", ""));
        double dayError = 0;
        double weekError = 0;
        double covered = 0;
        for (Said said : all) {
            double[] expected = said.foresight().forecast().days().stream()
                    .mapToDouble(of -> measure.of(of).mean())
                    .toArray();
            double[] inside = IntStream.range(0, happened.length)
                    .mapToDouble(i -> {
                        Forecast.Range range =
                                measure.of(said.foresight().forecast().days().get(i));
                        return happened[i] >= range.low() && happened[i] <= range.high() ? 1 : 0;
                    })
                    .toArray();
            day.add(one(error(expected, happened, 1)));
            week.add(one(error(expected, happened, WEEK)));
            within.add(String.format(Locale.ROOT, "%.0f %%", 100 * mean(inside)));
            if (said == headline) {
                dayError = error(expected, happened, 1);
                weekError = error(expected, happened, WEEK);
                covered = mean(inside);
            }
        }
        double pastDay = error(constant(past, happened.length), happened, 1);
        double recentDay = error(constant(recent, happened.length), happened, 1);
        double pastWeek = error(constant(past, happened.length), happened, WEEK);
        double recentWeek = error(constant(recent, happened.length), happened, WEEK);
        day.addAll(List.of(one(pastDay), one(recentDay)));
        week.addAll(List.of(one(pastWeek), one(recentWeek)));
        within.addAll(List.of("", ""));
        report.row(day.toArray(String[]::new));
        report.row(week.toArray(String[]::new));
        report.row(within.toArray(String[]::new));

        ObjectNode node = json.createObjectNode();
        node.put("happened", rounded(mean(happened)))
                .put(
                        "predicted",
                        rounded(headline.foresight().courses().stream()
                                .mapToDouble(measure.simulated)
                                .average()
                                .orElseThrow()))
                .put("mean_of_past", rounded(past))
                .put("mean_of_28_days", rounded(recent))
                .put("day_error", rounded(dayError))
                .put("day_error_of_past", rounded(pastDay))
                .put("day_error_of_28_days", rounded(recentDay))
                .put("week_error", rounded(weekError))
                .put("week_error_of_past", rounded(pastWeek))
                .put("week_error_of_28_days", rounded(recentWeek))
                .put("within_10_90", rounded(covered));
        report.value(measure.title, node);
    }

    private void recall(Report report, Halves halves, List<Said> all, Said headline) {
        TrueRetention past = TrueRetention.of(halves.before(), halves.before().day(0), halves.today() - 1);
        TrueRetention recent = TrueRetention.of(halves.before(), halves.today() - RECENT_DAYS, halves.today() - 1);
        double pastRate = past.all().rate();
        double recentRate = recent.all().rate();
        recallOf(report, "recall, one review ahead", halves, all, Said::ahead, pastRate, recentRate, false);
        recallOf(report, "recall, next review of a card", halves, all, Said::unseen, pastRate, recentRate, true);
        ArrayNode bins = json.createArrayNode();
        for (Calibration.Bin bin : headline.ahead().bins()) {
            bins.addObject()
                    .put("predicted", rounded(bin.predicted()))
                    .put("observed", rounded(bin.observed().rate()))
                    .put("n", bin.observed().count())
                    .put("low", rounded(bin.observed().low()))
                    .put("high", rounded(bin.observed().high()));
        }
        report.value("calibration", bins);
    }

    private void recallOf(
            Report report,
            String title,
            Halves halves,
            List<Said> all,
            java.util.function.Function<Said, Calibration> of,
            double past,
            double recent,
            boolean unseen) {
        Calibration constantPast = constant(halves, past, unseen);
        Calibration constantRecent = constant(halves, recent, unseen);
        List<Calibration> columns = new ArrayList<>();
        all.forEach(said -> columns.add(of.apply(said)));
        columns.add(constantPast);
        columns.add(constantRecent);
        String happened = four(constantPast.all().rate());
        row(report, title, happened, columns, Calibration::predicted);
        row(report, "  log loss", "", columns, Calibration::logLoss);
        row(report, "  RMSE(bins)", "", columns, Calibration::rmseBins);
        row(report, "  AUC", "", columns, Calibration::auc);
        Calibration ours = columns.get(Predictor.HEADLINE.ordinal());
        ObjectNode node = json.createObjectNode();
        node.put("n", ours.all().count())
                .put("happened", rounded(ours.all().rate()))
                .put("predicted", rounded(ours.predicted()))
                .put("logloss", rounded(ours.logLoss()))
                .put("logloss_of_past", rounded(constantPast.logLoss()))
                .put("logloss_of_28_days", rounded(constantRecent.logLoss()))
                .put("rmse_bins", rounded(ours.rmseBins()))
                .put("auc", rounded(ours.auc()));
        report.value(unseen ? "recall_unseen" : "recall", node);
    }

    private static Calibration constant(Halves halves, double rate, boolean unseen) {
        double[] predicted = new double[halves.whole().size()];
        for (int row = 0; row < predicted.length; row++) {
            int before = halves.whole().reviews().before(row);
            predicted[row] = unseen && before >= halves.firstRow() ? Double.NaN : rate;
        }
        return Calibration.of(halves.whole(), predicted, halves.firstRow(), BINS);
    }

    private static void row(
            Report report,
            String title,
            String happened,
            List<Calibration> columns,
            ToDoubleFunction<Calibration> value) {
        List<String> cells = new ArrayList<>(List.of(title, happened));
        columns.forEach(column -> cells.add(four(value.applyAsDouble(column))));
        report.row(cells.toArray(String[]::new));
    }

    /** What the adviser says of the retention that came about; the other rows of its table nobody lived through. */
    private void advice(Report report, Halves halves, List<Said> all, Said headline) {
        double came = TrueRetention.of(halves.whole(), halves.today(), halves.today() + halves.days() - 1)
                .all()
                .rate();
        List<String> cells = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "advised minutes a day at %.2f", came),
                one(mean(halves.happened(Measure.MINUTES.happened)))));
        List<String> least = new ArrayList<>(List.of("  retention of least work, a year", ""));
        for (Said said : all) {
            cells.add(one(nearest(said.foresight().advice(), came).minutesPerDay()));
            least.add(two(said.foresight().yearsAdvice().leastWork().retention()));
        }
        cells.addAll(List.of("", ""));
        least.addAll(List.of("", ""));
        report.row(cells.toArray(String[]::new));
        report.row(least.toArray(String[]::new));
        ObjectNode node = json.createObjectNode();
        node.put("retention_that_came", rounded(came))
                .put(
                        "minutes_at_it",
                        rounded(nearest(headline.foresight().advice(), came).minutesPerDay()))
                .put("minutes_that_came", rounded(mean(halves.happened(Measure.MINUTES.happened))))
                .put(
                        "recall_at_which_cards_are_asked",
                        rounded(headline.foresight().asked().mean()))
                .put(
                        "least_work_of_a_year",
                        headline.foresight().yearsAdvice().leastWork().retention());
        ArrayNode options = node.putArray("options");
        for (Option option : headline.foresight().yearsAdvice().options()) {
            options.addObject()
                    .put("retention", option.retention())
                    .put("minutes", rounded(option.minutesPerDay()))
                    .put("memorised", rounded(option.memorised()))
                    .put("minutes_per_card", rounded(option.minutesPerCard()));
        }
        report.value("advice", node);
    }

    private static Option nearest(Advice advice, double retention) {
        Option nearest = advice.options().getFirst();
        for (Option option : advice.options()) {
            if (Math.abs(option.retention() - retention) < Math.abs(nearest.retention() - retention)) {
                nearest = option;
            }
        }
        return nearest;
    }

    /** Mean absolute difference of sums over so many days; what is left at the end makes no sum of its own. */
    static double error(double[] expected, double[] happened, int days) {
        double sum = 0;
        int parts = happened.length / days;
        for (int part = 0; part < parts; part++) {
            double away = 0;
            for (int i = part * days; i < (part + 1) * days; i++) {
                away += expected[i] - happened[i];
            }
            sum += Math.abs(away);
        }
        return sum / parts;
    }

    private static double[] constant(double value, int length) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static int cards(Halves halves) {
        return halves.whole().reviews().cards();
    }

    private static String date(int day) {
        return java.time.LocalDate.ofEpochDay(day).toString();
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
