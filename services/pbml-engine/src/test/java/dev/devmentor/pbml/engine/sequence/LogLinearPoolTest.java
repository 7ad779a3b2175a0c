package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogLinearPoolTest {

    private static Candidates candidates(double[]... rows) {
        Candidates candidates = new Candidates(rows[0].length);
        candidates.clear();
        for (int i = 0; i < rows.length; i++) {
            candidates.nominate(i + 1, 1);
        }
        candidates.choose();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, candidates.row(i), 0, rows[i].length);
        }
        return candidates;
    }

    @Test
    void everyWitnessBeginsWithAThirdOfAVoice() {
        Candidates candidates = candidates(new double[] {1, 2}, new double[] {0, 0});
        new LogLinearPool(2).predict(candidates);
        double odds = Math.exp(0.3 * 3);
        assertThat(candidates.probability()[0]).isCloseTo(odds / (1 + odds), within(1e-14));
        assertThat(candidates.probability()[0] + candidates.probability()[1]).isCloseTo(1, within(1e-14));
    }

    @Test
    void aStepIsNewtons() {
        Candidates candidates = candidates(new double[] {1}, new double[] {0});
        LogLinearPool pool = new LogLinearPool(1);
        pool.predict(candidates);
        double p = candidates.probability()[0];
        pool.learn(candidates, new int[] {0}, 1);
        pool.predict(candidates);
        double weight = 0.3 + (1 - p) / (40 + p * (1 - p));
        assertThat(candidates.probability()[0]).isCloseTo(1 / (1 + Math.exp(-weight)), within(1e-14));
    }

    @Test
    void theWitnessThatIsRightGetsTheVoice() {
        SplittableRandom random = new SplittableRandom(1);
        LogLinearPool pool = new LogLinearPool(2);
        Candidates candidates = candidates(new double[2], new double[2], new double[2]);
        for (int i = 0; i < 2_000; i++) {
            int truth = random.nextInt(3);
            for (int c = 0; c < 3; c++) {
                candidates.row(c)[0] = c == truth && random.nextInt(10) < 8 ? 2 : 0;
                candidates.row(c)[1] = random.nextInt(3);
            }
            pool.predict(candidates);
            pool.learn(candidates, new int[] {truth}, 1);
        }
        double[][] rows = {{2, 0}, {0, 2}, {0, 0}};
        for (int c = 0; c < 3; c++) {
            System.arraycopy(rows[c], 0, candidates.row(c), 0, 2);
        }
        pool.predict(candidates);
        assertThat(candidates.probability()[0]).isGreaterThan(0.9);
        assertThat(candidates.probability()[1]).isCloseTo(candidates.probability()[2], within(0.03));
    }
}
