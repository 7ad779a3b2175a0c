package dev.devmentor.learning.analytics;

import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.analytics.Views.AdviceEvent;
import dev.devmentor.learning.analytics.Views.AdviceView;
import dev.devmentor.learning.analytics.Views.CalibrationView;
import dev.devmentor.learning.analytics.Views.DistributionView;
import dev.devmentor.learning.analytics.Views.ForecastView;
import dev.devmentor.learning.analytics.Views.HeatMapView;
import dev.devmentor.learning.analytics.Views.HistogramView;
import dev.devmentor.learning.analytics.Views.OptionView;
import dev.devmentor.learning.analytics.Views.RangeView;
import dev.devmentor.learning.analytics.Views.RetentionSpan;
import dev.devmentor.learning.analytics.Views.RetentionView;
import dev.devmentor.learning.analytics.Views.SimulationEvent;
import dev.devmentor.learning.analytics.Views.WorkloadDay;
import dev.devmentor.learning.analytics.Views.WorkloadView;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardView;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.Calibration;
import dev.devmentor.learning.engine.analytics.Forecast;
import dev.devmentor.learning.engine.analytics.Habits;
import dev.devmentor.learning.engine.analytics.HeatMap;
import dev.devmentor.learning.engine.analytics.Histogram;
import dev.devmentor.learning.engine.analytics.Plan;
import dev.devmentor.learning.engine.analytics.Progress;
import dev.devmentor.learning.engine.analytics.RetentionAdviser;
import dev.devmentor.learning.engine.analytics.RetentionAdviser.Advice;
import dev.devmentor.learning.engine.analytics.SimulatedCard;
import dev.devmentor.learning.engine.analytics.TrueRetention;
import dev.devmentor.learning.engine.analytics.TrueRetention.Per;
import dev.devmentor.learning.engine.analytics.Workload;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** What a chart of the caller's learning needs. */
@Path("/api/learning/analytics")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Analytics")
public class AnalyticsResource {
    private static final int YEAR = 365;
    private static final int MOST_DAYS = 3_660;
    private static final int MOST_PARTS = 400;
    private static final int LONGEST_FORECAST = 365;
    private static final int MOST_BINS = 50;

    private final Caller caller;
    private final ReadSnapshot read;
    private final Simulations simulations;

    AnalyticsResource(Caller caller, ReadSnapshot read, Simulations simulations) {
        this.caller = caller;
        this.read = read;
        this.simulations = simulations;
    }

    @GET
    @Path("/forecast")
    @Operation(
            summary = "What the next days will ask",
            description =
                    "Cards that are planned, and with them those that are expected to come back: each day's expectation"
                            + " and range, from simulated courses in which the learner answers everything that is due.")
    public ForecastView forecast(
            @Parameter(description = "1 to 365", example = "30") @QueryParam("days") @DefaultValue("30") String days,
            @Parameter(description = "new cards on each day, 0 to 200", example = "0")
                    @QueryParam("newPerDay")
                    @DefaultValue("0")
                    String newPerDay)
            throws SQLException {
        int length = QueryNumber.parse("days", days, 1, LONGEST_FORECAST);
        int added = QueryNumber.parse("newPerDay", newPerDay, 0, 200);
        Snapshot snapshot = read.of(caller.id());
        List<SimulatedCard> cards = snapshot.simulated();
        SimulationRequest request = new SimulationRequest(length, (double) added, null, null, null, null, true);
        Habits habits = request.habits(snapshot);
        Plan plan = request.plan(snapshot, habits);
        Forecast forecast = Forecast.of(
                snapshot.memory().model(),
                cards,
                habits,
                plan,
                Forecast.runsFor(cards.size() + added * length),
                Progress.UNWATCHED);
        int overdue = (int)
                cards.stream().filter(card -> card.dueDay() < snapshot.today()).count();
        return ForecastView.of(forecast, snapshot.today(), overdue, added);
    }

    @GET
    @Path("/heatmap")
    @Operation(
            summary = "What was done on each day",
            description = "Answers, success and minutes of each of the learner's days on which something was answered.")
    public HeatMapView heatMap(
            @Parameter(description = "first day; a year before the last if absent", example = "2026-01-01")
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(description = "last day; today if absent", example = "2026-12-31") @QueryParam("to") @Nullable String to)
            throws SQLException {
        LocalDate first = date("from", from);
        LocalDate last = date("to", to);
        Snapshot snapshot = read.of(caller.id());
        Days days = Days.of(first, last, snapshot.today());
        return HeatMapView.of(days.from(), days.to(), HeatMap.of(snapshot.history(), days.from(), days.to()));
    }

