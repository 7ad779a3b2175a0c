package dev.devmentor.learning.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.learning.engine.analytics.Calibration;
import dev.devmentor.learning.engine.analytics.Forecast;
import dev.devmentor.learning.engine.analytics.HeatMap;
import dev.devmentor.learning.engine.analytics.Histogram;
import dev.devmentor.learning.engine.analytics.Proportion;
import dev.devmentor.learning.engine.analytics.RetentionAdviser;
import dev.devmentor.learning.engine.analytics.TrueRetention;
import dev.devmentor.learning.engine.analytics.Workload;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What analytics look like over HTTP. A day is a date of the learner's; what is not known is absent. */
final class Views {
    private Views() {}

    /**
     * A forecast.
     *
     * @param today the first day
     * @param overdue cards of the first day that were due before it
     * @param newPerDay new cards assumed for each day
     * @param runs courses behind the figures
     */
    @Schema(examples = """
            {"today": "2026-03-01", "overdue": 2, "newPerDay": 0.0, "runs": 200,
             "days": [{"day": "2026-03-01", "planned": 14,
              "reviews": {"mean": 14.0, "p10": 14.0, "p50": 14.0, "p90": 14.0},
              "answers": {"mean": 15.6, "p10": 14.0, "p50": 15.0, "p90": 18.0},
              "minutes": {"mean": 5.2, "p10": 4.1, "p50": 5.1, "p90": 6.4}}]}""")
    record ForecastView(LocalDate today, int overdue, double newPerDay, int runs, List<ForecastDay> days) {
        static ForecastView of(Forecast forecast, int today, int overdue, double newPerDay) {
            return new ForecastView(
                    date(today),
                    overdue,
                    newPerDay,
                    forecast.runs(),
                    forecast.days().stream()
                            .map(day -> new ForecastDay(
                                    date(day.day()),
                                    day.planned(),
                                    RangeView.of(day.reviews()),
                                    RangeView.of(day.answers()),
                                    RangeView.of(day.minutes())))
                            .toList());
        }
    }

    /**
     * A day to come.
     *
     * @param planned cards whose due date falls on this day; on the first day also those that are overdue
     * @param reviews cards asked, with those that come back
     * @param answers with repeats on the same day
     */
    record ForecastDay(LocalDate day, int planned, RangeView reviews, RangeView answers, RangeView minutes) {}

    /** Expectation, and what is not exceeded in 10, 50 and 90 % of all courses. */
    @Schema(description = "expectation, and what is not exceeded in 10, 50 and 90 % of all courses")
    record RangeView(double mean, double p10, double p50, double p90) {
        static RangeView of(Forecast.Range range) {
            return new RangeView(range.mean(), range.low(), range.median(), range.high());
        }
    }

    /** Days with answers, in order. */
    @Schema(examples = """
            {"from": "2026-01-01", "to": "2026-12-31",
             "days": [{"day": "2026-03-01", "answers": 31, "correct": 27, "success": 0.871, "introduced": 5,
              "reviewed": 22, "timed": 30, "minutes": 11.5}]}""")
    record HeatMapView(LocalDate from, LocalDate to, List<HeatDay> days) {
        static HeatMapView of(int from, int to, List<HeatMap.Day> days) {
            return new HeatMapView(
                    date(from),
                    date(to),
                    days.stream()
                            .map(day -> new HeatDay(
                                    date(day.day()),
                                    day.answers().count(),
                                    day.answers().hits(),
                                    day.answers().rate(),
                                    day.introduced(),
                                    day.reviewed(),
                                    day.timed(),
                                    day.minutes()))
                            .toList());
        }
    }

    /**
     * A day.
     *
     * @param success share of correct answers
     * @param introduced cards answered for the first time
     * @param reviewed cards asked again that had been answered on an earlier day
     * @param timed answers whose response time is known
     * @param minutes of these, ten minutes at most for each
     */
    record HeatDay(
            LocalDate day,
            int answers,
            int correct,
            double success,
            int introduced,
            int reviewed,
            int timed,
            double minutes) {}

    /** True retention. */
    @Schema(examples = """
            {"today": "2026-03-01",
             "periods": {"today": {"from": "2026-03-01", "to": "2026-03-01", "young": {"reviews": 0, "passed": 0},
              "mature": {"reviews": 0, "passed": 0}, "all": {"reviews": 0, "passed": 0}}},
             "per": "week",
             "series": [{"from": "2026-02-23", "to": "2026-03-01",
              "young": {"reviews": 40, "passed": 35, "rate": 0.875, "low": 0.739, "high": 0.945},
              "mature": {"reviews": 20, "passed": 18, "rate": 0.9, "low": 0.699, "high": 0.972},
              "all": {"reviews": 60, "passed": 53, "rate": 0.883, "low": 0.778, "high": 0.942}}]}""")
    record RetentionView(LocalDate today, Map<String, RetentionSpan> periods, String per, List<RetentionSpan> series) {}

