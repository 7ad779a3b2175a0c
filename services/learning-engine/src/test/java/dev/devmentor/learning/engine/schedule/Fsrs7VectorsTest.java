package dev.devmentor.learning.engine.schedule;

import static dev.devmentor.learning.engine.schedule.FsrsVectors.generated;
import static dev.devmentor.learning.engine.schedule.FsrsVectors.numbers;
import static dev.devmentor.learning.engine.schedule.FsrsVectors.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Fsrs7VectorsTest {

    /** See {@link FsrsVectorsTest}. */
    static final Set<String> TESTED = Set.of(
            "fsrs7.default_weights",
            "fsrs7.history0",
            "fsrs7.history1",
            "fsrs7.history2",
            "fsrs7.case0",
            "fsrs7.case1",
            "fsrs7.case2",
            "fsrs7.case3",
            "fsrs7.case4",
            "fsrs7.case5");

    /** Upstream stops after seven Newton steps, here 0.3 % from the solution: recall at the end of its interval is 0.9899987. */
    private static final String NOT_SOLVED_UPSTREAM = "fsrs7.case5 AGAIN 0.99";

    private static final Fsrs7 MODEL = Fsrs7.DEFAULT;

    @Test
    void defaultWeights() {
        assertThat(Fsrs7Weights.DEFAULT.toArray())
                .containsExactly(numbers(upstream("fsrs7.default_weights").get("value")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsrs7.history0", "fsrs7.history1", "fsrs7.history2"})
    void everyMemoryOfAHistory(String id) {
        JsonNode vector = upstream(id);
        double tolerance = vector.get("tol_rel").asDouble();
        Fsrs7Memory memory = null;
        for (int i = 0; i < vector.get("history").size(); i++) {
            memory = answer(memory, vector.get("history").get(i));
            isCloseTo(memory, vector.get("states").get(i), tolerance);
        }
    }

    /** Recall, the memory after each grade, and five intervals of each of these, as single precision has them. */
    @ParameterizedTest
    @ValueSource(strings = {"fsrs7.case0", "fsrs7.case1", "fsrs7.case2", "fsrs7.case3", "fsrs7.case4", "fsrs7.case5"})
    void everyGradeFromOneMemory(String id) {
        JsonNode vector = upstream(id);
        Fsrs7Memory before = vector.get("input").isNull() ? null : memory(vector.get("input"));
        double elapsedDays = vector.get("elapsedDays").asDouble();
        if (before != null) {
            // the entry names no tolerance; the test that it comes from compares to 5 decimals
            assertThat(MODEL.retrievability(before, elapsedDays))
                    .isEqualTo(vector.get("retrievability").asDouble(), within(5e-6));
        }
        for (Grade grade : Grade.values()) {
            JsonNode expected = vector.get("next_by_rating_1_4").get(grade.value() - 1);
            isCloseTo(
                    MODEL.next(before, grade, elapsedDays),
                    expected.get("state"),
                    vector.get("tol_rel_state").asDouble());
            Fsrs7Memory after = memory(expected.get("state"));
            for (Map.Entry<String, JsonNode> interval :
                    expected.get("intervals").properties()) {
                double retention = Double.parseDouble(interval.getKey());
                double days = interval.getValue().asDouble();
                String name = id + " " + grade + " " + interval.getKey();
                double tolerance = name.equals(NOT_SOLVED_UPSTREAM)
                        ? 4e-3
                        : vector.get("tol_rel_interval").asDouble();
                assertThat(MODEL.nextInterval(after, retention)).as(name).isEqualTo(days, within(tolerance * days));
            }
        }
    }

    @Test
    void twoHundredGeneratedHistoriesTo9Digits() {
        int histories = 0;
        for (JsonNode each : generated("fsrs7")) {
            histories++;
            Fsrs7Memory memory = null;
            for (int i = 0; i < each.get("history").size(); i++) {
                JsonNode answer = each.get("history").get(i);
                JsonNode expected = each.get("states").get(i);
                if (memory != null) {
                    isRelatively(
                            MODEL.retrievability(memory, answer.get("deltaT").asDouble()),
                            expected.get("retrievability_before").asDouble(),
                            1e-9);
                }
                memory = answer(memory, answer);
                isCloseTo(memory, expected, 1e-9);
                isInterval(memory, 0.9, expected.get("ivl90").asDouble());
                isInterval(memory, 0.75, expected.get("ivl75").asDouble());
            }
        }
        assertThat(histories).isEqualTo(200);
    }

    private static void isInterval(Fsrs7Memory memory, double retention, double expected) {
        double days = MODEL.nextInterval(memory, retention);
        assertThat(MODEL.retrievability(memory, days)).isEqualTo(retention, within(1e-12));
        isRelatively(days, expected, 1e-9);
    }

    private static Fsrs7Memory answer(Fsrs7Memory memory, JsonNode answer) {
        return MODEL.next(
                memory,
                Grade.of(answer.get("rating").asInt()),
                answer.get("deltaT").asDouble());
    }

    private static Fsrs7Memory memory(JsonNode state) {
        return new Fsrs7Memory(
                state.get("stability").asDouble(),
                state.get("stabilityFast").asDouble(),
                state.get("difficulty").asDouble());
    }

    private static void isCloseTo(Fsrs7Memory memory, JsonNode expected, double tolerance) {
        isRelatively(memory.stability(), expected.get("stability").asDouble(), tolerance);
        isRelatively(memory.fastStability(), expected.get("stabilityFast").asDouble(), tolerance);
        isRelatively(memory.difficulty(), expected.get("difficulty").asDouble(), tolerance);
    }

    private static void isRelatively(double actual, double expected, double tolerance) {
        assertThat(actual).isEqualTo(expected, within(tolerance * expected));
    }
}
