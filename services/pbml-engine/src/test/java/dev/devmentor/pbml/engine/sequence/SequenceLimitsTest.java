package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Memory stays within its bounds, whatever comes. */
class SequenceLimitsTest {

    private static final int SEQUENCES = Boolean.getBoolean("devmentor.long") ? 1_000_000 : 6_000;

    @Test
    void randomSequencesDoNotFillMemory() {
        SequenceLimits limits = new SequenceLimits(20_000, 500, 4_000, 64, 8, 5_000);
        SequenceMixture mixture = new SequenceMixture(new SequenceQuestion(1, 5, true), limits);
        SplittableRandom random = new SplittableRandom(31);
        int largest = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            mixture.learn(i, random.ints(random.nextInt(1, 9), 0, 5_000).toArray());
            assertThat(mixture.transitions()).isLessThanOrEqualTo(2 * 20_000);
            assertThat(mixture.sequences()).isLessThanOrEqualTo(500);
            if (i % 1_000 == 999) {
                largest = Math.max(largest, mixture.snapshot().length);
            }
        }
        assertThat(largest).isBetween(100_000, 600_000);
    }

    @Test
    void aSequenceThatNeverEndsDoesNotEither() {
        SequenceLimits limits = new SequenceLimits(5_000, 20, 640, 64, 8, 5_000);
        for (boolean last : new boolean[] {false, true}) {
            SequenceMixture mixture = new SequenceMixture(new SequenceQuestion(1, 5, last), limits);
            SplittableRandom random = new SplittableRandom(32);
            for (int i = 0; i < SEQUENCES; i++) {
                mixture.observe(1, random.nextInt(5_000));
            }
            assertThat(mixture.transitions()).isLessThanOrEqualTo(5_000 + 64 * 18);
            assertThat(mixture.sequences()).isLessThanOrEqualTo(20);
            assertThat(mixture.snapshot().length).isLessThan(200_000);
        }
    }

    @Test
    void ofALongSequenceTheEndIsStoredAndAllIsCounted() {
        SequenceLimits limits = new SequenceLimits(5_000, 20, 640, 32, 8, 5_000);
        SequenceMixture mixture = new SequenceMixture(new SequenceQuestion(1, 5, true), limits);
        int[] symbols = IntStream.range(0, 200).map(i -> i + 1).toArray();
        mixture.learn(7, symbols);
        assertThat(mixture.sequences()).isEqualTo(1);
        assertThat(mixture.predict(SequenceModel.BACK_OFF, new int[] {9, 10}, 1)
                        .getFirst()
                        .symbol())
                .isEqualTo(11);
        assertThat(mixture.predict(new int[] {198, 199}, 1).getFirst().evidence())
                .containsExactly(7L);
    }

    @Test
    void whatIsSeenAgainAndAgainOutlivesTheFlood() {
        SequenceLimits limits = new SequenceLimits(5_000, 200, 4_000, 64, 8, 5_000);
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT, limits);
        SplittableRandom random = new SplittableRandom(33);
        for (int i = 0; i < 3_000; i++) {
            mixture.learn(
                    i,
                    i % 10 == 0
                            ? new int[] {1, 2, 3, 4}
                            : random.ints(6, 10, 5_000).toArray());
        }
        assertThat(mixture.predict(new int[] {1, 2}, 1).getFirst().symbol()).isEqualTo(3);
    }

    @Test
    void refusesLimitsThatLeaveNoRoom() {
        assertThatThrownBy(() -> new SequenceLimits(10, 1, 100, 64, 1, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SequenceQuestion(0, 5, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SequenceQuestion(1, 17, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Alphabet(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
