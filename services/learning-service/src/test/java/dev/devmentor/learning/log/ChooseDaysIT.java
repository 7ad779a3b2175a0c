package dev.devmentor.learning.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.engine.plan.Fuzz;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import io.quarkus.test.junit.QuarkusTest;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChooseDaysIT extends LearningIT {
    private static final String REVIEWS = "/api/learning/reviews";
    /** An easy first answer, at a retention of 80 %. */
    private static final Fuzz.Range REACH =
            Fuzz.range(Fsrs6.DEFAULT.nextInterval(Fsrs6.DEFAULT.firstStability(4), 0.8), 36_500);

    private static final int CARDS = 48;

    private void choose(String learner, String more) {
        ok(as(learner)
                .body("{\"scheduler\":\"fsrs6\",\"desiredRetention\":0.8" + more + "}")
                .put("/api/learning/settings"));
    }

    /** Answers new cards now; how many got which interval. */
    private Map<Integer, Integer> intervals(String learner, int cards) {
        Map<Integer, Integer> intervals = new HashMap<>();
        for (int i = 0; i < cards; i++) {
            JsonNode answer = ok(post(learner, REVIEWS, "{\"item\":\"card-" + i + "\",\"grade\":4}"));
            intervals.merge(answer.get("intervalDays").intValue(), 1, Integer::sum);
        }
        return intervals;
    }

    @Test
    void withoutTheWishAllComeOnOneDay() {
        String learner = newLearner("days");
        choose(learner, "");

        assertThat(intervals(learner, 5)).hasSize(1);
    }

    @Test
    void answersSpreadOverTheDaysInReachAndTheStateFollowsFromTheLog() {
        String learner = newLearner("days");
        choose(learner, ",\"loadBalance\":true");

        Map<Integer, Integer> intervals = intervals(learner, CARDS);

        assertThat(REACH.size()).isGreaterThan(6);
        assertThat(intervals.keySet()).allMatch(REACH::contains).hasSizeGreaterThan(REACH.size() / 2);
        assertThat(intervals.values()).allMatch(count -> count <= 2 * CARDS / REACH.size());
        assertStateFollowsFromTheLog();
    }

    @Test
    void aFreeDayOfTheWeekStaysFree() {
        String learner = newLearner("days");
        choose(learner, ",\"loadBalance\":true,\"easyDays\":[1,1,1,1,1,1,0]");

        for (int i = 0; i < CARDS; i++) {
            JsonNode answer = ok(post(learner, REVIEWS, "{\"item\":\"card-" + i + "\",\"grade\":4}"));
            assertThat(Instant.parse(answer.get("dueAt").textValue())
                            .atZone(ZoneOffset.UTC)
                            .getDayOfWeek())
                    .isNotEqualTo(DayOfWeek.SUNDAY);
        }
    }

    @Test
    void historyThatIsImportedIsNotMoved() {
        String learner = newLearner("days");
        clock.moveTo(java.time.Duration.ofDays(-30));
        choose(learner, ",\"loadBalance\":true");
        clock.moveTo(java.time.Duration.ZERO);
        String at = Instant.now().minusSeconds(10 * 86_400).toString();
        for (int i = 0; i < 8; i++) {
            answer(learner, "old-" + i, 4, at);
        }

        assertThat(number(
                        "SELECT count(DISTINCT due_us) FROM card JOIN learner ON learner_id = id WHERE sub = ?",
                        learner))
                .isEqualTo(1);
        assertStateFollowsFromTheLog();
    }
}
