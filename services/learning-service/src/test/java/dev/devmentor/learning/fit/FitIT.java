package dev.devmentor.learning.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.card.CardState;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FitIT extends LearningIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CARDS = 60;
    private static final int REVIEWS = 8;

    /** What recall loses between two requests is less; what the offset changes is more. */
    private static final double SOON = 1e-4;

    /** Somebody who forgets far more than most: every second answer after some days is wrong. */
    private void forgetful(String learner) {
        SplittableRandom random = new SplittableRandom(3);
        List<String> answers = new ArrayList<>();
        Instant start = Instant.parse("2026-01-01T10:00:00Z");
        for (int review = 0; review < REVIEWS; review++) {
            for (int card = 0; card < CARDS; card++) {
                Instant at = start.plus(review * 4L, ChronoUnit.DAYS).plusSeconds(card * 30L);
                answers.add("{\"item\":\"c" + card + "\",\"grade\":" + (random.nextBoolean() ? 3 : 1)
                        + ",\"answeredAt\":\"" + at + "\"}");
            }
        }
        for (int from = 0; from < answers.size(); from += 100) {
            ok(post(
                    learner,
                    "/api/learning/reviews/batch",
                    "{\"answers\":[" + String.join(",", answers.subList(from, Math.min(from + 100, answers.size())))
                            + "]}"));
        }
    }

    private static double predictedRecall(JsonNode card) {
        return card.get("predictedRecall").doubleValue();
    }

    private List<JsonNode> fit(String learner) throws Exception {
        Response response = as(learner).accept("text/event-stream").post("/api/learning/models/fit");
        assertThat(response.statusCode()).isEqualTo(200);
        List<JsonNode> steps = new ArrayList<>();
        for (String line : response.asString().split("\n")) {
            if (line.startsWith("data:")) {
                steps.add(JSON.readTree(line.substring(5)));
            }
        }
        return steps;
    }

    @Test
    void weightsThatPredictBetterTakeOverAndDueDatesStay() throws Exception {
        String learner = newLearner("fit");
        forgetful(learner);
        CardState before = requireCard(learner, "c0").state();

        List<JsonNode> steps = fit(learner);

        assertThat(steps)
                .extracting(step -> step.get("stage").textValue())
                .containsExactly("reading", "fitting", "folding", "done");
        JsonNode done = steps.getLast();
        assertThat(done.get("reviews").intValue()).isEqualTo(CARDS * REVIEWS);
        assertThat(done.get("fsrs7").textValue()).isEqualTo("fitted");
        assertThat(done.get("lossAfter").doubleValue())
                .isLessThan(done.get("lossBefore").doubleValue());
        assertThat(done.get("version").intValue()).isEqualTo(1);
        CardState after = requireCard(learner, "c0").state();
        assertThat(after.dueAtMicros()).isEqualTo(before.dueAtMicros());
        assertThat(after.scheduledDays()).isEqualTo(before.scheduledDays());
        assertThat(after.fsrs7()).isNotEqualTo(before.fsrs7());
        assertStateFollowsFromTheLog();

        JsonNode models = get(learner, "/api/learning/models");
        assertThat(models.get("version").intValue()).isEqualTo(1);
        assertThat(models.get("fsrs7")).hasSize(34);
        assertThat(models.get("history")).hasSize(1);
        assertThat(models.get("recallOffset").doubleValue()).isNotZero();

        // Wherever recall is shown, it is the same prediction.
        double recall = predictedRecall(get(learner, "/api/learning/cards/c1"));
        assertThat(predictedRecall(
                        ok(post(learner, "/api/learning/cards/c1/actions", "{\"action\":\"deck\",\"deck\":\"d\"}"))))
                .isCloseTo(recall, within(SOON));
        for (JsonNode card : JSON.readTree(
                        as(learner).get("/api/learning/export").asString())
                .get("cards")) {
            if (card.get("item").textValue().equals("c1")) {
                assertThat(predictedRecall(card)).isCloseTo(recall, within(SOON));
            }
        }
        JsonNode recommended = ok(post(learner, "/api/learning/recommend", "{\"limit\":1,\"strategy\":\"due-review\"}"))
                .get("items")
                .get(0);
        assertThat(predictedRecall(recommended))
                .isCloseTo(
                        predictedRecall(get(
                                learner,
                                "/api/learning/cards/{i}",
                                recommended.get("item").textValue())),
                        within(SOON));

        // Due dates move on request, and back.
        JsonNode moved = ok(as(learner).body("{\"reschedule\":true}").put("/api/learning/settings"));
        assertThat(requireCard(learner, "c0").state().scheduledDays()).isLessThanOrEqualTo(before.scheduledDays());
        ok(post(
                learner,
                "/api/learning/settings/reschedules/"
                        + moved.get("rescheduleId").textValue() + "/undo",
                "{}"));
        assertThat(requireCard(learner, "c0").state()).isEqualTo(after);

        // An answer from before the fit arrives late: its card is folded with both weights.
        answer(learner, "c0", 3, "2026-01-02T10:00:00Z");
        answer(learner, "c1", 4, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        assertStateFollowsFromTheLog();
    }

    @Test
    void tooFewReviewsLeaveTheDefaults() throws Exception {
        String learner = newLearner("fit");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        JsonNode done = fit(learner).getLast();

        assertThat(done.get("fsrs7").textValue()).isEqualTo("defaults");
        assertThat(done.get("version").intValue()).isZero();
        assertThat(get(learner, "/api/learning/models").get("nextFitAtEntries").intValue())
                .isEqualTo(200);
        problem(as(newLearner("fit")).accept("text/event-stream").post("/api/learning/models/fit"), 404, "not-found");
    }
}
