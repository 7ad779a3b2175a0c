package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Grade;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trainer's arithmetic beside the reference values of fsrs-rs: see NOTICE. */
class Fsrs6LossTest {

    private static JsonNode vectors;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = Fsrs6LossTest.class.getResourceAsStream("/fsrs/fsrs-vectors.json")) {
            vectors = new ObjectMapper().readTree(file);
        }
    }

    @Test
    void lossAndGradientOfFsrsRs() {
        JsonNode vector = upstream("fsrs6.loss_and_gradient");
        double[] gradient = new double[21];
        double loss = lossAndGradient(Fsrs6Weights.DEFAULT.toArray(), gradient);
        assertThat(loss).isEqualTo(vector.get("loss_sum").asDouble(), within(1e-5));
        isRelatively(
                gradient, numbers(vector.get("grad21")), vector.get("tol_rel").asDouble(), 1e-5);
    }

    @Test
    void gradientByFiniteDifferencesInDoublePrecision() {
        JsonNode vector = upstream("fsrs6.gradient_f64_finite_difference");
        double[] gradient = new double[21];
        double loss = lossAndGradient(Fsrs6Weights.DEFAULT.toArray(), gradient);
        double[] expected = numbers(vector.get("grad21"));
        assertThat(loss).isEqualTo(vector.get("loss").asDouble(), within(1e-12));
        for (int i = 0; i < 21; i++) {
            assertThat(gradient[i]).as("w%d", i).isEqualTo(expected[i], within(1e-6));
        }
    }

    /** Two steps of Adam at a fixed rate with the penalty as fsrs-rs tests them; its clamps there were those of FSRS-6's start. */
    @Test
    void twoStepsOfAdamWithPenaltyAndClamps() {
        JsonNode vector = upstream("fsrs6.loss_and_gradient");
        double[] initial = Fsrs6Weights.DEFAULT.toArray();
        double[] low = Fsrs6Trainer.LOW.clone();
        Training training = new Training(
                1, 512, 0.04, 0.9, 0.999, 2, numbers(vector.get("params_stddev")), low, Fsrs6Trainer.HIGH, 1, false);
        assertThat(Fsrs6Trainer.SPREAD).containsExactly(numbers(vector.get("params_stddev")));
        Adam adam = new Adam(21, 0.9, 0.999);
        double[] w = initial.clone();
        double[] gradient = new double[21];
        lossAndGradient(w, gradient);
        adam.step(w, gradient, 0.04);
        training.clamp(w);
        isRelatively(w, numbers(vector.get("adam_lr0.04_step1_then_clip")), 1e-5, 1e-6);

        assertThat(training.penalty(w, initial, 512 / 1000.0))
                .isEqualTo(
                        vector.get("l2_after_step1(batch512,total1000,gamma2)").asDouble(), within(1e-5));
        double[] penalty = new double[21];
        training.addPenalty(w, initial, 512 / 1000.0, penalty);
        isRelatively(penalty, numbers(vector.get("l2_grad")), 0.002, 1e-6);

        double[] second = new double[21];
        double loss = lossAndGradient(w, second);
        assertThat(loss).isEqualTo(vector.get("loss2_sum").asDouble(), within(1e-5));
        isRelatively(second, numbers(vector.get("grad2")), 0.002, 1e-5);
        adam.step(w, second, 0.04);
        training.clamp(w);
        isRelatively(w, numbers(vector.get("adam_step2_then_clip")), 1e-4, 1e-5);
    }

    @Test
    void lossOfAnInitialStability() {
        JsonNode vector = upstream("fsrs6.s0_loss");
        double[] weights = Fsrs6Weights.DEFAULT.toArray();
        weights[20] = 0.1542f; // there it is a float made wider
        Fsrs6 curve = new Fsrs6(Fsrs6Weights.of(weights));
        for (JsonNode each : vector.get("cases")) {
            double loss = InitialStability.loss(
                    curve,
                    numbers(vector.get("delta_t")),
                    numbers(vector.get("recall")),
                    numbers(vector.get("count")),
                    each.get(0).asDouble(),
                    vector.get("default_s0").asDouble());
            assertThat(loss)
                    .isEqualTo(each.get(1).asDouble(), within(vector.get("tol").asDouble()));
        }
    }

    /** The value that fsrs-rs tests in parameter_initialization.rs, test_search_parameters. */
    @Test
    void searchFindsTheInitialStabilityOfFsrsRs() {
        JsonNode vector = upstream("fsrs6.s0_loss");
        double[] count = numbers(vector.get("count"));
        double[] recall = numbers(vector.get("recall"));
        for (int i = 0; i < count.length; i++) {
            recall[i] = (recall[i] * count[i] + 0.94302857) / (count[i] + 1);
        }
        assertThat(InitialStability.search(numbers(vector.get("delta_t")), recall, count, 0.212))
                .isEqualTo(0.7355089, within(1e-5));
    }

    /** The values that fsrs-rs tests in parameter_initialization.rs, test_smooth_and_fill. */
    @Test
    void missingInitialStabilitiesAreFilledIn() {
        double[] withoutHard =
                InitialStability.risingAndFilled(new double[] {0.4, 0, 2.3, 10.9}, new int[] {1, 0, 1, 1});
        isRelatively(withoutHard, new double[] {0.4, 1.1227008, 2.3, 10.9}, 1e-6, 0);
        double[] hardOnly = InitialStability.risingAndFilled(new double[] {0, 0.35, 0, 0}, new int[] {0, 1, 0, 0});
        isRelatively(hardOnly, new double[] {0.05738148, 0.35, 0.6242943, 2.2453482}, 1e-5, 0);
    }

    @Test
    void everyPatternOfMissingGradesGivesFourStabilities() {
        for (int known = 1; known < 16; known++) {
            double[] days = new double[4];
            int[] count = new int[4];
            for (int i = 0; i < 4; i++) {
                count[i] = known >> i & 1;
                days[i] = count[i] == 0 ? 0 : Fsrs6Weights.DEFAULT.get(i);
            }
            double previous = 0;
            for (double each : InitialStability.risingAndFilled(days, count)) {
                assertThat(each).as("grades %s", Integer.toBinaryString(known)).isBetween(previous, 100.0);
                previous = each;
            }
        }
    }

    @Test
    void agreesWithTheScheduler() {
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 200; n++) {
            double[] w = RandomHistories.weights(
                    random, Fsrs6Weights.DEFAULT.toArray(), Fsrs6Trainer.LOW, Fsrs6Trainer.HIGH);
            Sequences sequences = RandomHistories.sequence(random, 2 + random.nextInt(30), false);
            Fsrs6 model = new Fsrs6(Fsrs6Weights.of(w));
            Fsrs6Memory memory = null;
            double expected = 0;
            for (int i = 0; i < sequences.grade().length; i++) {
                int grade = sequences.grade()[i];
                int days = (int) sequences.elapsed()[i];
                if (memory != null && sequences.weight()[i] > 0) {
                    double r = model.retrievability(memory.stability(), days);
                    expected -= sequences.weight()[i] * DeterministicMath.log(grade > 1 ? r : 1 - r);
                }
                memory = model.next(memory, Grade.of(grade), days);
            }
            Fsrs6Loss loss = new Fsrs6Loss(40);
            loss.use(w);
            assertThat(loss.loss(sequences, 0)).isEqualTo(expected, within(1e-10 * (1 + expected)));
        }
    }

    @Test
    void gradientIsThatOfCentralDifferencesForRandomWeightsAndHistories() {
        RandomHistories.checkGradient(
                new Fsrs6Loss(40), Fsrs6Weights.DEFAULT.toArray(), Fsrs6Trainer.LOW, Fsrs6Trainer.HIGH, false, 300);
    }

    private static double lossAndGradient(double[] w, double[] gradient) {
        JsonNode vector = upstream("fsrs6.loss_and_gradient");
        JsonNode times = vector.get("t_history[step][card]");
        JsonNode grades = vector.get("r_history[step][card]");
        int steps = times.size();
        double sum = 0;
        for (int card = 0; card < 4; card++) {
            byte[] grade = new byte[steps + 1];
            double[] elapsed = new double[steps + 1];
            double[] weight = new double[steps + 1];
            for (int i = 0; i < steps; i++) {
                grade[i] = (byte) grades.get(i).get(card).asInt();
                elapsed[i] = times.get(i).get(card).asDouble();
            }
            grade[steps] = (byte) (vector.get("label").get(card).asInt() == 1 ? 3 : 1);
            elapsed[steps] = vector.get("delta_t").get(card).asDouble();
            weight[steps] = 1;
            Fsrs6Loss loss = new Fsrs6Loss(steps + 1);
            loss.use(w);
            sum += loss.addGradient(
                    new Sequences(new int[] {0, steps + 1}, grade, elapsed, weight, new int[] {1}), 0, gradient);
        }
        return sum;
    }

    private static void isRelatively(double[] actual, double[] expected, double relative, double absolute) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("w%d", i)
                    .isEqualTo(expected[i], within(relative * Math.abs(expected[i]) + absolute));
        }
    }

    private static JsonNode upstream(String id) {
        return StreamSupport.stream(vectors.get("upstream").spliterator(), false)
                .filter(entry -> entry.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