    @GET
    @Path("/retention")
    @Operation(
            summary = "True retention",
            description =
                    "How much was recalled of what was asked on a later day than before: the first answer of a day to each"
                            + " card, young and mature (21 days and more since the answer before), for usual periods up to today and"
                            + " as a series.")
    public RetentionView retention(
            @Parameter(description = "day, week or month", example = "week") @QueryParam("per") @DefaultValue("week")
                    String per,
            @Parameter(
                            description = "first day of the series; a year before the last if absent",
                            example = "2026-01-01")
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(description = "last day of the series; today if absent", example = "2026-12-31")
                    @QueryParam("to")
                    @Nullable String to)
            throws SQLException {
        Per part = per(per);
        LocalDate first = date("from", from);
        LocalDate last = date("to", to);
        Snapshot snapshot = read.of(caller.id());
        Days days = Days.of(first, last, snapshot.today());
        if (part == Per.DAY && days.to() - days.from() >= MOST_PARTS) {
            throw ProblemException.invalid("a series by day has at most " + MOST_PARTS + " days");
        }
        AnswerHistory history = snapshot.history();
        int today = snapshot.today();
        Map<String, RetentionSpan> periods = new LinkedHashMap<>();
        periods.put("today", span(history, today, today));
        periods.put("yesterday", span(history, today - 1, today - 1));
        periods.put("week", span(history, today - 6, today));
        periods.put("month", span(history, today - 29, today));
        periods.put("year", span(history, today - 364, today));
        periods.put("all", span(history, history.size() == 0 ? today : Math.min(today, history.day(0)), today));
        List<RetentionSpan> series = new ArrayList<>();
        TrueRetention.series(history, days.from(), days.to(), part)
                .forEach((begin, retention) -> series.add(RetentionSpan.of(
                        Math.max(begin, days.from()), Math.min(part.end(begin), days.to()), retention)));
        return new RetentionView(Views.date(today), periods, part.name().toLowerCase(Locale.ROOT), series);
    }

    @GET
    @Path("/calibration")
    @Operation(
            summary = "Predicted against observed recall",
            description =
                    "Every long-term review, predicted from the card's answers before it, in bins of predicted recall with"
                            + " Wilson's intervals of 95 %; log loss, RMSE(bins) and AUC. By the weights in use now, without the"
                            + " correction for the last answers: weights fitted to these very reviews flatter themselves a little;"
                            + " GET models says how they did on reviews that they had not seen.")
    public CalibrationView calibration(
            @Parameter(description = "how many bins, 1 to 50", example = "20") @QueryParam("bins") @DefaultValue("20")
                    String bins,
            @Parameter(
                            description = "only reviews of so many days up to today, 1 to 3660; all if absent",
                            example = "90")
                    @QueryParam("days")
                    @Nullable String days)
            throws SQLException {
        int wanted = QueryNumber.parse("bins", bins, 1, MOST_BINS);
        int back = days == null ? 0 : QueryNumber.parse("days", days, 1, MOST_DAYS);
        Snapshot snapshot = read.of(caller.id());
        AnswerHistory history = snapshot.history();
        double[] predicted = snapshot.memory().predicted(history);
        for (int row = 0; row < predicted.length; row++) {
            if (days != null && history.day(row) <= snapshot.today() - back) {
                predicted[row] = Double.NaN;
            }
        }
        return CalibrationView.of(Calibration.of(history, predicted, 0, wanted));
    }

    @GET
    @Path("/distribution")
    @Operation(
            summary = "How cards are distributed",
            description =
                    "Stability, difficulty, interval and recall of the cards that were answered and are not suspended.")
    public DistributionView distribution() throws SQLException {
        Snapshot snapshot = read.of(caller.id());
        Map<String, Integer> byState = new TreeMap<>();
        List<CardState> answered = new ArrayList<>();
        for (Card card : snapshot.cards()) {
            byState.merge(CardView.stateName(card.state()), 1, Integer::sum);
            if (card.state().isReviewed() && !card.state().suspended()) {
                answered.add(card.state());
            }
        }
        double[] recall = values(answered, state -> snapshot.memory().recall(state, snapshot.nowMicros()));
        return new DistributionView(
                byState,
                HistogramView.of(Histogram.ofDays(values(answered, snapshot.memory()::stability))),
                HistogramView.of(Histogram.ofDifficulty(values(answered, CardState::difficulty))),
                HistogramView.of(Histogram.ofDays(values(
                        answered.stream()
                                .filter(state -> state.phase() == Phase.REVIEW)
                                .toList(),
                        CardState::scheduledDays))),
                HistogramView.of(Histogram.ofRecall(recall)),
                Arrays.stream(recall).sum());
    }

    @POST
    @Path("/simulate")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    @Operation(
            summary = "Simulate the work to come",
            description =
                    "Lets the learner work day by day: what is due is asked, answers turn out as memory predicts, new"
                            + " cards come. Events of progress, and a last one with \"done\": true and the result. Closing the"
                            + " connection ends it.")
    public Multi<SimulationEvent> simulate(@Nullable SimulationRequest body) throws SQLException {
        SimulationRequest request = SimulationRequest.orAsItIs(body).checked();
        String sub = caller.id();
        Snapshot snapshot = read.of(sub);
        return simulations.start(
                sub,
                share -> new SimulationEvent(false, share, null),
                progress -> new SimulationEvent(true, 1, simulated(snapshot, request, progress)));
    }

