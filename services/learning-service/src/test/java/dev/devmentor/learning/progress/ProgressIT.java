package dev.devmentor.learning.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProgressIT extends LearningIT {
    private static final String PROGRESS = "/api/learning/progress/{user}";

    @Test
    void sumsUpWhatALearnerHasDone() {
        String learner = newLearner("progress");
        answer(learner, "a", 3, "2026-03-01T10:00:00Z", "sql", "joins");
        answer(learner, "b", 1, "2026-03-01T11:00:00Z", "sql");
        answer(learner, "c", 3, "2026-03-02T10:00:00Z");
        answer(learner, "c", 3, "2026-03-04T03:59:00Z");
        ok(post(learner, "/api/learning/cards/c/actions", "{\"action\":\"suspend\"}"));

        JsonNode progress = get(learner, PROGRESS, learner);

        assertThat(progress.get("learner").textValue()).isEqualTo(learner);
        assertThat(progress.get("answers").intValue()).isEqualTo(4);
        assertThat(progress.get("correct").intValue()).isEqualTo(3);
        assertThat(progress.get("cards").intValue()).isEqualTo(3);
        assertThat(progress.get("dueNow").intValue()).isEqualTo(2);
        assertThat(progress.get("byState").toString()).isEqualTo("{\"learning\":1,\"review\":1,\"suspended\":1}");
        assertThat(progress.get("activeDays").intValue())
                .as("a day ends at four in the morning")
                .isEqualTo(3);
        assertThat(progress.get("streakDays").intValue()).isZero();
        assertThat(progress.get("answersToday").intValue()).isZero();
        assertThat(progress.get("recentAccuracy").doubleValue()).isEqualTo(0.75);
        assertThat(progress.get("lastAnsweredAt").textValue()).isEqualTo("2026-03-04T03:59:00Z");
        assertThat(texts(progress.get("skills"), "skill")).containsExactly("joins", "sql");
        JsonNode sql = progress.get("skills").get(1);
        assertThat(sql.get("cards").intValue()).isEqualTo(2);
        assertThat(sql.get("dueNow").intValue()).isEqualTo(2);
        assertThat(sql.get("predictedRecall").doubleValue()).isBetween(0.0, 0.9);
    }

    @Test
    void aStreakGoesOnUntilADayWasLeftOut() {
        String learner = newLearner("progress");
        Instant now = clock.instant();
        for (int days : new int[] {0, 1, 2, 4}) {
            answer(learner, "a-" + days, 3, now.minus(Duration.ofDays(days)).toString());
        }

        JsonNode progress = get(learner, PROGRESS, learner);

        assertThat(progress.get("activeDays").intValue()).isEqualTo(4);
        assertThat(progress.get("streakDays").intValue()).isEqualTo(3);
        assertThat(progress.get("answersToday").intValue()).isEqualTo(1);
    }

    @Test
    void honestEffortEarnsPointsAndAStreak() {
        String learner = newLearner("progress");
        Instant now = clock.instant();
        for (int days = 8; days >= 0; days--) {
            ok(post(learner, "/api/learning/reviews", """
                    {"item":"a-%d","grade":3,"answeredAt":"%s","responseTimeMs":9000}""".formatted(days, now.minus(Duration.ofDays(days)))));
        }
        JsonNode progress = get(learner, PROGRESS, learner);

        assertThat(progress.get("streakDays").intValue()).isEqualTo(9);
        JsonNode streak = progress.get("streak");
        assertThat(streak.get("days").intValue())
                .as("two of nine came too late to count")
                .isEqualTo(7);
        assertThat(streak.get("freezes").intValue()).isEqualTo(1);
        assertThat(streak.get("activeToday").booleanValue()).isTrue();
        assertThat(progress.get("xp").get("points").intValue()).isBetween(60, 90);
        assertThat(progress.get("achievements").toString()).isEqualTo("[\"first-step\",\"week\"]");
    }

    @Test
    void repeatingOneEasyItemAllDayEarnsItsFirstAnswer() {
        String learner = newLearner("progress");
        int first = 0;
        for (int i = 0; i < 20; i++) {
            ok(post(learner, "/api/learning/reviews", "{\"item\":\"easy\",\"grade\":4,\"responseTimeMs\":5000}"));
            int points = get(learner, PROGRESS, learner).get("xp").get("points").intValue();
            first = i == 0 ? points : first;
            assertThat(points).isEqualTo(first);
        }
        assertThat(first).isEqualTo(12);
    }

    @Test
    void somebodyWhoDidNothingHasZeros() {
        String learner = newLearner("progress");

        assertThat(get(learner, PROGRESS, learner).toString())
                .isEqualTo("{\"learner\":\"" + learner + "\",\"answers\":0,\"correct\":0,\"cards\":0,\"dueNow\":0,"
                        + "\"byState\":{},\"activeDays\":0,\"streakDays\":0,\"answersToday\":0,\"skills\":[],"
                        + "\"xp\":{\"points\":0,\"today\":0,\"level\":1,\"levelFrom\":0,\"nextLevelFrom\":100},"
                        + "\"streak\":{\"days\":0,\"longest\":0,\"freezes\":0,\"freezesUsed\":0,\"activeToday\":false},"
                        + "\"achievements\":[],\"load\":{\"load\":0.0,\"slowness\":0.0,\"errors\":0.0,\"complexity\":0.0,"
                        + "\"length\":0.0,\"minutes\":0,\"answers\":0,\"hardShare\":0.4}}");
    }
}
