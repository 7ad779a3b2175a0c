package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Fsrs7LossTest {

    @Test
    void agreesWithTheScheduler() {
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 200; n++) {
            double[] w = RandomHistories.weights(
                    random, Fsrs7Weights.DEFAULT.toArray(), Fsrs7Trainer.LOW, Fsrs7Trainer.HIGH);
            Sequences sequences = RandomHistories.sequence(random, 2 + random.nextInt(30), true);
            Fsrs7 model = new Fsrs7(Fsrs7Weights.of(w));
            Fsrs7Memory memory = null;
            double expected = 0;
            for (int i = 0; i < sequences.grade().length; i++) {
                int grade = sequences.grade()[i];
                double elapsed = sequences.elapsed()[i];
                if (memory != null && sequences.weight()[i] > 0) {
                    double r = model.retrievability(memory, elapsed);
                    expected -= sequences.weight()[i] * DeterministicMath.log(grade > 1 ? r : 1 - r);
                }
                memory = model.next(memory, Grade.of(grade), elapsed);
            }
            Fsrs7Loss loss = new Fsrs7Loss(40);
            loss.use(w);
            assertThat(loss.loss(sequences, 0)).isEqualTo(expected, within(1e-10 * (1 + expected)));
        }
    }

    @Test
    void gradientIsThatOfCentralDifferencesForRandomWeightsAndHistories() {
        RandomHistories.checkGradient(
                new Fsrs7Loss(40), Fsrs7Weights.DEFAULT.toArray(), Fsrs7Trainer.LOW, Fsrs7Trainer.HIGH, true, 300);
    }

    @Test
    void aHardAnswerThatGrowsNothingStillHasADerivative() {
        double[] w = Fsrs7Weights.DEFAULT.toArray();
        w[13] = 0;
        w[21] = 0;
        Sequences sequences = new Sequences(
                new int[] {0, 3}, new byte[] {3, 2, 3}, new double[] {0, 4, 9}, new double[] {0, 1, 1}, new int[] {2});
        double[] atZero = new double[34];
        double[] near = new double[34];
        Fsrs7Loss loss = new Fsrs7Loss(3);
        loss.use(w);
        loss.addGradient(sequences, 0, atZero);
        w[13] = 1e-9;
        w[21] = 1e-9;
        loss.use(w);
        loss.addGradient(sequences, 0, near);
        assertThat(atZero[13]).isNotZero().isCloseTo(near[13], within(1e-6));
        assertThat(atZero[21]).isNotZero().isCloseTo(near[21], within(1e-6));
    }
}
