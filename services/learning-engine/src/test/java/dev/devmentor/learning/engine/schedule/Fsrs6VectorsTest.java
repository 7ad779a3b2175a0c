package dev.devmentor.learning.engine.schedule;

import static dev.devmentor.learning.engine.schedule.FsrsVectors.generated;
import static dev.devmentor.learning.engine.schedule.FsrsVectors.integers;
import static dev.devmentor.learning.engine.schedule.FsrsVectors.numbers;
import static dev.devmentor.learning.engine.schedule.FsrsVectors.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class Fsrs6VectorsTest {

    /** See {@link FsrsVectorsTest}. */
    static final Set<String> TESTED = Set.of(
            "fsrs6.default_weights",
            "fsrs6.curve",
            "fsrs6.curve_f64",
            "fsrs6.curve_decay0.2",
            "fsrs6.memory_state_short_term",
            "fsrs6.memory_state_long_term(enable_short_term=false)",
            "fsrs6.interval_history",
            "fsrs6.first_repeat",
            "fsrs6.next_difficulty_from_5",
            "fsrs6.next_stability",
            "fsrs6.next_interval_S1",
            "fsrs5w.next_states",
            "fsrs5w.memory_state",
            "fsrs45_to_6_conversion",
            "fsrs6.memory_state_from_sm2");

    @Test
    void defaultWeights() {
        assertThat(Fsrs6Weights.DEFAULT.toArray())
                .containsExactly(numbers(upstream("fsrs6.default_weights").get("value")));
    }

    @Test
    void forgettingCurve() {
        curve("fsrs6.curve", Fsrs6.DEFAULT);
        curve("fsrs6.curve_f64", with(20, 0.1542f)); // there the weight is a float made wider
        curve("fsrs6.curve_decay0.2", with(20, 0.2));
    }

    @Test
    void memoryWithAnswersOnTheSameDay() {
        finalMemory("fsrs6.memory_state_short_term", Fsrs6.DEFAULT);
    }

    @Test
    void memoryWhereAnswersOnTheSameDayTeachNothing() {
        double[] weights = Fsrs6Weights.DEFAULT.toArray();
        Arrays.fill(weights, 17, 20, 0);
        finalMemory("fsrs6.memory_state_long_term(enable_short_term=false)", new Fsrs6(Fsrs6Weights.of(weights)));
    }

    /** Intervals of 0 days are learning steps of minutes there; the memory behind them is the same. */
    @Test
    void intervalsOfAHistoryThatIsAnsweredWhenDue() {
        JsonNode vector = upstream("fsrs6.interval_history");
        int[] grades = integers(vector.get("ratings"));
        int[] expected = integers(vector.get("interval_days"));
        double perStability = Fsrs6.DEFAULT.intervalPerStability(0.9);
        Fsrs6Memory memory = null;
        List<Integer> intervals = new ArrayList<>();
        for (int i = 0; i < grades.length; i++) {
            memory = Fsrs6.DEFAULT.next(memory, Grade.of(grades[i]), i == 0 ? 0 : expected[i - 1]);
            intervals.add(expected[i] == 0 ? 0 : Fsrs6.wholeDays(memory.stability(), perStability, 36_500));
        }
        assertThat(intervals).containsExactly(Arrays.stream(expected).boxed().toArray(Integer[]::new));
    }

    @Test
    void firstAnswer() {
        JsonNode vector = upstream("fsrs6.first_repeat");
        double tolerance = vector.get("tol").asDouble();
        for (Grade grade : Grade.values()) {
            Fsrs6Memory memory = Fsrs6.DEFAULT.next(null, grade, 0);
            int i = grade.value() - 1;
            assertThat(memory.stability()).isEqualTo(numbers(vector.get("stability"))[i], within(tolerance));
            assertThat(memory.difficulty()).isEqualTo(numbers(vector.get("difficulty"))[i], within(tolerance));
        }
        // Easy is the one grade without learning steps there
        assertThat(Fsrs6.wholeDays(Fsrs6.DEFAULT.firstStability(4), Fsrs6.DEFAULT.intervalPerStability(0.9), 36_500))
                .isEqualTo(8);
    }

    @Test
    void nextDifficulty() {
        JsonNode vector = upstream("fsrs6.next_difficulty_from_5");
        double tolerance = vector.get("tol").asDouble();
        double[] expected = numbers(vector.get("next"));
        for (int grade = 1; grade <= 4; grade++) {
            assertThat(Fsrs6.DEFAULT.nextDifficulty(vector.get("D").asDouble(), grade))
                    .isEqualTo(expected[grade - 1], within(tolerance));
        }
    }

    @Test
    void nextStability() {
        JsonNode vector = upstream("fsrs6.next_stability");
        double tolerance = vector.get("tol").asDouble();
        for (int i = 0; i < 4; i++) {
            double s = numbers(vector.get("S"))[i];
            double d = numbers(vector.get("D"))[i];
            double r = numbers(vector.get("R"))[i];
            int grade = integers(vector.get("ratings"))[i];
            assertThat(Fsrs6.DEFAULT.stabilityAfterRecall(s, d, r, grade))
                    .isEqualTo(numbers(vector.get("recall_formula"))[i], within(tolerance));
            assertThat(Fsrs6.DEFAULT.stabilityAfterLapseUnlimited(s, d, r))
                    .isEqualTo(numbers(vector.get("forget_formula_without_min"))[i], within(tolerance));
            assertThat(Fsrs6.DEFAULT.stabilitySameDay(s, grade))
                    .isEqualTo(numbers(vector.get("short_term"))[i], within(tolerance));
        }
    }

    @Test
    void nextInterval() {
        JsonNode vector = upstream("fsrs6.next_interval_S1");
        double[] retentions = numbers(vector.get("retention"));
        int[] expected = integers(vector.get("interval_round_max1"));
        for (int i = 0; i < retentions.length; i++) {
            double perStability = Fsrs6.DEFAULT.intervalPerStability(retentions[i]);
            assertThat(Fsrs6.wholeDays(1, perStability, Integer.MAX_VALUE)).isEqualTo(expected[i]);
            assertThat(Fsrs6.DEFAULT.nextInterval(1, retentions[i])).isEqualTo(perStability);
        }
    }

    @Test
    void statesUnderWeightsOfFsrs5() {
        JsonNode vector = upstream("fsrs5w.next_states");
        double tolerance = vector.get("tol_rel").asDouble();
        Fsrs6 model = new Fsrs6(Fsrs6Weights.of(numbers(vector.get("weights19"))));
        Fsrs6Memory memory = memoryAfter(model, pairs(vector.get("history")));
        for (Grade grade : Grade.values()) {
            Fsrs6Memory next =
                    model.next(memory, grade, vector.get("then_delta").asInt());
            isCloseTo(next, numbers(vector.get(grade.name().toLowerCase(java.util.Locale.ROOT))), tolerance);
        }
        JsonNode state = upstream("fsrs5w.memory_state");
        isCloseTo(
                memoryAfter(model, pairs(state.get("history"))),
                numbers(state.get("final")),
                state.get("tol_rel").asDouble());
    }

    @Test
    void weightsOfFsrs45AreConverted() {
        JsonNode vector = upstream("fsrs45_to_6_conversion");
        double[] expected = numbers(vector.get("out21"));
        double[] actual = Fsrs6Weights.of(numbers(vector.get("in17"))).toArray();
        for (int i = 0; i < 21; i++) {
            assertThat(actual[i]).as("w%d", i).isEqualTo(expected[i], within(1e-6));
        }
    }

    @Test
    void memoryFromSm2() {
        JsonNode vector = upstream("fsrs6.memory_state_from_sm2");
        double tolerance = vector.get("tol").asDouble();
        for (JsonNode each : vector.get("cases")) {
            Fsrs6Memory memory = Fsrs6.DEFAULT.fromSm2(
                    each.get("ease").asDouble(),
                    each.get("interval").asDouble(),
                    each.get("retention").asDouble());
            assertThat(memory.stability()).isEqualTo(each.get("S").asDouble(), within(tolerance));
            assertThat(memory.difficulty()).isEqualTo(each.get("D").asDouble(), within(tolerance));
        }
    }

    @Test
    void twoHundredGeneratedHistoriesTo9Digits() {
        double intervalAt75 = Fsrs6.DEFAULT.intervalPerStability(0.75);
        int histories = 0;
        for (JsonNode each : generated("fsrs6")) {
            histories++;
            Fsrs6Memory memory = null;
            for (int i = 0; i < each.get("history").size(); i++) {
                JsonNode answer = each.get("history").get(i);
                JsonNode expected = each.get("states").get(i);
                memory = Fsrs6.DEFAULT.next(
                        memory,
                        Grade.of(answer.get("rating").asInt()),
                        answer.get("deltaT").asInt());
                isRelatively(memory.stability(), expected.get("stability").asDouble());
                isRelatively(memory.difficulty(), expected.get("difficulty").asDouble());
                isRelatively(
                        Fsrs6.DEFAULT.nextInterval(memory.stability(), 0.9),
                        expected.get("ivl90").asDouble());
                isRelatively(
                        memory.stability() * intervalAt75, expected.get("ivl75").asDouble());
            }
        }
        assertThat(histories).isEqualTo(200);
    }

    private static void isRelatively(double actual, double expected) {
        assertThat(actual).isEqualTo(expected, within(1e-9 * Math.abs(expected)));
    }

    private static void curve(String id, Fsrs6 model) {
        JsonNode vector = upstream(id);
        double[] expected = numbers(vector.get("R"));
        for (int i = 0; i < expected.length; i++) {
            assertThat(model.retrievability(numbers(vector.get("S"))[i], numbers(vector.get("t"))[i]))
                    .isEqualTo(expected[i], within(vector.get("tol").asDouble()));
        }
    }

    private static void finalMemory(String id, Fsrs6 model) {
        JsonNode vector = upstream(id);
        int[] grades = integers(vector.get("ratings"));
        int[] days = integers(vector.get("delta_days"));
        int[][] history = new int[grades.length][];
        for (int i = 0; i < grades.length; i++) {
            history[i] = new int[] {grades[i], days[i]};
        }
        Fsrs6Memory memory = memoryAfter(model, history);
        double tolerance = vector.get("tol").asDouble();
        assertThat(memory.stability())
                .isEqualTo(vector.get("final").get("stability").asDouble(), within(tolerance));
        assertThat(memory.difficulty())
                .isEqualTo(vector.get("final").get("difficulty").asDouble(), within(tolerance));
    }

    private static Fsrs6Memory memoryAfter(Fsrs6 model, int[][] gradesAndDays) {
        Fsrs6Memory memory = model.next(null, Grade.of(gradesAndDays[0][0]), 0);
        for (int i = 1; i < gradesAndDays.length; i++) {
            memory = model.next(memory, Grade.of(gradesAndDays[i][0]), gradesAndDays[i][1]);
        }
        return memory;
    }

    private static void isCloseTo(Fsrs6Memory memory, double[] expected, double relative) {
        assertThat(memory.stability()).isEqualTo(expected[0], within(relative * expected[0]));
        assertThat(memory.difficulty()).isEqualTo(expected[1], within(relative * expected[1]));
    }

    private static Fsrs6 with(int index, double weight) {
        double[] weights = Fsrs6Weights.DEFAULT.toArray();
        weights[index] = weight;
        return new Fsrs6(Fsrs6Weights.of(weights));
    }

    private static int[][] pairs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(FsrsVectors::integers)
                .toArray(int[][]::new);
    }
}
