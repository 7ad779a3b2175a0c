package dev.devmentor.learning.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AnalyticsIT extends LearningIT {
    private static final String FORECAST = "/api/learning/analytics/forecast";
    private static final String HEAT_MAP = "/api/learning/analytics/heatmap?from={from}&to={to}";
    private static final String RETENTION = "/api/learning/analytics/retention?per={per}&from={from}&to={to}";
    private static final String CALIBRATION = "/api/learning/analytics/calibration";
    private static final String DISTRIBUTION = "/api/learning/analytics/distribution";
    private static final String SIMULATE = "/api/learning/analytics/simulate";
    private static final String ADVICE = "/api/learning/analytics/retention-advice";

    @Inject
    Simulations simulations;

    /** Cards a and b, from Sunday, 2026-03-01; one answer is taken back. */
    private String learnerOfMarch() {
        String learner = newLearner("analytics");
        timed(learner, "a", 3, "2026-03-01T10:00:00Z", 12_000);
        timed(learner, "b", 1, "2026-03-01T11:00:00Z", 30_000);
        timed(learner, "b", 3, "2026-03-01T11:10:00Z", 6_000);
        answer(learner, "a", 3, "2026-03-03T10:00:00Z");
        timed(learner, "b", 1, "2026-03-04T03:59:00Z", 60_000); // still the third
        answer(learner, "b", 3, "2026-03-04T10:00:00Z");
        answer(learner, "a", 1, "2026-03-20T10:00:00Z");
        ok(post(learner, "/api/learning/cards/a/actions", "{\"action\":\"undo\"}"));
        answer(learner, "a", 4, "2026-03-24T10:00:00Z");
        return learner;
    }

    @Test
    void theHeatMapCountsWhatWasDoneOnEachOfTheLearnersDays() {
        String learner = learnerOfMarch();

        JsonNode map = get(learner, HEAT_MAP, "2026-03-01", "2026-03-31");

        assertThat(map.get("from").textValue()).isEqualTo("2026-03-01");
        assertThat(map.get("days").toString())
                .isEqualTo("["
                        + "{\"day\":\"2026-03-01\",\"answers\":3,\"correct\":2,\"success\":0.6666666666666666,"
                        + "\"introduced\":2,\"reviewed\":0,\"timed\":3,\"minutes\":0.8},"
                        + "{\"day\":\"2026-03-03\",\"answers\":2,\"correct\":1,\"success\":0.5,"
                        + "\"introduced\":0,\"reviewed\":2,\"timed\":1,\"minutes\":1.0},"
                        + "{\"day\":\"2026-03-04\",\"answers\":1,\"correct\":1,\"success\":1.0,"
                        + "\"introduced\":0,\"reviewed\":1,\"timed\":0,\"minutes\":0.0},"
                        + "{\"day\":\"2026-03-24\",\"answers\":1,\"correct\":1,\"success\":1.0,"
                        + "\"introduced\":0,\"reviewed\":1,\"timed\":0,\"minutes\":0.0}]");
        assertThat(get(learner, HEAT_MAP, "2026-03-04", "2026-03-23").get("days"))
                .hasSize(1);
    }

    @Test
    void trueRetentionTellsYoungAndMatureReviewsApart() {
        String learner = learnerOfMarch();

        JsonNode weeks = get(learner, RETENTION, "week", "2026-03-01", "2026-03-31");

        JsonNode all = weeks.get("periods").get("all");
        assertThat(all.get("from").textValue()).isEqualTo("2026-03-01");
        assertRate(all.get("young"), 3, 2);
        assertRate(all.get("mature"), 1, 1); // 21 days after the third: the answer between was taken back
        assertRate(all.get("all"), 4, 3);
        assertThat(all.get("all").get("low").doubleValue()).isEqualTo(0.300642, within(1e-6));
        assertThat(all.get("all").get("high").doubleValue()).isEqualTo(0.954413, within(1e-6));
        assertRate(weeks.get("periods").get("today").get("all"), 0, 0);
        assertThat(weeks.get("periods").get("today").get("all").has("rate")).isFalse();
        assertThat(texts(weeks.get("series"), "from")).containsExactly("2026-03-02", "2026-03-23");
        assertThat(texts(weeks.get("series"), "to")).containsExactly("2026-03-08", "2026-03-29");
        assertRate(weeks.get("series").get(0).get("all"), 3, 2);

        JsonNode days = get(learner, RETENTION, "day", "2026-03-01", "2026-03-31");
        assertThat(texts(days.get("series"), "from")).containsExactly("2026-03-03", "2026-03-04", "2026-03-24");
        JsonNode months = get(learner, RETENTION, "month", "2026-03-02", "2026-03-23");
        assertThat(texts(months.get("series"), "from")).containsExactly("2026-03-02");
        assertThat(texts(months.get("series"), "to")).containsExactly("2026-03-23");
        assertRate(months.get("series").get(0).get("all"), 3, 2);
    }

    @Test
    void calibrationComparesWhatWasPredictedBeforeEachReview() {
        String learner = learnerOfMarch();
        ok(as(learner).body("{\"scheduler\":\"fsrs6\"}").put("/api/learning/settings"));

        JsonNode calibration = get(learner, CALIBRATION);

        Fsrs6 model = Fsrs6.DEFAULT;
        Fsrs6Memory a1 = model.next(null, Grade.GOOD, 0);
        Fsrs6Memory a2 = model.next(a1, Grade.GOOD, 2);
        Fsrs6Memory b1 = model.next(model.next(null, Grade.AGAIN, 0), Grade.GOOD, 0);
        Fsrs6Memory b2 = model.next(b1, Grade.AGAIN, 2);
        double[] p = {
            model.retrievability(a1.stability(), 2),
            1 - model.retrievability(b1.stability(), 2),
            model.retrievability(b2.stability(), 1),
            model.retrievability(a2.stability(), 21)
        };
        double logLoss = -IntStream.range(0, 4)
                        .mapToDouble(i -> DeterministicMath.log(p[i]))
                        .sum()
                / 4;
        assertRate(calibration.get("observed"), 4, 3);
        assertThat(calibration.get("predicted").doubleValue())
                .isEqualTo((p[0] + (1 - p[1]) + p[2] + p[3]) / 4, within(1e-12));
        assertThat(calibration.get("logLoss").doubleValue()).isEqualTo(logLoss, within(1e-12));
        int sum = 0;
        for (JsonNode bin : calibration.get("bins")) {
            assertThat(bin.get("predicted").doubleValue())
                    .isBetween(bin.get("from").doubleValue(), bin.get("to").doubleValue());
            sum += bin.get("observed").get("reviews").intValue();
        }
        assertThat(sum).isEqualTo(4);
        ok(as(learner).body("{\"scheduler\":\"fsrs7\"}").put("/api/learning/settings"));
        assertThat(get(learner, CALIBRATION).get("logLoss").doubleValue())
                .as("by another model")
                .isNotEqualTo(logLoss)
                .isBetween(0.1, 1.5);
        JsonNode one = get(learner, CALIBRATION + "?bins=1");
        assertThat(one.get("bins")).hasSize(1);
        assertThat(get(learner, CALIBRATION + "?days=1")
                        .get("observed")
                        .get("reviews")
                        .intValue())
                .isZero();
    }

    @Test
    void distributionShowsTheCardsAsTheyAre() {
        String learner = learnerOfMarch();
        answer(learner, "c", 3, "2026-03-05T10:00:00Z");
        ok(post(learner, "/api/learning/cards/c/actions", "{\"action\":\"suspend\"}"));

        JsonNode distribution = get(learner, DISTRIBUTION);

        assertThat(distribution.get("byState").toString()).isEqualTo("{\"review\":2,\"suspended\":1}");
        double a = stability(learner, "a");
        double b = stability(learner, "b");
        assertThat(distribution.get("stability").get("count").intValue()).isEqualTo(2);
        assertThat(distribution.get("stability").get("mean").doubleValue()).isEqualTo((a + b) / 2);
        assertThat(distribution.get("stability").get("bins")).hasSize(12);
        assertThat(distribution.get("stability").get("bins").get(11).has("to")).isFalse();
        assertThat(distribution.get("interval").get("mean").doubleValue())
                .isEqualTo((requireCard(learner, "a").state().scheduledDays()
                                + requireCard(learner, "b").state().scheduledDays())
                        / 2.0);
        assertThat(distribution.get("difficulty").get("bins")).hasSize(9);
        assertThat(distribution.get("recall").get("count").intValue()).isEqualTo(2);
        assertThat(distribution.get("memorised").doubleValue())
                .isEqualTo(distribution.get("recall").get("mean").doubleValue() * 2, within(1e-12));
    }

    @Test
    void theForecastHasEveryDueCardOnItsDay() {
        String learner = newLearner("analytics");
        Instant now = clock.instant();
        LocalDate today = today(now);
        answer(learner, "overdue", 3, now.minus(Duration.ofDays(30)).toString());
        answer(learner, "today", 3, now.minus(Duration.ofDays(2)).toString());
        answer(learner, "tomorrow", 3, now.minus(Duration.ofDays(1)).toString());
        answer(learner, "later", 3, now.toString());
        answer(learner, "aside", 3, now.minus(Duration.ofDays(2)).toString());
        ok(post(learner, "/api/learning/cards/aside/actions", "{\"action\":\"suspend\"}"));
        // Good for the first time is due two days later by FSRS-6
        ok(as(learner).body("{\"scheduler\":\"fsrs6\",\"reschedule\":true}").put("/api/learning/settings"));

        JsonNode forecast = get(learner, FORECAST + "?days=4");

        assertThat(forecast.get("today").textValue()).isEqualTo(today.toString());
        assertThat(forecast.get("overdue").intValue()).isEqualTo(1);
        assertThat(forecast.get("runs").intValue()).isEqualTo(200);
        assertThat(texts(forecast.get("days"), "day"))
                .containsExactly(
                        today.toString(),
                        today.plusDays(1).toString(),
                        today.plusDays(2).toString(),
                        today.plusDays(3).toString());
        assertThat(texts(forecast.get("days"), "planned")).containsExactly("2", "1", "1", "0");
        assertThat(forecast.get("days").get(0).get("reviews").toString())
                .isEqualTo("{\"mean\":2.0,\"p10\":2.0,\"p50\":2.0,\"p90\":2.0}");
        assertThat(forecast.get("days").get(1).get("reviews").get("mean").doubleValue())
                .as("what is forgotten today comes back")
                .isBetween(1.0, 2.5);
        assertThat(forecast.get("days").get(0).get("minutes").get("mean").doubleValue())
                .isPositive();
        assertThat(get(learner, FORECAST + "?days=4")).isEqualTo(forecast);
        assertThat(get(learner, FORECAST).get("days")).hasSize(30);
    }

    @Test
    void theForecastFollowsTheLearnersOwnDays() {
        String learner = newLearner("analytics");
        Instant now = clock.instant();
        ok(as(learner)
                .body("{\"zone\":\"Pacific/Kiritimati\",\"rolloverHour\":0}")
                .put("/api/learning/settings"));

        JsonNode forecast = get(learner, FORECAST + "?days=1");

        assertThat(forecast.get("today").textValue())
                .isEqualTo(LocalDate.ofInstant(now, ZoneOffset.ofHours(14)).toString());
    }

    @Test
    void whoHasDoneNothingHasEmptyCharts() {
        String learner = newLearner("analytics");

        assertThat(get(learner, HEAT_MAP, "2026-03-01", "2026-03-31").get("days"))
                .isEmpty();
        assertThat(get(learner, RETENTION, "week", "2026-03-01", "2026-03-31").get("series"))
                .isEmpty();
        assertThat(get(learner, CALIBRATION).toString())
                .isEqualTo("{\"observed\":{\"reviews\":0,\"passed\":0},\"bins\":[]}");
        assertThat(get(learner, DISTRIBUTION).get("memorised").doubleValue()).isZero();
        assertThat(get(learner, FORECAST + "?days=1")
                        .get("days")
                        .get(0)
                        .get("planned")
                        .intValue())
                .isZero();
        assertThat(problem(as(learner).accept("text/event-stream").get(ADVICE), 404, "not-found"))
                .contains("no card yet");
    }

    @Test
    void aSimulationTellsHowFarItIsAndThenWhatCameOut() {
        String learner = newLearner("analytics");
        answer(learner, "a", 3, clock.instant().minus(Duration.ofDays(5)).toString());

        List<JsonNode> events = events(post(learner, SIMULATE, """
                {"days":60,"newPerDay":4,"newCards":100,"wantedRetention":0.85,"everyDay":true}"""));

        assertThat(events).hasSizeGreaterThan(10);
        assertThat(events.subList(0, events.size() - 1))
                .allSatisfy(
                        event -> assertThat(event.get("done").booleanValue()).isFalse())
                .extracting(event -> event.get("progress").doubleValue())
                .isSorted();
        JsonNode last = events.getLast();
        assertThat(last.get("done").booleanValue()).isTrue();
        JsonNode result = last.get("result");
        assertThat(result.get("wantedRetention").doubleValue()).isEqualTo(0.85);
        assertThat(result.get("cardsNow").intValue()).isEqualTo(1);
        assertThat(result.get("cardsAtEnd").intValue()).isEqualTo(101);
        assertThat(result.get("answersLearntFrom").intValue()).isEqualTo(1);
        assertThat(result.get("days")).hasSize(60);
        double introduced = 0;
        for (JsonNode day : result.get("days")) {
            introduced += day.get("introduced").doubleValue();
        }
        assertThat(introduced).isEqualTo(100);
        assertThat(result.get("days").get(0).get("reviews").doubleValue()).isEqualTo(1);
        assertThat(result.get("memorised").get("mean").doubleValue()).isBetween(80.0, 101.0);
        assertThat(events(post(learner, SIMULATE, """
                                {"days":60,"newPerDay":4,"newCards":100,"wantedRetention":0.85,"everyDay":true}""")).getLast())
                .as("the same every time")
                .isEqualTo(last);
        assertThat(entries(learner)).as("nothing is written").isEqualTo(1);
    }

    @Test
    void theAdviserSaysWhatEachRetentionCosts() {
        String learner = newLearner("analytics");
        answer(learner, "a", 3, clock.instant().minus(Duration.ofDays(2)).toString());

        JsonNode advice = events(as(learner).get(ADVICE + "?days=90&newPerDay=2"))
                .getLast()
                .get("result");

        assertThat(advice.get("options")).hasSize(28);
        assertThat(advice.get("wantedRetention").doubleValue()).isEqualTo(0.9);
        assertThat(advice.get("current").get("retention").doubleValue()).isEqualTo(0.9);
        assertThat(advice.get("cardsAtEnd").intValue()).isEqualTo(181);
        double least = advice.get("leastWork").get("minutesPerCard").doubleValue();
        assertThat(advice.get("options"))
                .allSatisfy(option ->
                        assertThat(option.get("minutesPerCard").doubleValue()).isGreaterThanOrEqualTo(least));
        assertThat(advice.get("options").get(27).get("minutesPerDay").doubleValue())
                .isGreaterThan(advice.get("options").get(0).get("minutesPerDay").doubleValue());
        assertThat(advice.get("sentence").textValue()).startsWith("At a wanted retention of 0.90 you would work ");
    }

    @Test
    void aSimulationEndsWhenTheCallerGoes() throws IOException, InterruptedException {
        String learner = newLearner("analytics");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        var subscription = simulations
                .<Double>start(learner, share -> share, progress -> {
                    begun.countDown();
                    while (progress.at(0.5)) {
                        Thread.onSpinWait();
                    }
                    ended.countDown();
                    throw new java.util.concurrent.CancellationException();
                })
                .subscribe()
                .with(event -> {});
        begun.await();

        assertThat(problem(post(learner, SIMULATE, "{}"), 503, "unavailable"))
                .as("one at a time for each learner")
                .contains("a simulation of yours");
        subscription.cancel();
        ended.await();

        Conditions.await(
                "the place is free again",
                () -> post(learner, SIMULATE, "{\"days\":1,\"newPerDay\":0}").statusCode() == 200);
    }

    @Test
    void aSimulationEndsWhenTheConnectionIsClosed() throws IOException, InterruptedException {
        String learner = newLearner("analytics");
        // years of work on a large collection, given up after the first event
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + SIMULATE))
                .header("Authorization", "Bearer " + tokens.learner(learner))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"days\":1826,\"newPerDay\":50,\"everyDay\":true}"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().read()).isPositive();
        assertThat(problem(post(learner, SIMULATE, "{}"), 503, "unavailable")).contains("a simulation of yours");

        response.body().close();
        client.shutdownNow();

        Conditions.await(
                "the place is free again",
                () -> post(learner, SIMULATE, "{\"days\":1,\"newPerDay\":0}").statusCode() == 200);
    }

    @Test
    void noMoreThanTwoSimulationsRunAtOnce() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        Simulations.Simulation<String> waits = progress -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return "done";
        };
        var one = simulations.start(newLearner("analytics"), share -> "begun", waits);
        var other = simulations.start(newLearner("analytics"), share -> "begun", waits);
        begun.await();
        String third = newLearner("analytics");

        assertThat(problem(post(third, SIMULATE, "{}"), 503, "unavailable")).contains("other simulations");

        end.countDown();
        assertThat(one.collect().asList().await().indefinitely()).containsExactly("begun", "done");
        assertThat(other.collect().asList().await().indefinitely()).containsExactly("begun", "done");
        assertThat(events(post(third, SIMULATE, "{\"days\":1}"))
                        .getLast()
                        .get("done")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        String learner = newLearner("analytics");

        assertThat(problem(as(learner).get(FORECAST + "?days=366"), 400, "invalid-request"))
                .isEqualTo("'days' is a number from 1 to 365");
        problem(as(learner).get(FORECAST + "?days=x"), 400, "invalid-request");
        problem(as(learner).get(FORECAST + "?newPerDay=201"), 400, "invalid-request");
        problem(as(learner).get(HEAT_MAP, "2026-03-02", "2026-03-01"), 400, "invalid-request");
        problem(as(learner).get(HEAT_MAP, "2000-01-01", "2026-03-01"), 400, "invalid-request");
        problem(as(learner).get(HEAT_MAP, "yesterday", "2026-03-01"), 400, "invalid-request");
        problem(as(learner).get(RETENTION, "year", "2026-03-01", "2026-03-02"), 400, "invalid-request");
        problem(as(learner).get(RETENTION, "day", "2024-03-01", "2026-03-02"), 400, "invalid-request");
        problem(as(learner).get(CALIBRATION + "?bins=51"), 400, "invalid-request");
        problem(as(learner).get(ADVICE + "?days=29"), 400, "invalid-request");
        for (String body : List.of(
                "{\"days\":0}",
                "{\"days\":1827}",
                "{\"newPerDay\":501}",
                "{\"newCards\":-1}",
                "{\"reviewLimit\":100001}",
                "{\"wantedRetention\":0.69}",
                "{\"wantedRetention\":1}",
                "{\"maximumIntervalDays\":0}",
                "{\"weights\":[]}")) {
            problem(post(learner, SIMULATE, body), 400, "invalid-request");
        }
    }

    @Test
    void nobodySeesAnybodyElsesLearning() {
        learnerOfMarch();
        String other = newLearner("analytics");

        assertThat(get(other, HEAT_MAP, "2026-03-01", "2026-03-31").get("days")).isEmpty();
        assertThat(get(other, DISTRIBUTION).get("byState")).isEmpty();
    }

    private void timed(String learner, String item, int grade, String at, int responseTimeMs) {
        ok(post(learner, "/api/learning/reviews", """
                {"item":"%s","grade":%d,"answeredAt":"%s","responseTimeMs":%d}""".formatted(item, grade, at, responseTimeMs)));
    }

    private double stability(String learner, String item) {
        return requireCard(learner, item).state().stability(Models.DEFAULT);
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now.minus(Duration.ofHours(4)), ZoneOffset.UTC);
    }

    private static void assertRate(JsonNode rate, int reviews, int passed) {
        assertThat(rate.get("reviews").intValue()).isEqualTo(reviews);
        assertThat(rate.get("passed").intValue()).isEqualTo(passed);
        if (reviews > 0) {
            assertThat(rate.get("rate").doubleValue()).isEqualTo((double) passed / reviews);
        }
    }

    /** The events of a stream. */
    private static List<JsonNode> events(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("text/event-stream");
        return response.asString()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> json(line.substring("data:".length())))
                .toList();
    }
}
