package dev.devmentor.learning.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.card.CardState;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CardIT extends LearningIT {
    private static final String CARD = "/api/learning/cards/{item}";
    private static final String ACTIONS = CARD + "/actions";

    @Test
    void aCardSaysWhyItIsDueWhenItIsAndWhatHappenedToIt() {
        String learner = newLearner("card");
        answer(learner, "sql/joins 1", 1, "2026-03-01T10:00:00Z", "sql");
        answer(learner, "sql/joins 1", 3, "2026-03-01T10:12:00Z");

        JsonNode card = get(learner, CARD, "sql/joins 1");

        assertThat(card.get("item").textValue()).isEqualTo("sql/joins 1");
        assertThat(card.get("state").textValue()).isEqualTo("review");
        assertThat(card.get("skills").toString()).isEqualTo("[\"sql\"]");
        assertThat(card.get("answers").intValue()).isEqualTo(2);
        assertThat(card.get("lapses").intValue()).isZero();
        assertThat(card.get("lastGrade").intValue()).isEqualTo(3);
        assertThat(card.get("lastAnsweredAt").textValue()).isEqualTo("2026-03-01T10:12:00Z");
        CardState state = requireCard(learner, "sql/joins 1").state();
        assertThat(card.get("fsrs6").get("stability").doubleValue())
                .isEqualTo(state.fsrs6().stability());
        assertThat(card.get("fsrs6").get("difficulty").doubleValue())
                .isEqualTo(state.fsrs6().difficulty());
        assertThat(card.get("sm2").toString())
                .isEqualTo("{\"ease\":%s,\"intervalDays\":1,\"repetitions\":1}"
                        .formatted(state.sm2().ease()));
        JsonNode why = card.get("why");
        assertThat(why.get("reason").textValue()).isEqualTo("interval");
        assertThat(why.get("scheduler").textValue()).isEqualTo("fsrs7");
        assertThat(why.get("desiredRetention").doubleValue()).isEqualTo(0.9);
        assertThat(why.get("intervalDays").intValue()).isEqualTo(1);
        assertThat(why.get("predictedRecallWhenDue").doubleValue()).isBetween(0.5, 1.0);
        assertThat(why.get("text").textValue())
                .isEqualTo("1 day after the answer of 2026-03-01: then the recall predicted at that answer falls to the"
                        + " wanted 90 %");
        JsonNode history = card.get("history");
        assertThat(texts(history, "kind")).containsExactly("answer", "answer");
        assertThat(texts(history, "at")).containsExactly("2026-03-01T10:12:00Z", "2026-03-01T10:00:00Z");
        assertThat(texts(history, "grade")).containsExactly("3", "1");
        assertThat(texts(history, "localDay")).containsExactly("2026-03-01", "2026-03-01");
        assertThat(texts(history, "zone")).containsExactly("UTC", "UTC");
        assertThat(card.get("historyComplete").booleanValue()).isTrue();
    }

    @Test
    void theHistoryIsAsLongAsAskedForAndSaysWhenItIsCut() {
        String learner = newLearner("card");
        for (int day = 1; day <= 3; day++) {
            answer(learner, "a", 3, "2026-03-0" + day + "T10:00:00Z");
        }

        JsonNode two = get(learner, CARD + "?history=2", "a");
        assertThat(texts(two.get("history"), "at")).containsExactly("2026-03-03T10:00:00Z", "2026-03-02T10:00:00Z");
        assertThat(two.get("historyComplete").booleanValue()).isFalse();
        JsonNode three = get(learner, CARD + "?history=3", "a");
        assertThat(three.get("history")).hasSize(3);
        assertThat(three.get("historyComplete").booleanValue()).isTrue();
        JsonNode none = get(learner, CARD + "?history=0", "a");
        assertThat(none.get("history")).isEmpty();
        assertThat(none.get("historyComplete").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "501", "all", "5.5"})
    void refusesAHistoryThatIsNoNumberFromZeroToFiveHundred(String history) {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        problem(as(learner).get(CARD + "?history={h}", "a", history), 400, "invalid-request");
    }

    @Test
    void aCardThatOneDoesNotHaveIsNotFound() {
        String learner = newLearner("card");
        problem(as(learner).get(CARD, "a"), 404, "not-found");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        problem(as(learner).get(CARD, "b"), 404, "not-found");
        problem(act(learner, "b", "{\"action\":\"suspend\"}"), 404, "not-found");
        assertThat(entries(learner)).isEqualTo(1);
    }

    @Test
    void undoGivesTheCardBackToTheBit() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        answer(learner, "a", 2, "2026-03-03T10:00:00Z");
        CardState before = requireCard(learner, "a").state();
        answer(learner, "a", 1, "2026-03-05T10:00:00Z");

        JsonNode undone = ok(act(learner, "a", "{\"action\":\"undo\"}"));

        CardState after = requireCard(learner, "a").state();
        assertThat(at(after, before)).isEqualTo(before);
        assertThat(undone.get("answers").intValue()).isEqualTo(2);
        assertThat(undone.get("dueAt").textValue())
                .isEqualTo(get(learner, CARD, "a").get("dueAt").textValue());
        assertThat(texts(get(learner, CARD, "a").get("history"), "kind"))
                .as("nothing is removed from the log")
                .containsExactly("undo", "answer", "answer", "answer");
        assertStateFollowsFromTheLog();
    }

    /** A state as if it had been folded as far as another; an undo itself stands in the order too. */
    private static CardState at(CardState state, CardState place) {
        return new CardState(
                state.phase(),
                state.suspended(),
                state.sm2(),
                state.fsrs6(),
                state.fsrs7(),
                state.answers(),
                state.lapses(),
                state.lastGrade(),
                state.lastAtMicros(),
                state.lastLocalDay(),
                state.lastZone(),
                state.dueAtMicros(),
                state.dueMoved(),
                state.scheduledDays(),
                state.deck(),
                state.scheduledBy(),
                state.scheduledRetention(),
                state.negativeGaps(),
                state.openUndos(),
                place.foldedAtMicros(),
                place.foldedSource(),
                place.foldedId());
    }

    @Test
    void undoTakesBackAnAnswerInTheMiddleToo() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        String middle =
                answer(learner, "a", 1, "2026-03-02T10:00:00Z").get("answerId").textValue();
        answer(learner, "a", 3, "2026-03-03T10:00:00Z");
        String other = newLearner("card");
        answer(other, "a", 3, "2026-03-01T10:00:00Z");
        answer(other, "a", 3, "2026-03-03T10:00:00Z");

        ok(act(learner, "a", "{\"action\":\"undo\",\"answerId\":\"" + middle + "\"}"));

        CardState expected = requireCard(other, "a").state();
        assertThat(at(requireCard(learner, "a").state(), expected)).isEqualTo(expected);
        assertStateFollowsFromTheLog();
    }

    @Test
    void undoingEveryAnswerLeavesANewCardAndThenNothingToUndo() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        answer(learner, "a", 3, "2026-03-02T10:00:00Z");

        ok(act(learner, "a", "{\"action\":\"undo\"}"));
        JsonNode fresh = ok(act(learner, "a", "{\"action\":\"undo\"}"));

        assertThat(fresh.get("state").textValue()).isEqualTo("new");
        assertThat(fresh.get("answers").intValue()).isZero();
        assertThat(fresh.has("dueAt")).isFalse();
        JsonNode card = get(learner, CARD, "a");
        assertThat(card.get("why").get("reason").textValue()).isEqualTo("never-answered");
        problem(act(learner, "a", "{\"action\":\"undo\"}"), 404, "not-found");
        problem(act(learner, "a", "{\"action\":\"undo\",\"answerId\":\"unknown\"}"), 404, "not-found");
        assertStateFollowsFromTheLog();
    }

    @Test
    void aRepeatedActionWithAnIdempotencyKeyHappensOnce() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        answer(learner, "a", 3, "2026-03-02T10:00:00Z");

        for (int i = 0; i < 3; i++) {
            ok(as(learner)
                    .header("Idempotency-Key", "k")
                    .body("{\"action\":\"undo\"}")
                    .post(ACTIONS, "a"));
        }

        assertThat(requireCard(learner, "a").state().answers()).isEqualTo(1);
        problem(
                as(learner)
                        .header("Idempotency-Key", "k")
                        .body("{\"action\":\"reset\"}")
                        .post(ACTIONS, "a"),
                409,
                "conflicting-duplicate");
        assertThat(requireCard(learner, "a").state().answers()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"undo", "reset"})
    void whoeverRemindsPeopleIsToldThatACardIsNewAgain(String action) {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        ok(act(learner, "a", "{\"action\":\"" + action + "\"}"));
        awaitQuiet();

        List<String> said = topics.readAll("review.scheduled").stream()
                .filter(record -> new String(record.key(), UTF_8).equals(learner))
                .map(record ->
                        json(new String(record.value(), UTF_8)).get("state").textValue())
                .toList();
        assertThat(said).containsExactly("review", "new");
    }

    @Test
    void resetMakesTheCardNew() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        JsonNode reset = ok(act(learner, "a", "{\"action\":\"reset\"}"));

        assertThat(reset.get("state").textValue()).isEqualTo("new");
        assertThat(reset.has("dueAt")).isFalse();
        assertThat(due(learner, "2030-01-01T00:00:00Z").get("total").intValue()).isZero();
        JsonNode again = ok(post(learner, "/api/learning/reviews", "{\"item\":\"a\",\"grade\":3}"));
        assertThat(again.get("intervalDays").intValue()).isEqualTo(5);
        assertStateFollowsFromTheLog();
    }

    @Test
    void aSuspendedCardIsNotListedUntilItIsResumed() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        JsonNode suspended = ok(act(learner, "a", "{\"action\":\"suspend\"}"));
        assertThat(suspended.get("state").textValue()).isEqualTo("suspended");
        assertThat(due(learner, "2026-04-01T00:00:00Z").get("total").intValue()).isZero();

        JsonNode resumed = ok(act(learner, "a", "{\"action\":\"resume\"}"));
        assertThat(resumed.get("state").textValue()).isEqualTo("review");
        assertThat(resumed.get("dueAt").textValue()).isEqualTo("2026-03-06T04:00:00Z");
        assertThat(due(learner, "2026-04-01T00:00:00Z").get("total").intValue()).isEqualTo(1);
        assertStateFollowsFromTheLog();
    }

    @Test
    void rescheduleMovesTheDueDateAndLeavesTheMemory() {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");
        CardState before = requireCard(learner, "a").state();

        JsonNode moved = ok(act(learner, "a", "{\"action\":\"reschedule\",\"dueAt\":\"2026-03-20T12:00:00+02:00\"}"));

        assertThat(moved.get("dueAt").textValue()).isEqualTo("2026-03-20T10:00:00Z");
        assertThat(requireCard(learner, "a").state().fsrs6()).isEqualTo(before.fsrs6());
        JsonNode card = get(learner, CARD, "a");
        assertThat(card.get("why").get("reason").textValue()).isEqualTo("moved");
        assertThat(card.get("history").get(0).get("dueAt").textValue()).isEqualTo("2026-03-20T10:00:00Z");
        JsonNode item = due(learner, "2026-03-20T10:00:00Z").get("items").get(0);
        assertThat(item.get("reason").get("kind").textValue()).isEqualTo("moved");
        assertStateFollowsFromTheLog();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"dance\"}",
                "{}",
                "null",
                "",
                "{\"action\":\"reschedule\"}",
                "{\"action\":\"reschedule\",\"dueAt\":\"soon\"}",
                "{\"action\":\"reschedule\",\"dueAt\":\"2201-01-01T00:00:00Z\"}",
                "{\"action\":\"reschedule\",\"dueAt\":\"+200000-01-01T00:00:00Z\"}",
                "{\"action\":\"reschedule\",\"dueAt\":\"1969-12-31T23:00:00Z\"}",
                "{\"action\":\"reschedule\",\"dueAt\":\"+999999999-01-01T00:00:00Z\"}",
            })
    void refusesAnActionThatIsNotAsDocumented(String body) {
        String learner = newLearner("card");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z");

        problem(act(learner, "a", body), 400, "invalid-request");

        assertThat(entries(learner)).isEqualTo(1);
    }

    @Test
    void predictedRecallFallsToTheWantedRetentionAtTheDueDateMoreOrLess() {
        String learner = newLearner("card");
        answer(learner, "a", 4, "2026-03-01T10:00:00Z");

        double whenDue =
                get(learner, CARD, "a").get("why").get("predictedRecallWhenDue").doubleValue();

        assertThat(whenDue).isEqualTo(0.9, within(0.01));
    }

    private Response act(String learner, String item, String body) {
        return post(learner, ACTIONS, body, item);
    }
}
