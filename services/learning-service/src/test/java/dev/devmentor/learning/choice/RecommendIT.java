package dev.devmentor.learning.choice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RecommendIT extends LearningIT {
    private static final String RECOMMEND = "/api/learning/recommend";

    private JsonNode recommend(String learner, String body) {
        return ok(post(learner, RECOMMEND, body));
    }

    private static String daysAgo(int days) {
        return Instant.now()
                .minus(days, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    @Test
    void somebodyNewIsAskedQuestionsOfTheBankEachWithItsReason() {
        String learner = newLearner("recommend");

        JsonNode answer = recommend(learner, "{\"limit\":6}");

        assertThat(answer.get("items")).hasSize(6);
        for (JsonNode item : answer.get("items")) {
            assertThat(item.get("kind").textValue()).isEqualTo("question");
            assertThat(item.get("item").textValue()).startsWith("bank:");
            assertThat(item.get("reason").textValue()).isNotBlank();
            assertThat(item.get("strategy").textValue())
                    .isIn("weakest-skill", "optimal-challenge", "interleaved-exploration");
            assertThat(item.get("predictedSuccess").doubleValue()).isBetween(0.0, 1.0);
            assertThat(item.get("prompt").textValue()).isNotBlank();
        }
        assertThat(texts(answer.get("items"), "item")).doesNotHaveDuplicates();
        assertThat(answer.get("strategies")).hasSize(5);
        assertThat(answer.get("load").has("pause")).isFalse();
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .as("reading makes no learner")
                .isZero();
    }

    @Test
    void askingAgainGivesTheSameUntilSomethingIsAnswered() {
        String learner = newLearner("recommend");
        answer(learner, "bank:kafka-same-key-same-partition", 3, daysAgo(1), "kafka.partitions");

        assertThat(texts(recommend(learner, "{}").get("items"), "item"))
                .isEqualTo(texts(recommend(learner, "{}").get("items"), "item"));
    }

    @Test
    void dueReviewsComeFromTheCardsAndSayWhatTheySettle() {
        String learner = newLearner("recommend");
        answer(learner, "mine-offsets", 3, daysAgo(7), "kafka.offsets");
        answer(learner, "mine-consumers", 3, daysAgo(6), "kafka.consumers");

        JsonNode due =
                recommend(learner, "{\"limit\":50,\"strategy\":\"due-review\"}").get("items");
        JsonNode all = recommend(learner, "{\"limit\":50,\"skills\":[\"kafka.offsets\",\"kafka.consumers\"]}")
                .get("items");

        assertThat(due).hasSize(1);
        JsonNode review = due.get(0);
        assertThat(review.get("kind").textValue()).isEqualTo("review");
        assertThat(review.get("item").textValue()).isEqualTo("mine-offsets");
        assertThat(review.get("strategy").textValue()).isEqualTo("due-review");
        assertThat(review.get("settles").toString()).isEqualTo("[\"mine-consumers\"]");
        assertThat(review.get("predictedRecall").doubleValue()).isBetween(0.8, 0.9);
        for (JsonNode item : all) {
            assertThat(item.get("skills").get(0).textValue()).isIn("kafka.offsets", "kafka.consumers");
        }
        assertThat(texts(all, "item")).contains("mine-offsets");
    }

    @Test
    void whatARightAnswerExercisedAlongTheWayIsNotAskedRightAway() {
        String learner = newLearner("recommend");
        String due = "{\"strategy\":\"due-review\"}";
        answer(learner, "mine-consumers", 3, daysAgo(6), "kafka.consumers");
        assertThat(texts(recommend(learner, due).get("items"), "item")).containsExactly("mine-consumers");

        answer(learner, "mine-offsets", 1, daysAgo(0), "kafka.offsets");
        assertThat(texts(recommend(learner, due).get("items"), "item"))
                .as("a wrong answer exercises nothing")
                .contains("mine-consumers");
        answer(learner, "mine-offsets-too", 3, daysAgo(0), "kafka.offsets");
        assertThat(texts(recommend(learner, due).get("items"), "item")).doesNotContain("mine-consumers");
        assertThat(texts(get(learner, "/api/learning/reviews/due").get("items"), "item"))
                .as("its card is due all the same")
                .contains("mine-consumers");
    }

    @Test
    void theNextStepOfAPathComesFirst() {
        String learner = newLearner("recommend");
        JsonNode path = ok(post(learner, "/api/learning/paths", "{\"goal\":\"kafka.offsets\"}"));

        JsonNode answer = recommend(learner, "{\"limit\":3}");

        JsonNode first = answer.get("items").get(0);
        assertThat(first.get("kind").textValue()).isEqualTo("path-step");
        assertThat(first.get("path").textValue()).isEqualTo(path.get("id").textValue());
        assertThat(first.get("skills").get(0).textValue()).isEqualTo("kafka.topics");
        assertThat(first.get("reason").textValue())
                .startsWith("next step of your path 'Offsets and delivery': Topics and logs; ");
        assertThat(texts(answer.get("paths"), "skill")).containsExactly("kafka.topics");
        for (JsonNode item : answer.get("items")) {
            assertThat(item.get("skills").get(0).textValue()).startsWith("kafka.");
        }
    }

    @Test
    void theWantedSuccessIsThatOfTheSettingsUnlessTheRequestSaysOtherwise() {
        String learner = newLearner("recommend");
        ok(as(learner).body("{\"targetSuccess\":0.9}").put("/api/learning/settings"));

        List<String> chosen = challenges(recommend(learner, "{\"limit\":50,\"floor\":0.2}"));

        assertThat(chosen).isNotEmpty().allMatch(reason -> reason.endsWith("nearest to the wanted 90 %"));
        assertThat(challenges(recommend(learner, "{\"limit\":50,\"floor\":0.2,\"targetSuccess\":0.6}")))
                .isNotEmpty()
                .allMatch(reason -> reason.endsWith("nearest to the wanted 60 %"));
    }

    @Test
    void oneStrategyGivesNothingElseAndSaysWhyThereAreFewer() {
        String learner = newLearner("recommend");
        ok(post(learner, "/api/learning/paths", "{\"goal\":\"kafka.offsets\"}"));
        answer(learner, "mine", 3, daysAgo(6), "kafka.offsets");

        JsonNode answer = recommend(learner, "{\"limit\":5,\"strategy\":\"due-review\"}");

        assertThat(texts(answer.get("items"), "item")).containsExactly("mine");
        assertThat(answer.get("note").textValue())
                .isEqualTo("The strategy due-review has 1 of the 5 questions wanted: nothing more is due.");
        assertThat(recommend(learner, "{\"limit\":1,\"strategy\":\"due-review\"}")
                        .has("note"))
                .isFalse();
    }

    @Test
    void aStarvedPoolSaysInWhichSkillsWhichDifficultiesAreMissing() {
        String learner = newLearner("recommend");

        JsonNode missing = recommend(learner, "{\"limit\":50,\"skills\":[\"kafka.topics\"],\"targetSuccess\":0.95}")
                .get("missing");

        assertThat(texts(missing, "skill")).containsExactly("kafka.topics");
        JsonNode topics = missing.get(0);
        assertThat(topics.get("difficultyFrom").doubleValue()).isBetween(0.02, 0.3);
        assertThat(topics.get("difficultyTo").doubleValue())
                .isGreaterThanOrEqualTo(topics.get("difficultyFrom").doubleValue())
                .isLessThan(0.5);
        assertThat(topics.get("reason").textValue()).contains("kafka.topics");

        JsonNode quiz = ok(post(learner, "/api/learning/quiz/generate", "{\"skills\":[\"kafka.topics\"],\"size\":50}"));
        assertThat(texts(quiz.get("missing"), "skill")).contains("kafka.topics");
        assertThat(recommend(learner, "{\"limit\":50,\"targetSuccess\":0.95}")
                        .get("missing")
                        .size())
                .isBetween(1, 10);
    }

    @Test
    void aTiredSessionGetsAnEasierMixAndABreakProposalInBothAnswers() {
        String learner = newLearner("recommend");
        Instant now = Instant.now(clock);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add("{\"item\":\"mine-%d\",\"grade\":%d,\"responseTimeMs\":%d,\"answeredAt\":\"%s\"}"
                    .formatted(i, i % 2 == 0 ? 3 : 1, i < 30 ? 5_000 : 50_000, now.minusSeconds(60L * (59 - i))));
        }
        ok(post(learner, "/api/learning/reviews/batch", "{\"answers\":[" + String.join(",", answers) + "]}"));
        JsonNode load = get(learner, "/api/learning/load");

        JsonNode tired = recommend(learner, "{\"limit\":50}");
        JsonNode quiz = ok(post(learner, "/api/learning/quiz/generate", "{\"size\":20}"));

        assertThat(load.get("hardShare").doubleValue()).isLessThan(0.3);
        for (JsonNode answer : List.of(tired, quiz)) {
            assertThat(answer.get("load")).isEqualTo(load);
            assertThat(answer.get("load").get("pause").get("minutes").intValue())
                    .isPositive();
        }
        assertThat(wantedIn(tired)).allMatch(wanted -> wanted > 75).isNotEmpty();
        assertThat(wantedIn(quiz)).allMatch(wanted -> wanted > 75);

        clock.moveTo(Duration.ofMinutes(32));
        try {
            JsonNode rested = recommend(learner, "{\"limit\":50}");
            assertThat(rested.get("load").has("pause")).isFalse();
            assertThat(wantedIn(rested)).allMatch(wanted -> wanted == 75).isNotEmpty();
            assertThat(meanSuccess(tired.get("items"))).isGreaterThan(meanSuccess(rested.get("items")));
        } finally {
            clock.moveTo(Duration.ZERO);
        }
    }

    /** The wanted success in per cent that reasons of optimal challenge name. */
    private static List<Integer> wantedIn(JsonNode answer) {
        JsonNode list = answer.has("items") ? answer.get("items") : answer.get("questions");
        return list.valueStream()
                .map(item -> item.get("reason").textValue())
                .filter(reason -> reason.contains("nearest to the wanted "))
                .map(reason -> Integer.valueOf(reason.replaceAll(".*wanted (\\d+) %", "$1")))
                .toList();
    }

    private static double meanSuccess(JsonNode items) {
        return items.valueStream()
                .filter(item -> item.get("kind").textValue().equals("question"))
                .mapToDouble(item -> item.get("predictedSuccess").doubleValue())
                .average()
                .orElseThrow();
    }

    private static List<String> challenges(JsonNode answer) {
        return answer.get("items")
                .valueStream()
                .filter(item -> item.get("strategy").textValue().equals("optimal-challenge"))
                .map(item -> item.get("reason").textValue())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"limit\":0}",
                "{\"limit\":51}",
                "{\"targetSuccess\":0.4}",
                "{\"targetSuccess\":1}",
                "{\"floor\":0.3}",
                "{\"strategy\":\"guessing\"}",
                "{\"floor\":-0.1}",
                "{\"skills\":[\"\"]}",
                "{\"skills\":[null]}",
                "{\"what\":1}",
                "[]"
            })
    void refusesWhatIsNotAsDocumented(String body) {
        problem(post("recommend-refused", RECOMMEND, body), 400, "invalid-request");
    }
}