    /**
     * Of a stretch of days.
     *
     * @param young asked less than 21 days after the answer before
     * @param mature asked later than that
     */
    record RetentionSpan(LocalDate from, LocalDate to, RateView young, RateView mature, RateView all) {
        static RetentionSpan of(int from, int to, TrueRetention retention) {
            return new RetentionSpan(
                    date(from),
                    date(to),
                    RateView.of(retention.young()),
                    RateView.of(retention.mature()),
                    RateView.of(retention.all()));
        }
    }

    /** So many reviews, and how many passed; a rate with Wilson's interval of 95 % if there were any. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RateView(
            int reviews,
            int passed,
            @Nullable Double rate,
            @Nullable Double low,
            @Nullable Double high) {
        static RateView of(Proportion of) {
            boolean any = of.count() > 0;
            return new RateView(
                    of.count(), of.hits(), any ? of.rate() : null, any ? of.low() : null, any ? of.high() : null);
        }
    }

    /** Predicted and observed recall. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"observed": {"reviews": 60, "passed": 53, "rate": 0.883, "low": 0.778, "high": 0.942}, "predicted": 0.897,
             "logLoss": 0.342, "rmseBins": 0.041, "auc": 0.68,
             "bins": [{"from": 0.9, "to": 0.95, "predicted": 0.926,
              "observed": {"reviews": 24, "passed": 22, "rate": 0.917, "low": 0.742, "high": 0.977}}]}""")
    record CalibrationView(
            RateView observed,
            @Nullable Double predicted,
            @Nullable Double logLoss,
            @Nullable Double rmseBins,
            @Nullable Double auc,
            List<CalibrationBin> bins) {
        static CalibrationView of(Calibration calibration) {
            return new CalibrationView(
                    RateView.of(calibration.all()),
                    orNull(calibration.predicted()),
                    orNull(calibration.logLoss()),
                    orNull(calibration.rmseBins()),
                    orNull(calibration.auc()),
                    calibration.bins().stream()
                            .map(bin -> new CalibrationBin(
                                    bin.from(), bin.to(), bin.predicted(), RateView.of(bin.observed())))
                            .toList());
        }
    }

    /** Reviews whose predicted recall lies from {@code from} to below {@code to}. */
    record CalibrationBin(double from, double to, double predicted, RateView observed) {}

    /**
     * How cards are distributed: those that were answered and are not suspended.
     *
     * @param byState cards by state, all of them
     * @param stability days after which recall has fallen to 90 %
     * @param difficulty 1 to 10
     * @param interval days from the last answer to the due date that it gave, of cards in review
     * @param recall predicted now
     * @param memorised expected number of cards that would be recalled now
     */
    @Schema(examples = """
            {"byState": {"new": 3, "review": 2},
             "stability": {"count": 2, "mean": 11.2, "median": 11.2, "bins": [{"from": 7.0, "to": 14.0, "count": 2}]},
             "difficulty": {"count": 2, "mean": 5.4, "median": 5.4, "bins": [{"from": 5.0, "to": 6.0, "count": 2}]},
             "interval": {"count": 2, "mean": 11.0, "median": 11.0, "bins": [{"from": 7.0, "to": 14.0, "count": 2}]},
             "recall": {"count": 2, "mean": 0.92, "median": 0.92, "bins": [{"from": 0.9, "to": 0.95, "count": 2}]},
             "memorised": 1.84}""")
    record DistributionView(
            Map<String, Integer> byState,
            HistogramView stability,
            HistogramView difficulty,
            HistogramView interval,
            HistogramView recall,
            double memorised) {}