    @GET
    @Path("/retention-advice")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    @Operation(
            summary = "Which retention to want",
            description =
                    "Simulates wanted retentions from 0.70 to 0.97 with a learner who works every day: minutes a day"
                            + " against cards known, the retention of the least time per card known, and a sentence. Events of"
                            + " progress, and a last one with \"done\": true and the advice. Closing the connection ends it.")
    public Multi<AdviceEvent> retentionAdvice(
            @Parameter(description = "30 to 1826", example = "365") @QueryParam("days") @DefaultValue("365")
                    String days,
            @Parameter(
                            description = "new cards on each day, 0 to 500; as in the last 28 days if absent",
                            example = "10")
                    @QueryParam("newPerDay")
                    @Nullable String newPerDay)
            throws SQLException {
        int length = QueryNumber.parse("days", days, 30, Plan.MOST_DAYS);
        Double added = newPerDay == null ? null : (double) QueryNumber.parse("newPerDay", newPerDay, 0, 500);
        SimulationRequest request = new SimulationRequest(length, added, null, null, null, null, true);
        String sub = caller.id();
        Snapshot snapshot = read.of(sub);
        List<SimulatedCard> cards = snapshot.simulated();
        Habits habits = request.habits(snapshot);
        Plan plan = request.plan(snapshot, habits);
        if (cards.isEmpty() && plan.newPerDay() * plan.days() < 1) {
            throw ProblemException.notFound(
                    "you have no card yet, and no new one to come: there is nothing to advise on");
        }
        return simulations.start(
                sub,
                share -> new AdviceEvent(false, share, null),
                progress -> new AdviceEvent(
                        true,
                        1,
                        view(
                                RetentionAdviser.advise(snapshot.memory().model(), cards, habits, plan, progress),
                                snapshot,
                                habits,
                                plan)));
    }

    private static WorkloadView simulated(Snapshot snapshot, SimulationRequest request, Progress progress) {
        List<SimulatedCard> cards = snapshot.simulated();
        Habits habits = request.habits(snapshot);
        Plan plan = request.plan(snapshot, habits);
        int coming = (int) Math.min(plan.newCards(), plan.newPerDay() * plan.days());
        Workload workload = Workload.of(Forecast.courses(
                snapshot.memory().model(), cards, habits, plan, Workload.runsFor(cards.size() + coming), progress));
        return new WorkloadView(
                Views.date(snapshot.today()),
                plan.retention().mean(),
                plan.newPerDay(),
                cards.size(),
                workload.cards(),
                workload.runs(),
                habits.answers(),
                RangeView.of(workload.minutesPerDay()),
                RangeView.of(workload.reviewsPerDay()),
                RangeView.of(workload.answersPerDay()),
                RangeView.of(workload.memorised()),
                workload.days().stream().map(WorkloadDay::of).toList());
    }

    private static AdviceView view(Advice advice, Snapshot snapshot, Habits habits, Plan plan) {
        return new AdviceView(
                snapshot.memory().settings().desiredRetention(),
                plan.days(),
                plan.newPerDay(),
                advice.cards(),
                advice.runs(),
                habits.answers(),
                advice.sentence(),
                OptionView.of(advice.current()),
                OptionView.of(advice.leastWork()),
                advice.options().stream().map(OptionView::of).toList());
    }

    private static RetentionSpan span(AnswerHistory history, int from, int to) {
        return RetentionSpan.of(from, to, TrueRetention.of(history, from, to));
    }

    private static double[] values(List<CardState> states, ToDoubleFunction<CardState> value) {
        return states.stream().mapToDouble(value).toArray();
    }

    /** A stretch of days that was asked for. */
    private record Days(int from, int to) {
        static Days of(@Nullable LocalDate from, @Nullable LocalDate to, int today) {
            int last = to == null ? today : (int) to.toEpochDay();
            int first = from == null ? last - YEAR + 1 : (int) from.toEpochDay();
            if (first > last || last - first >= MOST_DAYS) {
                throw ProblemException.invalid(
                        "'from' is not after 'to', and both are at most " + MOST_DAYS + " days apart");
            }
            return new Days(first, last);
        }
    }

    private static @Nullable LocalDate date(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= 1970 && date.getYear() <= 2200) {
                return date;
            }
        } catch (DateTimeException notADate) {
            // said below
        }
        throw ProblemException.invalid("'" + name + "' is a date like 2026-03-01, of the years 1970 to 2200");
    }

    private static Per per(String text) {
        for (Per per : Per.values()) {
            if (per.name().toLowerCase(Locale.ROOT).equals(text)) {
                return per;
            }
        }
        throw ProblemException.invalid("'per' is day, week or month");
    }
}
