package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** On sequences of a known kind, what is said to happen in so many of a hundred cases does. */
class SequenceCalibrationTest {
    private static final int SYMBOLS = 25;
    private static final int BINS = 10;

    private final SplittableRandom random = new SplittableRandom(21);
    private final double[][] chain = new double[SYMBOLS + 1][SYMBOLS + 1];

    /** After some symbols one comes nearly always, after others anything. */
    private int[] sequence(int length) {
        int[] symbols = new int[length];
        symbols[0] = random.nextInt(1, SYMBOLS + 1);
        for (int i = 1; i < length; i++) {
            double left = random.nextDouble();
            int next = 1;
            while (next < SYMBOLS && (left -= chain[symbols[i - 1]][next]) > 0) {
                next++;
            }
            symbols[i] = next;
        }
        return symbols;
    }

    private void makeChain() {
        for (int from = 1; from <= SYMBOLS; from++) {
            double sharpness = 1 + 4.0 * from / SYMBOLS;
            double sum = 0;
            for (int to = 1; to <= SYMBOLS; to++) {
                chain[from][to] = Math.pow(random.nextDouble(), 2 * sharpness);
                sum += chain[from][to];
            }
            for (int to = 1; to <= SYMBOLS; to++) {
                chain[from][to] /= sum;
            }
        }
    }

    private double error(SequenceQuestion question) {
        makeChain();
        SequenceMixture mixture = new SequenceMixture(question);
        double[] said = new double[BINS];
        double[] happened = new double[BINS];
        int cases = 4_000;
        for (int i = 0; i < 1_500 + cases; i++) {
            int[] symbols = sequence(8);
            if (i >= 1_500) {
                int end = symbols.length - question.horizon();
                for (Prediction prediction : mixture.predict(java.util.Arrays.copyOf(symbols, end), 1)) {
                    int bin = Math.min(BINS - 1, (int) (prediction.probability() * BINS));
                    said[bin] += prediction.probability();
                    for (int j = end; j < symbols.length; j++) {
                        if (symbols[j] == prediction.symbol()) {
                            happened[bin]++;
                            break;
                        }
                    }
                }
            }
            mixture.learn(i, symbols);
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(said[bin] - happened[bin]);
        }
        return error / cases;
    }

    @Test
    void whatComesNext() {
        assertThat(error(SequenceQuestion.NEXT)).isLessThan(0.03);
    }

    @Test
    void howASequenceEnds() {
        assertThat(error(new SequenceQuestion(1, 5, true))).isLessThan(0.03);
    }

    @Test
    void oneOfTheNextThree() {
        assertThat(error(new SequenceQuestion(3, 5, false))).isLessThan(0.05);
    }
}