    /** Counts by bin. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistogramView(
            int count, @Nullable Double mean, @Nullable Double median, List<HistogramBin> bins) {
        static HistogramView of(Histogram histogram) {
            return new HistogramView(
                    histogram.count(),
                    orNull(histogram.mean()),
                    orNull(histogram.median()),
                    histogram.bins().stream()
                            .map(bin -> new HistogramBin(
                                    bin.from(), Double.isInfinite(bin.to()) ? null : bin.to(), bin.count()))
                            .toList());
        }
    }

    /** From {@code from} to below {@code to}; open if that is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistogramBin(double from, @Nullable Double to, int count) {}

    /**
     * How far a simulation is, and in the last event what came out.
     *
     * @param progress 0 to 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"done": true, "progress": 1.0,
             "result": {"today": "2026-03-01", "wantedRetention": 0.9, "newPerDay": 10.0, "cardsNow": 120,
              "cardsAtEnd": 3770, "runs": 20, "answersLearntFrom": 4320,
              "minutesPerDay": {"mean": 24.1, "p10": 21.5, "p50": 24.0, "p90": 26.8},
              "reviewsPerDay": {"mean": 61.3, "p10": 58.0, "p50": 61.0, "p90": 65.0},
              "answersPerDay": {"mean": 78.9, "p10": 74.2, "p50": 78.7, "p90": 83.9},
              "memorised": {"mean": 3480.0, "p10": 3441.0, "p50": 3482.0, "p90": 3515.0},
              "days": [{"day": "2026-03-01", "reviews": 14.0, "recalled": 12.7, "introduced": 10.0, "answers": 33.5,
               "minutes": 10.2, "waiting": 0.0, "memorised": 118.4}]}}""")
    record SimulationEvent(
            boolean done, double progress, @Nullable WorkloadView result) {}

    /** What was simulated, and what came out. */
    record WorkloadView(
            LocalDate today,
            double wantedRetention,
            double newPerDay,
            int cardsNow,
            int cardsAtEnd,
            int runs,
            int answersLearntFrom,
            RangeView minutesPerDay,
            RangeView reviewsPerDay,
            RangeView answersPerDay,
            RangeView memorised,
            List<WorkloadDay> days) {}

    /** A simulated day, mean of all courses; {@code memorised} is there for some days of long simulations only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkloadDay(
            LocalDate day,
            double reviews,
            double recalled,
            double introduced,
            double answers,
            double minutes,
            double waiting,
            @Nullable Double memorised) {
        static WorkloadDay of(Workload.Day day) {
            return new WorkloadDay(
                    date(day.day()),
                    day.reviews(),
                    day.recalled(),
                    day.introduced(),
                    day.answers(),
                    day.minutes(),
                    day.waiting(),
                    orNull(day.memorised()));
        }
    }

    /** How far the adviser is, and in the last event what it advises. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"done": true, "progress": 1.0,
             "result": {"wantedRetention": 0.9, "days": 365, "newPerDay": 10.0, "cardsAtEnd": 3770, "runs": 4,
              "answersLearntFrom": 4320,
              "sentence": "At a wanted retention of 0.90 you would work 24.1 minutes a day over the next 365 days and\
             then know about 3480 of 3770 cards. No other retention costs less time per card that you know.",
              "current": {"retention": 0.9, "minutesPerDay": 24.1, "reviewsPerDay": 61.3, "recallRate": 0.902,
               "memorised": 3480.0, "minutesPerCard": 2.53},
              "leastWork": {"retention": 0.9, "minutesPerDay": 24.1, "reviewsPerDay": 61.3, "recallRate": 0.902,
               "memorised": 3480.0, "minutesPerCard": 2.53},
              "options": [{"retention": 0.9, "minutesPerDay": 24.1, "reviewsPerDay": 61.3, "recallRate": 0.902,
               "memorised": 3480.0, "minutesPerCard": 2.53}]}}""")
    record AdviceEvent(
            boolean done, double progress, @Nullable AdviceView result) {}

    /**
     * Advice.
     *
     * @param wantedRetention in force
     * @param days that each option was simulated for
     * @param cardsAtEnd cards there would be by then
     * @param runs courses for each option
     * @param current what goes on as it is
     * @param leastWork the fewest minutes per card that would be recalled at the end
     */
    record AdviceView(
            double wantedRetention,
            int days,
            double newPerDay,
            int cardsAtEnd,
            int runs,
            int answersLearntFrom,
            String sentence,
            OptionView current,
            OptionView leastWork,
            List<OptionView> options) {}

    /** A wanted retention, and what it leads to. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OptionView(
            double retention,
            double minutesPerDay,
            double reviewsPerDay,
            @Nullable Double recallRate,
            double memorised,
            double minutesPerCard) {
        static OptionView of(RetentionAdviser.Option option) {
            return new OptionView(
                    option.retention(),
                    option.minutesPerDay(),
                    option.reviewsPerDay(),
                    orNull(option.recallRate()),
                    option.memorised(),
                    option.minutesPerCard());
        }
    }

    static LocalDate date(int localDay) {
        return LocalDate.ofEpochDay(localDay);
    }

    static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
