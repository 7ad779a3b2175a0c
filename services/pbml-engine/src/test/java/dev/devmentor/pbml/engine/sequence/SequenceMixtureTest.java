package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceMixtureTest {

    private static final SequenceQuestion LAST = new SequenceQuestion(1, 5, true);
    private static final SequenceLimits SMALL = new SequenceLimits(3_000, 60, 600, 40, 4, 100);

    /** Sequences in which a symbol is usually followed by the next one of a ring, sometimes by any. */
    private static int[] ring(SplittableRandom random, int length) {
        int[] sequence = new int[length];
        sequence[0] = random.nextInt(1, 13);
        for (int i = 1; i < length; i++) {
            sequence[i] = random.nextInt(10) < 8 ? sequence[i - 1] % 12 + 1 : random.nextInt(1, 13);
        }
        return sequence;
    }

    private static SequenceMixture learned(SequenceQuestion question, int sequences) {
        SequenceMixture mixture = new SequenceMixture(question);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < sequences; i++) {
            mixture.learn(i, ring(random, random.nextInt(2, 15)));
        }
        return mixture;
    }

    @Test
    void whoKnowsNothingPredictsNothing() {
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT);
        assertThat(mixture.predict(new int[] {1, 2}, 3)).isEmpty();
        assertThat(mixture.predict(new int[0], 3)).isEmpty();
        mixture.learn(1, new int[0]);
        assertThat(mixture.sequences()).isZero();
    }

    @Test
    void predictsWhatUsuallyFollows() {
        for (SequenceQuestion question : List.of(SequenceQuestion.NEXT, LAST)) {
            SequenceMixture mixture = learned(question, 600);
            Prediction best = mixture.predict(new int[] {3, 4, 5}, 1).getFirst();
            assertThat(best.symbol()).isEqualTo(6);
            assertThat(best.probability()).isBetween(0.74, 0.89);
        }
    }

    @Test
    void everyModelCanBeAskedAlone() {
        SequenceMixture mixture = learned(LAST, 600);
        for (SequenceModel model : SequenceModel.values()) {
            List<Prediction> predictions = mixture.predict(model, new int[] {3, 4, 5}, 12);
            assertThat(predictions).hasSize(12);
            assertThat(predictions.stream().mapToDouble(Prediction::probability).sum())
                    .isCloseTo(1, within(1e-12));
            if (model != SequenceModel.POPULARITY) {
                assertThat(predictions.getFirst().symbol()).as(model.name()).isEqualTo(6);
            }
        }
    }

    @Test
    void probabilitiesAndWhatIsNotListedSumToOne() {
        SequenceMixture mixture = learned(SequenceQuestion.NEXT, 300);
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 200; i++) {
            double sum = mixture.predict(ring(random, random.nextInt(1, 9)), 100).stream()
                    .mapToDouble(Prediction::probability)
                    .sum();
            assertThat(sum).isBetween(0.9, 1.0);
        }
    }

    @Test
    void ofThreeSymbolsThatComeEachHasItsOwnProbability() {
        SequenceMixture mixture = new SequenceMixture(new SequenceQuestion(3, 5, false));
        for (int i = 0; i < 300; i++) {
            mixture.learn(i, new int[] {1, 2, 3, 4, 5, 6});
        }
        assertThat(mixture.predict(new int[] {1, 2}, 3))
                .extracting(Prediction::symbol)
                .containsExactlyInAnyOrder(3, 4, 5);
        assertThat(mixture.predict(new int[] {1, 2}, 3))
                .allSatisfy(prediction -> assertThat(prediction.probability()).isGreaterThan(0.9));
    }

    @Test
    void evidenceAreSequencesInWhichItHappenedAndWithoutThemItIsNotPredicted() {
        SplittableRandom random = new SplittableRandom(13);
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT);
        SequenceMixture without = new SequenceMixture(SequenceQuestion.NEXT);
        for (int i = 0; i < 100; i++) {
            int[] sequence = ring(random, 8);
            mixture.learn(i, sequence);
            without.learn(i, sequence);
        }
        mixture.learn(777, new int[] {20, 21, 22});
        mixture.learn(778, new int[] {5, 20, 21, 22});
        Prediction best = mixture.predict(new int[] {20, 21}, 1).getFirst();
        assertThat(best.symbol()).isEqualTo(22);
        assertThat(best.evidence()).containsExactly(778L, 777L);
        assertThat(without.predict(new int[] {20, 21}, 100))
                .extracting(Prediction::symbol)
                .doesNotContain(22);
    }

    @Test
    void everyPredictionHasEvidenceThatContainsIt() {
        SplittableRandom random = new SplittableRandom(14);
        SequenceMixture mixture = new SequenceMixture(LAST);
        int[][] sequences = new int[300][];
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = ring(random, random.nextInt(2, 12));
            mixture.learn(i, sequences[i]);
        }
        for (Prediction prediction : mixture.predict(new int[] {7, 8}, 12)) {
            assertThat(prediction.evidence())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(5)
                    .doesNotHaveDuplicates();
            assertThat(prediction.evidence())
                    .allSatisfy(id -> assertThat(sequences[id.intValue()]).contains(prediction.symbol()));
        }
    }

    @Test
    void takingTheEvidenceAwayLowersTheProbability() {
        SplittableRandom random = new SplittableRandom(15);
        int[][] sequences = new int[200][];
        SequenceMixture mixture = new SequenceMixture(LAST);
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = i % 20 == 0 ? new int[] {20, 21, i % 60 == 0 ? 23 : 22} : ring(random, 6);
            mixture.learn(i, sequences[i]);
        }
        int[] context = {20, 21};
        Prediction best = mixture.predict(context, 1).getFirst();
        assertThat(best.symbol()).isEqualTo(22);
        assertThat(best.evidence()).containsExactly(160L, 140L, 100L, 80L, 40L);
        SequenceMixture without = new SequenceMixture(LAST);
        for (int i = 0; i < sequences.length; i++) {
            if (!best.evidence().contains((long) i)) {
                without.learn(i, sequences[i]);
            }
        }
        double now = without.predict(context, 100).stream()
                .filter(prediction -> prediction.symbol() == best.symbol())
                .mapToDouble(Prediction::probability)
                .sum();
        assertThat(now).isLessThan(best.probability() / 2);
    }

    @Test
    void aSequenceThatRunsIsLearnedAsOneThatIsGivenAsAWhole() {
        SplittableRandom random = new SplittableRandom(16);
        for (SequenceQuestion question : List.of(SequenceQuestion.NEXT, LAST, new SequenceQuestion(3, 4, false))) {
            SequenceMixture whole = new SequenceMixture(question);
            SequenceMixture bySymbol = new SequenceMixture(question);
            for (int i = 0; i < 200; i++) {
                int[] sequence = ring(random, random.nextInt(1, 12));
                whole.learn(i, sequence);
                for (int symbol : sequence) {
                    bySymbol.observe(i, symbol);
                }
                bySymbol.close(i);
            }
            assertThat(bySymbol.snapshot()).isEqualTo(whole.snapshot());
        }
    }

    @Test
    void whatRunsIsLearnedBeforeItEnds() {
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT);
        for (int symbol : new int[] {1, 2, 3, 1, 2, 3, 1, 2}) {
            mixture.observe(5, symbol);
        }
        assertThat(mixture.predict(5, 1).getFirst().symbol()).isEqualTo(3);
        assertThat(mixture.predict(6, 1)).isEmpty();
        assertThat(mixture.sequences()).isZero();
        mixture.close(5);
        mixture.close(5);
        assertThat(mixture.sequences()).isEqualTo(1);
    }

    @Test
    void ofTooManyThatRunTheOneThatWaitedLongestIsClosed() {
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT, SMALL);
        for (int id : new int[] {1, 2, 3, 4, 1, 5}) {
            mixture.observe(id, 7);
        }
        assertThat(mixture.sequences()).isEqualTo(1);
        assertThat(mixture.predict(2, 1)).isEmpty();
        assertThat(mixture.predict(1, 1)).isNotEmpty();
    }

    @Test
    void refusesSymbolsOutOfBoundsAndChangesNothing() {
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT, SMALL);
        mixture.observe(1, 5);
        byte[] before = mixture.snapshot();
        assertThatThrownBy(() -> mixture.observe(1, 100)).hasMessage("symbol 100 is not within 0 to 99");
        assertThatThrownBy(() -> mixture.learn(2, new int[] {1, -1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mixture.learn(1, new int[] {1})).hasMessageContaining("runs");
        assertThatThrownBy(() -> mixture.predict(new int[] {100}, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(mixture.snapshot()).isEqualTo(before);
    }

    @Test
    void whatHasNoNumberOfItsOwnIsNeverPredicted() {
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT);
        for (int i = 0; i < 50; i++) {
            mixture.learn(i, new int[] {1, Alphabet.OTHER, 2});
        }
        assertThat(mixture.predict(new int[] {1}, 10))
                .extracting(Prediction::symbol)
                .doesNotContain(Alphabet.OTHER);
        assertThat(mixture.predict(new int[] {1, Alphabet.OTHER}, 1).getFirst().symbol())
                .isEqualTo(2);
    }

    @Test
    void aRestoredEngineGoesOnBitByBit() {
        for (SequenceQuestion question : List.of(SequenceQuestion.NEXT, LAST, new SequenceQuestion(3, 7, true))) {
            SplittableRandom random = new SplittableRandom(17);
            SequenceMixture mixture = new SequenceMixture(question, SMALL);
            for (int round = 0; round < 6; round++) {
                SequenceMixture restored = SequenceMixture.restore(mixture.snapshot());
                assertThat(restored.snapshot()).isEqualTo(mixture.snapshot());
                for (int i = 0; i < 60; i++) {
                    int[] sequence = random.ints(random.nextInt(1, 50), 0, 100).toArray();
                    mixture.learn(1_000 + i, sequence);
                    restored.learn(1_000 + i, sequence);
                    long running = random.nextInt(8);
                    int symbol = random.nextInt(100);
                    mixture.observe(running, symbol);
                    restored.observe(running, symbol);
                    assertThat(restored.predict(sequence, 5)).isEqualTo(mixture.predict(sequence, 5));
                }
                assertThat(restored.snapshot()).isEqualTo(mixture.snapshot());
            }
        }
    }

    @Test
    void refusesASnapshotOfAnotherVersion() {
        byte[] snapshot = new SequenceMixture(LAST).snapshot();
        snapshot[0] = 99;
        assertThatThrownBy(() -> SequenceMixture.restore(snapshot)).hasMessage("a snapshot of version 99");
    }

    @Test
    void askingChangesNothing() {
        SequenceMixture mixture = learned(LAST, 200);
        byte[] before = mixture.snapshot();
        mixture.predict(new int[] {1, 2, 3}, 5);
        mixture.predict(SequenceModel.NEIGHBOURS, new int[] {4}, 5);
        assertThat(mixture.snapshot()).isEqualTo(before);
    }

    @Test
    void theStateDoesNotChangeFromReleaseToRelease() {
        assertThat(Arrays.hashCode(learned(LAST, 300).snapshot())).isEqualTo(-2084205498);
        assertThat(Arrays.hashCode(learned(SequenceQuestion.NEXT, 300).snapshot()))
                .isEqualTo(-425179030);
    }
}
