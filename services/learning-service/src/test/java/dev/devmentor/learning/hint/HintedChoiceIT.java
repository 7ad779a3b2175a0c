package dev.devmentor.learning.hint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternState;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hints change in quizzes and recommendations, from the event on Kafka to the answer over HTTP. */
@QuarkusTest
class HintedChoiceIT extends LearningIT {
    static final String NAME_OF_TWO =
            "The simulated consumer stops after two records each time it runs. Over two runs…";
    private static final String NAME_OF_ONE =
            "The simulation commits the position of each record before the record is process…";
    private static final String ONE = "bank:kafka-commit-before-the-work";
    private static final String TWO = "bank:kafka-position-after-a-restart";
    private static final String OFFSETS = "kafka.offsets";

    /** All that can be asked of the skill without hints: what is due and what was never asked. */
    private static final String ALL_OF_IT = "{\"limit\":50,\"skills\":[\"kafka.offsets\"]}";

    private static String ago(int days) {
        return Instant.now()
                .minus(days, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private JsonNode recommend(String learner, String body) {
        return ok(post(learner, "/api/learning/recommend", body));
    }

    private JsonNode generate(String learner, String body) {
        return ok(post(learner, "/api/learning/quiz/generate", body));
    }

    private void learned(PatternLearned pattern) {
        sendAndAwait(event(
                EventTypes.PATTERN_LEARNED,
                pattern.patternId() + "-" + pattern.version() + "-" + pattern.scopeId(),
                String.valueOf(pattern.scopeId()),
                pattern));
    }

    /** Somebody to whom one question is due and who answered another one so well that it is not due for long. */
    private String oneDueAndTwoNot(int daysSinceTwo) {
        String learner = newLearner("hinted");
        answer(learner, ONE, 3, ago(9), OFFSETS);
        answer(learner, TWO, 4, ago(daysSinceTwo), OFFSETS);
        return learner;
    }

    private static JsonNode question(JsonNode list, String item) {
        for (JsonNode question : list) {
            if (question.path("item").asText().equals(item)
                    || question.path("id").asText().equals(item)) {
                return question;
            }
        }
        throw new AssertionError(list + " has no " + item);
    }

    private static List<String> items(JsonNode answer) {
        return answer.has("items") ? texts(answer.get("items"), "item") : texts(answer.get("questions"), "id");
    }

    // Confusion

    @Test
    void whatIsMixedUpComesRightAfterOneAnotherThoughItIsNotDue() {
        String learner = oneDueAndTwoNot(2);
        JsonNode before = recommend(learner, ALL_OF_IT);
        List<String> without = items(before);
        assertThat(without).contains(ONE).doesNotContain(TWO);
        assertThat(before.get("hints")).isEmpty();

        learned(Patterns.confusion(learner, "p-1", TWO, ONE));
        JsonNode after = recommend(learner, ALL_OF_IT);

        List<String> expected = new ArrayList<>(without);
        expected.add(without.indexOf(ONE) + 1, TWO);
        assertThat(items(after)).isEqualTo(expected);
        JsonNode came = question(after.get("items"), TWO);
        assertThat(came.get("hint").toString())
                .isEqualTo("{\"patternId\":\"p-1\",\"kind\":\"confusion\",\"sentence\":\"you mix it up with “"
                        + NAME_OF_ONE + "”, so both come one after the other\"}");
        assertThat(came.get("reason")).isEqualTo(came.get("hint").get("sentence"));
        assertThat(came.get("strategy").textValue()).isEqualTo("hint");
        assertThat(came.get("kind").textValue()).isEqualTo("review");
        assertThat(came.get("predictedRecall").doubleValue()).isBetween(0.9, 1.0);
        for (JsonNode item : after.get("items")) {
            assertThat(item.has("hint")).isEqualTo(item == came);
        }
        JsonNode again = recommend(learner, ALL_OF_IT);
        assertThat(items(again)).as("the same log and the same request").isEqualTo(expected);
        assertThat(question(again.get("items"), TWO).get("hint")).isEqualTo(came.get("hint"));
    }

    @ParameterizedTest
    @CsvSource({"SWITCHED_OFF", "RETIRED", "STALE", "CANDIDATE", "UNSURE"})
    void aHintThatDoesNotActChangesNothing(String why) {
        String learner = oneDueAndTwoNot(2);
        List<String> without = items(recommend(learner, ALL_OF_IT));
        PatternLearned active = Patterns.confusion(learner, "p-1", TWO, ONE);
        learned(active);
        List<String> with = items(recommend(learner, ALL_OF_IT));
        assertThat(with).isNotEqualTo(without);

        switch (why) {
            case "SWITCHED_OFF" -> ok(as(learner).body("{\"hints\":false}").put("/api/learning/settings"));
            case "UNSURE" -> learned(Patterns.version(active, 2, PatternState.ACTIVE, 0.49));
            default -> learned(Patterns.version(active, 2, PatternState.valueOf(why), 0.97));
        }

        assertThat(items(recommend(learner, ALL_OF_IT))).isEqualTo(without);
        if (why.equals("SWITCHED_OFF")) {
            ok(as(learner).body("{\"hints\":true}").put("/api/learning/settings"));
            assertThat(items(recommend(learner, ALL_OF_IT))).isEqualTo(with);
        }
        assertStateFollowsFromTheLog();
    }

    @Test
    void whatWasAnsweredTodayOrIsSuspendedOrOutsideTheSkillsAskedForIsNotBroughtIn() {
        String today = oneDueAndTwoNot(0);
        learned(Patterns.confusion(today, "p-1", ONE, TWO));
        assertThat(items(recommend(today, ALL_OF_IT))).doesNotContain(TWO);

        String suspended = oneDueAndTwoNot(2);
        ok(post(suspended, "/api/learning/cards/{i}/actions", "{\"action\":\"suspend\"}", TWO));
        learned(Patterns.confusion(suspended, "p-1", ONE, TWO));
        assertThat(items(recommend(suspended, ALL_OF_IT))).doesNotContain(TWO);

        String filtered = newLearner("hinted");
        String other = "bank:kafka-partitions-added-later";
        answer(filtered, ONE, 3, ago(9), OFFSETS);
        answer(filtered, other, 4, ago(2), "kafka.partitions");
        learned(Patterns.confusion(filtered, "p-1", ONE, other));
        assertThat(items(recommend(filtered, ALL_OF_IT))).contains(ONE).doesNotContain(other);
        assertThat(items(generate(filtered, "{\"skills\":[\"kafka.offsets\"],\"size\":50}")))
                .contains(ONE)
                .doesNotContain(other);
    }

    @Test
    void ofTwoThatAreDueOneOnlyMovesAlsoByOneStrategyAlone() {
        String learner = newLearner("hinted");
        for (int i = 0; i < 4; i++) {
            answer(learner, "mine-" + i, 3, ago(30 - 5 * i), "mine");
        }
        String request = "{\"strategy\":\"due-review\"}";
        List<String> without = items(recommend(learner, request));
        assertThat(without).hasSize(4);
        String first = without.getFirst();
        String last = without.getLast();

        learned(Patterns.confusion(learner, "p-1", last, first));
        JsonNode after = recommend(learner, request);

        assertThat(items(after)).containsExactly(first, last, without.get(1), without.get(2));
        JsonNode moved = after.get("items").get(1);
        assertThat(moved.get("hint").get("sentence").textValue())
                .isEqualTo("you mix it up with “" + first + "”, so both come one after the other");
        assertThat(moved.get("reason").textValue()).startsWith("its review is due: ");
        assertThat(moved.get("strategy").textValue()).isEqualTo("due-review");
    }

    @Test
    void aQuizPutsTheOneBehindTheOtherAndKeepsWhy() {
        String learner = oneDueAndTwoNot(2);
        // Two of five are met; with room for the other four all of these are asked, in an order that follows from the
        // seed.
        String request = "{\"skills\":[\"kafka.offsets\"],\"size\":4}";
        int pool = generate(learner, "{\"skills\":[\"kafka.offsets\"],\"size\":50}")
                .get("asked")
                .intValue();
        request = request.replace("4", String.valueOf(pool - 1));
        JsonNode without = generate(learner, request);
        assertThat(items(without)).hasSize(pool - 1).contains(ONE).doesNotContain(TWO);

        learned(Patterns.confusion(learner, "p-1", ONE, TWO));
        JsonNode quiz = generate(learner, request);

        List<String> items = items(quiz);
        assertThat(items).hasSize(pool - 1);
        assertThat(items.get(items.indexOf(ONE) + 1)).isEqualTo(TWO);
        JsonNode came = question(quiz.get("questions"), TWO);
        String sentence = "you mix it up with “" + NAME_OF_ONE + "”, so both come one after the other";
        assertThat(came.get("hint").get("patternId").textValue()).isEqualTo("p-1");
        assertThat(came.get("hint").get("sentence").textValue()).isEqualTo(sentence);
        assertThat(came.get("reason").textValue()).isEqualTo(sentence);
        assertThat(came.get("strategy").textValue()).isEqualTo("hint");
        JsonNode again = get(learner, "/api/learning/quiz/" + quiz.get("id").textValue());
        assertThat(again.get("questions")).isEqualTo(quiz.get("questions"));
        ok(post(learner, "/api/learning/quiz/submit", """
                {"quizId":%s,"answers":[{"questionId":"%s","skipped":true}]}""".formatted(quiz.get("id"), TWO)));
        assertThat(requireCard(learner, TWO).state().answers()).isEqualTo(2);
        assertStateFollowsFromTheLog();
    }

    @Test
    void ofAllThatIsAskedAQuarterAtMostComesFromHintsAndNothingDueWaits() {
        int came = 0;
        for (int person = 0; person < 6; person++) {
            String learner = "hinted-quarter-" + person;
            for (int i = 0; i < 6; i++) {
                answer(learner, "due-" + i, 3, ago(12), OFFSETS);
                answer(learner, "other-" + i, 4, ago(2), OFFSETS);
            }
            for (int limit : new int[] {1, 2, 5, 8}) {
                String request = "{\"limit\":" + limit + "}";
                ok(as(learner).body("{\"hints\":false}").put("/api/learning/settings"));
                JsonNode without = recommend(learner, request);
                ok(as(learner).body("{\"hints\":true}").put("/api/learning/settings"));
                if (limit == 1) {
                    for (int i = 0; i < 6; i++) {
                        learned(Patterns.confusion(learner, "p-" + i, "due-" + i, "other-" + i));
                    }
                }
                JsonNode with = recommend(learner, request);

                Set<String> due = dueItems(without);
                assertThat(dueItems(with)).as(learner + " of " + limit).containsAll(due);
                List<String> byHint = items(with).stream()
                        .filter(item -> item.startsWith("other-"))
                        .toList();
                assertThat(byHint.size())
                        .as(learner + " of " + limit)
                        .isLessThanOrEqualTo(limit == 1 ? 0 : (limit + 3) / 4);
                assertThat(items(with)).hasSize(limit);
                came += byHint.size();
            }
        }
        assertThat(came).as("so that this shows something").isPositive();
    }

    private static Set<String> dueItems(JsonNode answer) {
        return new HashSet<>(
                items(answer).stream().filter(item -> item.startsWith("due-")).toList());
    }

    // Mistakes

    @Test
    void ofTwoThatGoWrongTogetherTheOtherComesForwardOnceOneWasMissed() {
        String learner = newLearner("hinted");
        for (int i = 0; i < 4; i++) {
            answer(learner, "mine-" + i, 3, ago(30 - 5 * i), "mine");
        }
        String request = "{\"strategy\":\"due-review\"}";
        List<String> without = items(recommend(learner, request));
        String last = without.getLast();
        learned(Patterns.mistake(learner, "p-1", ONE, last));
        assertThat(items(recommend(learner, request))).as("nothing was missed").isEqualTo(without);

        answer(learner, ONE, 1, ago(0), OFFSETS);
        JsonNode after = recommend(learner, request);

        assertThat(items(after)).containsExactly(last, without.get(0), without.get(1), without.get(2));
        assertThat(after.get("items").get(0).get("hint").toString())
                .isEqualTo("{\"patternId\":\"p-1\",\"kind\":\"mistake\",\"sentence\":\"you missed “" + NAME_OF_ONE
                        + "”, and the two go wrong together\"}");
    }

    @Test
    void ofTwoSkillsAQuestionOfTheOtherOneComesInFirst() {
        String learner = newLearner("hinted");
        learned(Patterns.mistakeOfSkills(learner, "p-1", "kafka.compaction", "sql.joins"));
        answer(learner, "mine-join", 1, ago(0), "sql.joins");

        JsonNode first = generate(learner, "{\"skills\":[\"kafka\"],\"size\":4}")
                .get("questions")
                .get(0);

        assertThat(first.get("skills").get(0).textValue()).isEqualTo("kafka.compaction");
        assertThat(first.get("hint").get("sentence").textValue())
                .isEqualTo("you missed “Joins”, and the two go wrong together");
        answer(learner, "mine-join", 3, Instant.now().toString(), "sql.joins");
        assertThat(generate(learner, "{\"skills\":[\"kafka\"],\"size\":4}")
                        .get("questions")
                        .findValues("hint"))
                .as("it was made good")
                .isEmpty();
    }

    // Rhythm

    private int hour() {
        return Instant.now(clock).atZone(ZoneOffset.UTC).getHour();
    }

    @Test
    void outsideTheGoodHoursLessIsNewAndItIsALittleEasier() {
        String learner = newLearner("hinted");
        for (int i = 0; i < 20; i++) {
            answer(learner, "mine-" + i, 3, ago(12), "own-skill-" + i);
        }
        String request = "{\"limit\":12,\"floor\":0}";
        int good = (hour() + 12) % 24;
        learned(Patterns.hours(learner, "p-1", good));

        JsonNode outside = recommend(learner, request);

        assertThat(outside.get("hints").toString())
                .isEqualTo(
                        "[{\"patternId\":\"p-1\",\"kind\":\"rhythm\",\"sentence\":\"you learn best from %02d:00 to %02d:00; at this hour less is new, and it is a little easier\"}]"
                                .formatted(good, good + 1));
        assertThat(outside.get("items")).hasSize(12);
        assertThat(outside.get("items")
                        .valueStream()
                        .filter(item -> item.get("kind").textValue().equals("question"))
                        .count())
                .isLessThanOrEqualTo(4);
        assertThat(wanted(recommend(learner, "{\"limit\":50,\"floor\":0.2}")))
                .isNotEmpty()
                .containsOnly(80);
        assertThat(generate(learner, "{\"size\":5}").get("hints")).isEqualTo(outside.get("hints"));
        assertThat(wanted(recommend(learner, "{\"limit\":50,\"floor\":0.2,\"targetSuccess\":0.93}")))
                .isNotEmpty()
                .containsOnly(95);
    }

    @Test
    void outsideTheGoodHoursAQuizAsksWhatWasMetBeforeItAsksMoreThatIsNew() {
        String learner = newLearner("hinted");
        List<String> met = items(generate(learner, "{\"skills\":[\"kafka\"],\"size\":8}"));
        met.forEach(item -> answer(learner, item, 4, ago(2), "kafka.topics"));
        String request = "{\"skills\":[\"kafka\"],\"size\":9}";
        assertThat(items(generate(learner, request)))
                .as("inside, nothing that is not due comes before what is new")
                .doesNotContainAnyElementsOf(met);

        learned(Patterns.hours(learner, "p-1", (hour() + 12) % 24));
        List<String> outside = items(generate(learner, request));

        assertThat(outside).hasSize(9);
        assertThat(outside.stream().filter(met::contains)).hasSize(6);
        List<String> twenty = items(generate(learner, "{\"skills\":[\"kafka\"],\"size\":20}"));
        assertThat(twenty).as("new ones are better than none").hasSize(20).containsAll(met);
    }

    private static List<Integer> wanted(JsonNode answer) {
        return answer.get("items")
                .valueStream()
                .map(item -> item.get("reason").textValue())
                .filter(reason -> reason.contains("nearest to the wanted "))
                .map(reason -> Integer.valueOf(reason.replaceAll(".*wanted (\\d+) %", "$1")))
                .toList();
    }

    @Test
    void insideTheGoodHoursNothingChanges() {
        String learner = newLearner("hinted");
        answer(learner, ONE, 3, ago(9), OFFSETS);
        List<String> without = items(recommend(learner, "{}"));
        Integer[] allButFarOnes = java.util.stream.IntStream.range(0, 24)
                .filter(each -> each != (hour() + 12) % 24)
                .boxed()
                .toArray(Integer[]::new);

        learned(Patterns.hours(learner, "p-1", allButFarOnes));

        JsonNode inside = recommend(learner, "{}");
        assertThat(items(inside)).isEqualTo(without);
        assertThat(inside.get("hints")).isEmpty();
    }

    @Test
    void whatNobodyAskedForByNumberEndsWhereTheSittingStaysGood() {
        String learner = newLearner("hinted");
        String ofKafka = "{\"skills\":[\"kafka\"]}";
        assertThat(generate(learner, ofKafka).get("asked").intValue()).isEqualTo(10);
        learned(Patterns.length(learner, "p-1", 5));

        JsonNode quiz = generate(learner, ofKafka);
        JsonNode list = recommend(learner, "{}");

        for (JsonNode answer : List.of(quiz, list)) {
            JsonNode questions = answer.has("items") ? answer.get("items") : answer.get("questions");
            assertThat(questions.size()).isBetween(1, 9);
            assertThat(questions
                            .valueStream()
                            .mapToInt(question -> question.get("seconds").intValue())
                            .sum())
                    .isLessThanOrEqualTo(300);
        }
        assertThat(quiz.get("hints").toString())
                .isEqualTo("[{\"patternId\":\"p-1\",\"kind\":\"rhythm\",\"sentence\":"
                        + "\"you do well for about 5 minutes; this quiz ends there\"}]");
        assertThat(texts(list.get("hints"), "sentence"))
                .containsExactly("you do well for about 5 minutes; this list ends there");

        JsonNode asked = generate(learner, "{\"skills\":[\"kafka\"],\"size\":10}");
        assertThat(asked.get("asked").intValue())
                .as("who says how many gets them")
                .isEqualTo(10);
        assertThat(asked.get("hints")).isEmpty();
        assertThat(recommend(learner, "{\"limit\":10}").get("items")).hasSize(10);
        assertThat(get(learner, "/api/learning/quiz/" + quiz.get("id").textValue())
                        .has("hints"))
                .as("only when it is put together")
                .isFalse();
    }

    @Test
    void aSittingThatWentOnForLongerIsKeptShort() {
        String learner = newLearner("hinted");
        Instant now = Instant.now(clock);
        for (int minute : new int[] {40, 20, 1}) {
            answer(learner, "mine-" + minute, 3, now.minusSeconds(60L * minute).toString());
        }
        learned(Patterns.length(learner, "p-1", 35));

        JsonNode quiz = generate(learner, "{\"skills\":[\"kafka\"]}");

        assertThat(quiz.get("questions")).hasSize(1);
        assertThat(texts(quiz.get("hints"), "sentence").getFirst())
                .matches("you do well for about 35 minutes and have been at it for 4[0-3]; so this quiz is short");
    }
}
