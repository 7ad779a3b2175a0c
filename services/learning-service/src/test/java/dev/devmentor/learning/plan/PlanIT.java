package dev.devmentor.learning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.card.CardState;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PlanIT extends LearningIT {
    private static final String PLANS = "/api/learning/plans";

    @BeforeEach
    void itIsTheTenthOfMarch() {
        moveTo("2026-03-10T12:00:00Z");
    }

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private void moveTo(String instant) {
        clock.moveTo(Duration.between(Instant.now(), Instant.parse(instant)));
    }

    private JsonNode plan(String learner, String body) {
        return ok(post(learner, PLANS, body));
    }

    /** Cards that were answered once; with Good, each is due five days later, with Easy two months. */
    private void cards(String learner, String prefix, int count, String answeredAt, int grade, String... skills) {
        for (int i = 0; i < count; i++) {
            answer(learner, prefix + i, grade, answeredAt, skills);
        }
    }

    private CardState state(String learner, String item) {
        return requireCard(learner, item).state();
    }

    private static LocalDate day(long micros) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(micros / 1_000_000), ZoneOffset.UTC);
    }

    /** Everything of a card but up to which entry it is folded. */
    private static String whatCounts(Card card) {
        CardState state = card.state();
        return String.join(
                " ",
                state.phase().name(),
                String.valueOf(state.suspended()),
                state.sm2().toString(),
                String.valueOf(state.fsrs6()),
                String.valueOf(state.fsrs7()),
                String.valueOf(state.answers()),
                String.valueOf(state.lapses()),
                String.valueOf(state.lastAtMicros()),
                String.valueOf(state.dueAtMicros()),
                String.valueOf(state.dueMoved()),
                String.valueOf(state.scheduledDays()),
                String.valueOf(state.scheduledRetention()),
                card.skills().toString());
    }

    @Test
    void aPreviewShowsMovesAndLoadAndChangesNothing() {
        String learner = newLearner("plan");
        cards(learner, "a", 3, "2026-03-05T10:00:00Z", 3);
        long entries = entries(learner);
        Card before = requireCard(learner, "a0");

        JsonNode preview = plan(learner, "{\"kind\":\"postpone\",\"count\":2,\"dryRun\":true}");

        assertThat(preview.get("state").textValue()).isEqualTo("preview");
        assertThat(preview.has("id")).isFalse();
        assertThat(preview.get("moved").intValue()).isEqualTo(2);
        assertThat(texts(preview.get("moves"), "item")).containsExactly("a0", "a1");
        assertThat(texts(preview.get("moves"), "to")).containsExactly("2026-03-11", "2026-03-11");
        assertThat(preview.get("load").get(0).toString())
                .isEqualTo("{\"date\":\"2026-03-10\",\"before\":3,\"after\":1}");
        assertThat(preview.get("load").get(1).toString())
                .isEqualTo("{\"date\":\"2026-03-11\",\"before\":0,\"after\":2}");
        assertThat(preview.get("figures").get("due").intValue()).isEqualTo(3);
        assertThat(entries(learner)).isEqualTo(entries);
        assertThat(requireCard(learner, "a0")).isEqualTo(before);
        assertThat(get(learner, PLANS).get("plans")).isEmpty();
    }

    @Test
    void aPlanMovesDueDatesAndUndoGivesThemBackToTheBit() {
        String learner = newLearner("plan");
        cards(learner, "a", 4, "2026-03-05T10:00:00Z", 3);
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            before.add(whatCounts(requireCard(learner, "a" + i)));
        }

        JsonNode made = plan(learner, "{\"kind\":\"postpone\",\"count\":3}");

        String id = made.get("id").textValue();
        assertThat(made.get("state").textValue()).isEqualTo("applied");
        assertThat(state(learner, "a0").dueAtMicros())
                .as("the learner's day begins at 04:00")
                .isEqualTo(Instant.parse("2026-03-11T04:00:00Z").getEpochSecond() * 1_000_000);
        assertThat(state(learner, "a0").dueMoved()).isTrue();
        assertThat(due(learner, "2026-03-10T12:00:00Z").get("total").intValue()).isEqualTo(1);
        assertThat(due(learner, "2026-03-11T12:00:00Z").get("total").intValue()).isEqualTo(4);
        assertStateFollowsFromTheLog();

        JsonNode undone = ok(post(learner, PLANS + "/{id}/undo", "", id));

        assertThat(undone.get("state").textValue()).isEqualTo("undone");
        for (int i = 0; i < 4; i++) {
            assertThat(whatCounts(requireCard(learner, "a" + i))).isEqualTo(before.get(i));
        }
        assertThat(due(learner, "2026-03-10T12:00:00Z").get("total").intValue()).isEqualTo(4);
        assertStateFollowsFromTheLog();
        long entries = entries(learner);
        assertThat(ok(post(learner, PLANS + "/{id}/undo", "", id)).get("undoneAt"))
                .isEqualTo(undone.get("undoneAt"));
        assertThat(entries(learner)).as("a second undo").isEqualTo(entries);
    }

    @Test
    void undoLeavesAloneWhatHappenedSince() {
        String learner = newLearner("plan");
        String twin = newLearner("twin");
        for (String one : List.of(learner, twin)) {
            cards(one, "a", 3, "2026-03-05T10:00:00Z", 3);
        }
        String first =
                plan(learner, "{\"kind\":\"postpone\",\"count\":3}").get("id").textValue();
        moveTo("2026-03-11T12:00:00Z");
        String second =
                plan(learner, "{\"kind\":\"postpone\",\"count\":1}").get("id").textValue();
        for (String one : List.of(learner, twin)) {
            answer(one, "a1", 3, "2026-03-11T10:30:00Z");
        }
        long movedTwice = state(learner, "a0").dueAtMicros();

        ok(post(learner, PLANS + "/{id}/undo", "", first));

        assertThat(state(learner, "a0").dueAtMicros())
                .as("moved by the second plan")
                .isEqualTo(movedTwice);
        assertThat(whatCounts(requireCard(learner, "a1"))).isEqualTo(whatCounts(requireCard(twin, "a1")));
        assertThat(whatCounts(requireCard(learner, "a2"))).isEqualTo(whatCounts(requireCard(twin, "a2")));
        ok(post(learner, PLANS + "/{id}/undo", "", second));
        assertThat(whatCounts(requireCard(learner, "a0"))).isEqualTo(whatCounts(requireCard(twin, "a0")));
        assertStateFollowsFromTheLog();
    }

    @Test
    void aRepeatUnderTheSameKeyIsTheSamePlanAndAnotherOneAConflict() {
        String learner = newLearner("plan");
        cards(learner, "a", 5, "2026-03-05T10:00:00Z", 3);

        JsonNode first = ok(as(learner)
                .header("Idempotency-Key", "k")
                .body("{\"kind\":\"postpone\",\"count\":2}")
                .post(PLANS));
        long entries = entries(learner);
        JsonNode again = ok(as(learner)
                .header("Idempotency-Key", "k")
                .body("{\"kind\":\"postpone\",\"count\":2}")
                .post(PLANS));

        assertThat(again).isEqualTo(first);
        assertThat(entries(learner)).isEqualTo(entries);
        problem(
                as(learner)
                        .header("Idempotency-Key", "k")
                        .body("{\"kind\":\"postpone\",\"count\":3}")
                        .post(PLANS),
                409,
                "conflicting-duplicate");
    }

    @Test
    void nothingIsDueInAVacation() {
        String learner = newLearner("plan");
        cards(learner, "a", 8, "2026-03-09T10:00:00Z", 4);
        int dueBefore = state(learner, "a0").scheduledDays();
        LocalDate due = LocalDate.parse("2026-03-09").plusDays(dueBefore);

        JsonNode plan = plan(
                learner,
                "{\"kind\":\"vacation\",\"from\":\"%s\",\"to\":\"%s\",\"perDay\":50,\"daysBefore\":2,\"daysAfter\":2}"
                        .formatted(due.minusDays(1), due.plusDays(1)));

        assertThat(plan.get("figures").get("inBreak").intValue()).isEqualTo(8);
        assertThat(plan.get("figures").get("unplaced").intValue()).isZero();
        assertThat(plan.get("figures").get("neededPerDay").intValue()).isEqualTo(2);
        assertThat(texts(plan.get("moves"), "to"))
                .containsOnly(
                        due.minusDays(3).toString(),
                        due.minusDays(2).toString(),
                        due.plusDays(2).toString(),
                        due.plusDays(3).toString())
                .hasSize(8);
        assertStateFollowsFromTheLog();
    }

    @Test
    void whatIsAnsweredAfterABreakWasPlannedKeepsOutOfItUntilThePlanIsTakenBack() {
        String learner = newLearner("plan");
        String twin = newLearner("twin");
        String plan = plan(
                        learner,
                        "{\"kind\":\"vacation\",\"from\":\"2026-03-14\",\"to\":\"2026-03-18\",\"perDay\":2,"
                                + "\"daysBefore\":3,\"daysAfter\":3}")
                .get("id")
                .textValue();

        List<LocalDate> due = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            for (String one : List.of(learner, twin)) {
                answer(one, "a" + i, 3, "2026-03-10T11:00:0%dZ".formatted(i));
            }
            due.add(day(state(learner, "a" + i).dueAtMicros()));
        }
        JsonNode overHttp = ok(post(learner, "/api/learning/reviews", "{\"item\":\"h0\",\"grade\":3}"));
        due.add(LocalDate.parse(overHttp.get("dueAt").textValue().substring(0, 10)));

        Map<LocalDate, Integer> perDay = new TreeMap<>();
        due.forEach(day -> perDay.merge(day, 1, Integer::sum));
        assertThat(perDay.keySet())
                .isSubsetOf(
                        LocalDate.parse("2026-03-11"),
                        LocalDate.parse("2026-03-12"),
                        LocalDate.parse("2026-03-13"),
                        LocalDate.parse("2026-03-19"),
                        LocalDate.parse("2026-03-20"),
                        LocalDate.parse("2026-03-21"));
        assertThat(perDay.values()).allMatch(cards -> cards <= 2);
        assertThat(texts(get(learner, PLANS + "/{id}", plan).get("moves"), "item"))
                .contains("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7");
        assertStateFollowsFromTheLog();

        // Moved, answered again, moved again: all of it is taken back.
        moveTo("2026-03-13T12:00:00Z");
        for (String one : List.of(learner, twin)) {
            answer(one, "a0", 1, "2026-03-13T11:00:00Z");
            answer(one, "a0", 3, "2026-03-13T11:30:00Z");
        }
        assertThat(state(learner, "a0").dueAtMicros())
                .isGreaterThanOrEqualTo(Instant.parse("2026-03-19T04:00:00Z").getEpochSecond() * 1_000_000);
        assertThat(state(twin, "a0").dueAtMicros())
                .isLessThan(Instant.parse("2026-03-19T04:00:00Z").getEpochSecond() * 1_000_000);
        ok(post(learner, PLANS + "/{id}/undo", "", plan));
        for (int i = 1; i < 8; i++) {
            assertThat(state(learner, "a" + i).dueAtMicros())
                    .isEqualTo(state(twin, "a" + i).dueAtMicros());
        }
        assertThat(whatCounts(requireCard(learner, "a0"))).isEqualTo(whatCounts(requireCard(twin, "a0")));
        assertStateFollowsFromTheLog();

        answer(learner, "c0", 3, "2026-03-13T11:59:00Z");
        assertThat(state(learner, "c0").dueMoved())
                .as("after the plan was taken back")
                .isFalse();
    }

    @Test
    void historyThatIsImportedIsNoReasonToMoveAnything() {
        String learner = newLearner("plan");
        plan(learner, "{\"kind\":\"vacation\",\"from\":\"2026-03-11\",\"to\":\"2026-03-14\"}");

        answer(learner, "a0", 3, "2026-03-07T10:00:00Z");

        assertThat(state(learner, "a0").dueMoved()).isFalse();
    }

    @Test
    void whatIsAnsweredBeforeTheLastDaysComesBackInThem() {
        String learner = newLearner("plan");
        cards(learner, "sql", 2, "2026-03-05T10:00:00Z", 3, "sql.joins"); // due today
        JsonNode plan = plan(
                learner,
                "{\"kind\":\"exam\",\"date\":\"2026-03-20\",\"skills\":[\"sql.joins\"],\"lastDays\":3,\"perDay\":1}");
        assertThat(plan.get("figures").get("later").intValue()).isEqualTo(2);
        assertThat(plan.get("moves")).isEmpty();

        answer(learner, "sql0", 4, "2026-03-10T11:00:00Z", "sql.joins");
        answer(learner, "sql1", 4, "2026-03-10T11:01:00Z", "sql.joins");
        answer(learner, "git0", 4, "2026-03-10T11:02:00Z", "git.basics");

        assertThat(due(learner, "2026-03-18T12:00:00Z").get("total").intValue()).isEqualTo(1);
        assertThat(due(learner, "2026-03-19T12:00:00Z").get("total").intValue()).isEqualTo(2);
        assertThat(state(learner, "git0").dueMoved()).isFalse();
        assertStateFollowsFromTheLog();
    }

    @Test
    void aBacklogIsWorkedOffDayByDay() {
        String learner = newLearner("plan");
        cards(learner, "a", 7, "2026-03-01T10:00:00Z", 3);

        JsonNode plan = plan(learner, "{\"kind\":\"backlog\",\"rate\":3,\"order\":\"recall-descending\"}");

        assertThat(plan.get("figures").get("backlog").intValue()).isEqualTo(7);
        assertThat(plan.get("figures").get("days").intValue()).isEqualTo(3);
        assertThat(plan.get("backlog").toString())
                .isEqualTo("[{\"date\":\"2026-03-10\",\"dueAnyway\":0,\"worked\":3,\"remaining\":4},"
                        + "{\"date\":\"2026-03-11\",\"dueAnyway\":0,\"worked\":3,\"remaining\":1},"
                        + "{\"date\":\"2026-03-12\",\"dueAnyway\":0,\"worked\":1,\"remaining\":0}]");
        assertThat(get(learner, PLANS + "/{id}", plan.get("id").textValue())).isEqualTo(plan);
        assertThat(due(learner, "2026-03-10T12:00:00Z").get("total").intValue()).isEqualTo(3);
        assertThat(due(learner, "2026-03-11T12:00:00Z").get("total").intValue()).isEqualTo(6);
        assertThat(due(learner, "2026-03-12T12:00:00Z").get("total").intValue()).isEqualTo(7);
    }

    @Test
    void anExamBringsItsCardsAndOnlyThemShortlyBeforeIt() {
        String learner = newLearner("plan");
        cards(learner, "sql", 4, "2026-03-09T10:00:00Z", 4, "sql.joins");
        cards(learner, "git", 2, "2026-03-09T10:00:00Z", 4, "git.basics");
        long git = state(learner, "git0").dueAtMicros();

        JsonNode plan = plan(
                learner,
                "{\"kind\":\"exam\",\"date\":\"2026-03-14\",\"skills\":[\"sql.joins\",\"sql.windows\"],"
                        + "\"lastDays\":2,\"perDay\":2}");

        assertThat(texts(plan.get("moves"), "item")).containsExactlyInAnyOrder("sql0", "sql1", "sql2", "sql3");
        assertThat(texts(plan.get("moves"), "to"))
                .containsExactly("2026-03-12", "2026-03-12", "2026-03-13", "2026-03-13");
        assertThat(plan.get("figures").get("cards").intValue()).isEqualTo(4);
        assertThat(plan.get("figures").get("meanRecall").doubleValue())
                .isGreaterThan(plan.get("figures").get("meanRecallWithout").doubleValue());
        assertThat(plan.get("notes").get(0).textValue()).isEqualTo("no card yet of sql.windows");
        assertThat(state(learner, "git0").dueAtMicros()).isEqualTo(git);
        JsonNode tight = plan(
                learner,
                "{\"kind\":\"exam\",\"date\":\"2026-03-14\",\"skills\":[\"sql.joins\"],\"lastDays\":1,\"perDay\":1,"
                        + "\"dryRun\":true}");
        assertThat(tight.get("figures").get("unplaced").intValue()).isEqualTo(3);
        assertThat(tight.get("figures").get("neededPerDay").intValue()).isEqualTo(4);
    }

    @Test
    void balancingAndAdvancingWork() {
        String learner = newLearner("plan");
        cards(learner, "a", 9, "2026-03-09T10:00:00Z", 4);

        JsonNode balanced = plan(learner, "{\"kind\":\"balance\",\"horizonDays\":90}");
        assertThat(balanced.get("moved").intValue()).isPositive();
        int fullest = 0;
        for (JsonNode load : balanced.get("load")) {
            fullest = Math.max(fullest, load.get("after").intValue());
        }
        assertThat(fullest).isLessThan(9);

        JsonNode advanced = plan(learner, "{\"kind\":\"advance\",\"count\":2}");
        assertThat(advanced.get("moved").intValue()).isEqualTo(2);
        assertThat(due(learner, "2026-03-10T12:00:00Z").get("total").intValue()).isEqualTo(2);
        assertStateFollowsFromTheLog();
    }

    @Test
    void suspendedCardsStayWhereTheyAre() {
        String learner = newLearner("plan");
        cards(learner, "a", 2, "2026-03-05T10:00:00Z", 3);
        ok(post(learner, "/api/learning/cards/a0/actions", "{\"action\":\"suspend\"}"));

        JsonNode plan = plan(learner, "{\"kind\":\"postpone\",\"count\":5}");

        assertThat(texts(plan.get("moves"), "item")).containsExactly("a1");
    }

    @Test
    void plansAreListedNewestFirstInPages() {
        String learner = newLearner("plan");
        cards(learner, "a", 3, "2026-03-05T10:00:00Z", 3);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(plan(learner, "{\"kind\":\"postpone\",\"count\":1}")
                    .get("id")
                    .textValue());
        }

        JsonNode first = get(learner, PLANS + "?limit=2");
        JsonNode second =
                get(learner, PLANS + "?limit=2&cursor={c}", first.get("next").textValue());

        assertThat(texts(first.get("plans"), "id")).containsExactly(ids.get(0), ids.get(1));
        assertThat(texts(second.get("plans"), "id")).containsExactly(ids.get(2));
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(first.get("plans").get(0).has("moves")).isFalse();
        JsonNode one = get(learner, PLANS + "/{id}", ids.get(0));
        assertThat(one.get("parameters").toString()).isEqualTo("{\"count\":1}");
        assertThat(one.get("moves")).hasSize(1);
        assertThat(one.get("load").get(0).get("date").textValue()).isEqualTo("2026-03-10");
        assertThat(get(learner, PLANS + "/{id}?moves=0", ids.get(0)).get("moves"))
                .isEmpty();
    }

    @Test
    void somebodyElsesPlanIsNotFoundAndStays() {
        String owner = newLearner("owner");
        String other = newLearner("other");
        cards(owner, "a", 2, "2026-03-05T10:00:00Z", 3);
        String id = plan(owner, "{\"kind\":\"postpone\",\"count\":2}").get("id").textValue();

        problem(as(other).get(PLANS + "/{id}", id), 404, "not-found");
        problem(post(other, PLANS + "/{id}/undo", "", id), 404, "not-found");
        problem(as(owner).get(PLANS + "/{id}", "no-uuid"), 404, "not-found");

        assertThat(get(owner, PLANS + "/{id}", id).get("state").textValue()).isEqualTo("applied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{\"kind\":\"postpone\",\"count\":\"many\"}",
                "{\"kind\":\"postpone\",\"count\":1,\"colour\":\"blue\"}",
                "{\"kind\":\"vacation\",\"from\":\"2026-03-01\",\"to\":\"2026-03-05\"}",
                "{\"kind\":\"exam\",\"date\":\"2026-03-10\",\"skills\":[\"sql\"]}",
            })
    void refusesWhatIsNoPlan(String body) {
        problem(post(newLearner("plan"), PLANS, body), 400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=101", "?limit=x", "?cursor=x", "?cursor=MTp4"})
    void refusesPagesThatAreNone(String query) {
        problem(as(newLearner("plan")).get(PLANS + query), 400, "invalid-request");
    }
}
