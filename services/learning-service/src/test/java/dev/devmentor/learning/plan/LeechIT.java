package dev.devmentor.learning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LeechIT extends LearningIT {
    private static final String LEECHES = "/api/learning/leeches";

    /** Known and forgotten again so many times, every other day. */
    private void forget(String learner, String item, int lapses, String... skills) {
        LocalDate day = LocalDate.parse("2026-01-01");
        for (int i = 0; i < lapses; i++) {
            answer(learner, item, 3, day + "T10:00:00Z", skills);
            answer(learner, item, 1, day.plusDays(2) + "T10:00:00Z", skills);
            day = day.plusDays(3);
        }
    }

    @Test
    void cardsThatAreForgottenAgainAndAgainAreListedWithWhatMayHelp() {
        String learner = newLearner("leech");
        forget(learner, "often", 4, "sql.joins");
        forget(learner, "more often", 6, "sql.joins");
        forget(learner, "seldom", 3);

        JsonNode page = get(learner, LEECHES + "?threshold=4");

        assertThat(page.get("total").intValue()).isEqualTo(2);
        assertThat(texts(page.get("leeches"), "item")).containsExactly("more often", "often");
        JsonNode worst = page.get("leeches").get(0);
        assertThat(worst.get("lapses").intValue()).isEqualTo(6);
        assertThat(worst.get("answers").intValue()).isEqualTo(12);
        assertThat(worst.get("reports").intValue()).as("at 4 and at 6").isEqualTo(2);
        assertThat(worst.get("predictedRecall").doubleValue()).isBetween(0.0, 1.0);
        assertThat(texts(worst.get("advice"), "remedy")).contains("split-or-rewrite");
        assertThat(get(learner, LEECHES).get("total").intValue()).as("8 lapses").isZero();
    }

    @Test
    void aSuspendedLeechIsStillOne() {
        String learner = newLearner("leech");
        forget(learner, "a", 2);
        ok(post(learner, "/api/learning/cards/a/actions", "{\"action\":\"suspend\"}"));

        JsonNode page = get(learner, LEECHES + "?threshold=2");

        assertThat(page.get("leeches").get(0).get("suspended").booleanValue()).isTrue();
    }

    @Test
    void longListsComeInPages() {
        String learner = newLearner("leech");
        for (String item : new String[] {"a", "b", "c"}) {
            forget(learner, item, 2);
        }

        JsonNode first = get(learner, LEECHES + "?threshold=2&limit=2");
        JsonNode second = get(
                learner,
                LEECHES + "?threshold=2&limit=2&cursor={c}",
                first.get("next").textValue());

        assertThat(texts(first.get("leeches"), "item")).containsExactly("a", "b");
        assertThat(texts(second.get("leeches"), "item")).containsExactly("c");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void somebodyWithoutCardsHasNone() {
        assertThat(get(newLearner("leech"), LEECHES).get("leeches")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?threshold=0", "?threshold=100", "?limit=0", "?limit=101", "?cursor=*", "?cursor=YQ"})
    void refusesWhatIsOutOfRange(String query) {
        problem(as(newLearner("leech")).get(LEECHES + query), 400, "invalid-request");
    }
}
