package dev.devmentor.learning.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PathsIT extends LearningIT {
    private static final String PATHS = "/api/learning/paths";

    private JsonNode create(String learner, String body) {
        return ok(post(learner, PATHS, body));
    }

    private static List<String> skills(JsonNode path) {
        return texts(path.get("steps"), "skill");
    }

    @Test
    void withoutHoursAPathCountsOnTheMinutesOfTheSettings() {
        String learner = newLearner("path");
        ok(as(learner).body("{\"minutesPerDay\":30}").put("/api/learning/settings"));

        assertThat(create(learner, "{\"goal\":\"kafka.offsets\"}")
                        .get("hoursPerWeek")
                        .doubleValue())
                .isEqualTo(3.5);
    }

    @Test
    void aGoalBecomesStepsInTheOrderOfTheirPrerequisitesWithDates() {
        String learner = newLearner("path");

        JsonNode path = create(learner, "{\"goal\":\"be a backend engineer\",\"hoursPerWeek\":10}");

        assertThat(path.get("title").textValue()).isEqualTo("Backend engineer");
        assertThat(path.get("goal").textValue()).isEqualTo("backend-engineer");
        List<String> skills = skills(path);
        assertThat(skills.indexOf("sql.filtering")).isBetween(0, skills.indexOf("sql.joins"));
        assertThat(skills.indexOf("databases.transactions")).isLessThan(skills.indexOf("databases.isolation"));
        assertThat(skills.indexOf("kafka.topics")).isLessThan(skills.indexOf("kafka.offsets"));
        String last = "";
        for (JsonNode step : path.get("steps")) {
            assertThat(step.get("from").textValue()).isGreaterThanOrEqualTo(last);
            last = step.get("from").textValue();
            assertThat(step.get("reason").textValue()).isNotBlank();
            assertThat(step.get("hours").doubleValue()).isPositive();
        }
        assertThat(path.get("end").textValue()).isGreaterThanOrEqualTo(last);
    }

    @Test
    void anAdvertisementBecomesStepsWithTheLinesThatAskForThem() {
        String learner = newLearner("path");

        JsonNode path = create(
                learner,
                "{\"goal\":\"We look for somebody with expert knowledge of window functions.\\nNice to have: git bisect\"}");

        JsonNode windows = step(path, "sql.windows");
        assertThat(windows.get("level").textValue()).isEqualTo("strong");
        assertThat(windows.get("lines").get(0).get("term").textValue()).isEqualTo("window functions");
        assertThat(step(path, "git.history").get("level").textValue()).isEqualTo("basic");
        assertThat(step(path, "sql.filtering").get("reason").textValue()).isEqualTo("comes before Window functions");
    }

    private static JsonNode step(JsonNode path, String skill) {
        for (JsonNode step : path.get("steps")) {
            if (step.get("skill").textValue().equals(skill)) {
                return step;
            }
        }
        throw new AssertionError("no step " + skill);
    }

    @Test
    void answersTakeStepsAwayAndTheOthersKeepTheirPlaces() {
        String learner = newLearner("path");
        JsonNode path = create(learner, "{\"goal\":\"kafka.transactions\"}");
        List<String> before = skills(path);
        assertThat(before).startsWith("kafka.topics", "kafka.partitions");
        for (int i = 0; i < 8; i++) {
            answer(
                    learner,
                    "mine-" + i,
                    4,
                    Instant.now()
                            .minus(20 - i, ChronoUnit.MINUTES)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString(),
                    "kafka.topics");
        }

        JsonNode after = get(learner, PATHS + "/" + path.get("id").textValue());

        List<String> left = new ArrayList<>(before);
        left.remove("kafka.topics");
        assertThat(skills(after)).isEqualTo(left);
        assertThat(after.get("met").get(0).get("skill").textValue()).isEqualTo("kafka.topics");
        assertThat(after.get("met").get(0).get("why").textValue()).isEqualTo("shown");
        assertThat(after.get("hours").doubleValue())
                .isLessThan(path.get("hours").doubleValue());
        assertThat(get(learner, PATHS + "/" + path.get("id").textValue()).get("plannedAt"))
                .as("planned anew without news, it is the same")
                .isEqualTo(after.get("plannedAt"));
    }

    @Test
    void theListHasTheReadyMadeGoalsAndOnesOwnPaths() {
        String learner = newLearner("path");
        assertThat(get(learner, PATHS).get("paths")).isEmpty();

        create(learner, "{\"goal\":\"data-engineer\",\"until\":\"2199-01-01\"}");
        JsonNode list = get(learner, PATHS);

        assertThat(texts(list.get("goals"), "id"))
                .hasSizeGreaterThanOrEqualTo(10)
                .contains("platform-engineer");
        assertThat(texts(list.get("paths"), "goal")).containsExactly("data-engineer");
        assertThat(list.get("paths").get(0).get("inTime").booleanValue()).isTrue();
        assertThat(list.get("paths").get(0).get("stepsLeft").intValue()).isGreaterThan(10);
    }

    @Test
    void theSameRequestAgainGivesTheSamePath() {
        String learner = newLearner("path");

        JsonNode one = create(learner, "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":4}");
        JsonNode again = create(learner, "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":4}");

        assertThat(again.get("id")).isEqualTo(one.get("id"));
        assertThat(get(learner, PATHS).get("paths")).hasSize(1);
    }

    @Test
    void aPathCanBeGivenUp() {
        String learner = newLearner("path");
        String id = create(learner, "{\"goal\":\"kafka.offsets\"}").get("id").textValue();

        assertThat(as(learner).delete(PATHS + "/" + id).statusCode()).isEqualTo(204);
        problem(as(learner).delete(PATHS + "/" + id), 404, "not-found");
        problem(as(learner).get(PATHS + "/" + id), 404, "not-found");
        problem(as(learner).get(PATHS + "/no-id"), 404, "not-found");
    }

    @Test
    void moreThanTwentyPathsAreRefused() {
        String learner = newLearner("path");
        for (int i = 1; i <= 20; i++) {
            create(learner, "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":" + i + "}");
        }
        problem(post(learner, PATHS, "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":21}"), 400, "invalid-request");
        create(learner, "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":20}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"goal\":\" \"}",
                "{\"goal\":\"pastry cook\"}",
                "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":0}",
                "{\"goal\":\"kafka.offsets\",\"hoursPerWeek\":100}",
                "{\"goal\":\"kafka.offsets\",\"until\":\"tomorrow\"}",
                "{\"goal\":\"kafka.offsets\",\"until\":\"2020-01-01\"}",
                "{\"goal\":\"kafka.offsets\",\"until\":\"+999999999-01-01\"}",
                "{\"goal\":\"kafka.offsets\",\"more\":1}"
            })
    void refusesWhatIsNotAsDocumented(String body) {
        problem(post(newLearner("path-refused"), PATHS, body), 400, "invalid-request");
    }

    @Test
    void aGoalOfMoreThanTwentyThousandCharactersIsRefused() {
        problem(post("path-refused", PATHS, "{\"goal\":\"" + "kafka ".repeat(4_000) + "\"}"), 400, "invalid-request");
    }
}
