package dev.devmentor.learning.choice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        assertThat(answer.get("load").get("breakProposed").booleanValue()).isFalse();
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
        answer(learner, "mine-offsets", 3, daysAgo(6), "kafka.offsets");
        answer(learner, "mine-consumers", 3, daysAgo(6), "kafka.consumers");

        JsonNode items = recommend(
                        learner, "{\"limit\":1,\"skills\":[\"kafka.offsets\",\"kafka.consumers\"],\"floor\":0.2}")
                .get("items");
        JsonNode all = recommend(learner, "{\"limit\":50,\"skills\":[\"kafka.offsets\",\"kafka.consumers\"]}")
                .get("items");

        assertThat(items).hasSize(1);
        JsonNode review = null;
        for (JsonNode item : all) {
            review = item.get("kind").textValue().equals("review") ? item : review;
            assertThat(item.get("skills").get(0).textValue()).isIn("kafka.offsets", "kafka.consumers");
        }
        assertThat(review).isNotNull();
        assertThat(review.get("item").textValue()).isEqualTo("mine-offsets");
        assertThat(review.get("strategy").textValue()).isEqualTo("due-review");
        assertThat(review.get("settles").toString()).isEqualTo("[\"mine-consumers\"]");
        assertThat(review.get("predictedRecall").doubleValue()).isBetween(0.8, 0.9);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"limit\":0}",
                "{\"limit\":51}",
                "{\"targetSuccess\":0.4}",
                "{\"targetSuccess\":1}",
                "{\"floor\":0.3}",
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
