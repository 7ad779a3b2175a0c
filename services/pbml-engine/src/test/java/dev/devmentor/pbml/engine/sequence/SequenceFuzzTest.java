package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is learned and asked in whatever order: no failure but a refusal, and answers that make sense. */
class SequenceFuzzTest {

    private static final int INPUTS = Boolean.getBoolean("devmentor.long") ? 10_000_000 : 100_000;
    private static final int INPUTS_OF_AN_ENGINE = 5_000;

    @Test
    void nothingBreaksIt() {
        SplittableRandom random = new SplittableRandom(41);
        int inputs = 0;
        while (inputs < INPUTS) {
            inputs += fuzz(random.split());
        }
    }

    private static int fuzz(SplittableRandom random) {
        int symbols = random.nextInt(2, random.nextBoolean() ? 6 : 400);
        int length = random.nextInt(32, 70);
        SequenceLimits limits = new SequenceLimits(
                random.nextInt(64, 4_000),
                random.nextInt(1, 80),
                random.nextInt(length, 700),
                length,
                random.nextInt(1, 6),
                symbols);
        SequenceQuestion question =
                new SequenceQuestion(random.nextInt(1, 5), random.nextInt(1, 9), random.nextBoolean());
        SequenceMixture mixture = new SequenceMixture(question, limits);
        int inputs = 0;
        while (inputs < INPUTS_OF_AN_ENGINE) {
            int size = random.nextInt(random.nextInt(20) == 0 ? 100 : 12);
            // one in fifty is out of bounds
            int[] sequence =
                    random.ints(size, random.nextInt(50) == 0 ? -1 : 0, symbols).toArray();
            inputs += size + 1;
            try {
                switch (random.nextInt(6)) {
                    case 0, 1 -> mixture.learn(random.nextInt(30), sequence);
                    case 2 -> {
                        for (int symbol : sequence) {
                            mixture.observe(random.nextInt(10), symbol);
                        }
                    }
                    case 3 -> mixture.close(random.nextInt(10));
                    case 4 -> check(mixture.predict(sequence, random.nextInt(1, 9)), question, symbols);
                    default -> check(mixture.predict(random.nextInt(10), 100), question, symbols);
                }
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).matches("symbol -1 is not within .*|sequence \\d+ runs; .*");
            }
            if (random.nextInt(400) == 0) {
                byte[] snapshot = mixture.snapshot();
                mixture = SequenceMixture.restore(snapshot);
                assertThat(mixture.snapshot()).isEqualTo(snapshot);
            }
        }
        return inputs;
    }

    private static void check(List<Prediction> predictions, SequenceQuestion question, int symbols) {
        double sum = 0;
        double last = 1;
        for (Prediction prediction : predictions) {
            if (!(prediction.probability() >= 0 && prediction.probability() <= last)
                    || prediction.symbol() <= Alphabet.OTHER
                    || prediction.symbol() >= symbols
                    || prediction.evidence().size() > 5) {
                throw new AssertionError(prediction.toString());
            }
            last = prediction.probability();
            sum += prediction.probability();
        }
        assertThat(sum).isLessThanOrEqualTo(question.horizon() + 1e-9);
    }
}
