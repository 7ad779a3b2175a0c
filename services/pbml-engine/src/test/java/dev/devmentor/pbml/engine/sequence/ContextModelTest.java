package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ContextModelTest {

    /** Window 3, two orders, distances 2 and 3. Ratios: orders 1 and 2, distances 2 and 3, two pairs, co-occurrence. */
    private final ContextModel model = new ContextModel(3, 2, 3, 1_000);

    private final Candidates candidates = new Candidates(7);

    private void learn(int... symbols) {
        for (int position = 0; position < symbols.length; position++) {
            model.count(symbols, position, new int[] {symbols[position]}, 1);
        }
    }

    private double[] rate(int[] context, int symbol, double base) {
        candidates.clear();
        candidates.nominate(symbol, 1);
        candidates.choose();
        model.locate(context, context.length);
        model.rate(candidates, new double[] {base}, 0);
        return candidates.row(0);
    }

    @Test
    void aSuccessorIsRaisedByAbsoluteDiscounting() {
        learn(1, 2);
        learn(1, 2);
        learn(1, 3);
        // after 1: two of three are 2, two different: (2 - 0.6 + 0.6 * 2 * 0.5) / 3 = 2/3 instead of 1/2
        assertThat(rate(new int[] {1}, 2, 0.5)[0]).isCloseTo(Math.log(2.0 / 3 / 0.5), within(1e-14));
        // 4 never followed: what discounting left over, 0.6 * 2 / 3 of its probability
        assertThat(rate(new int[] {1}, 4, 0.1)[0]).isCloseTo(Math.log(0.4), within(1e-14));
        // co-occurrence sees the same
        assertThat(rate(new int[] {1}, 2, 0.5)[6]).isCloseTo(Math.log(4.0 / 3), within(1e-14));
    }

    @Test
    void theSecondOrderRaisesWhatTheFirstOneLeft() {
        learn(1, 2, 5);
        learn(3, 2, 6);
        double first = (1 - 0.6 + 0.6 * 2 * 0.25) / 2; // after 2: one of two
        double second = (1 - 0.6 + 0.6 * first) / 1; // after 1 2: the only one
        double[] ratios = rate(new int[] {1, 2}, 5, 0.25);
        assertThat(ratios[0]).isCloseTo(Math.log(first / 0.25), within(1e-14));
        assertThat(ratios[1]).isCloseTo(Math.log(second / first), within(1e-14));
    }

    @Test
    void aSkipSeesASymbolAtItsDistance() {
        learn(1, 7, 5);
        // two places behind 1 stood 5: (1 - 0.6 + 0.6 * 0.2) / 1
        assertThat(rate(new int[] {1, 9}, 5, 0.2)[2]).isCloseTo(Math.log(0.52 / 0.2), within(1e-14));
        assertThat(rate(new int[] {9, 1}, 5, 0.2)[2]).isZero();
    }

    @Test
    void coOccurrenceSeesASymbolAnywhereInTheWindowAndOnce() {
        learn(1, 7, 5);
        // 7 and 5 came after 1: (1 - 0.6 + 0.6 * 2 * 0.2) / 2 = 0.32 instead of 0.2
        assertThat(rate(new int[] {1, 9}, 5, 0.2)[6]).isCloseTo(Math.log(1.6), within(1e-14));
        assertThat(rate(new int[] {9, 1}, 5, 0.2)[6]).isCloseTo(Math.log(1.6), within(1e-14));
        assertThat(rate(new int[] {1, 1}, 5, 0.2)[6]).isCloseTo(Math.log(1.6), within(1e-14));
    }

    @Test
    void pairsWithAGapAreContextsToo() {
        learn(1, 7, 2, 5);
        double[] ratios = rate(new int[] {1, 8, 2}, 5, 0.2);
        double first = 0.4 + 0.6 * 0.2; // after 2
        assertThat(ratios[4]).isCloseTo(Math.log((0.4 + 0.6 * first) / first), within(1e-14));
        assertThat(ratios[5]).isZero();
        double second = 0.4 + 0.6 * 0.2; // two places behind 7
        assertThat(rate(new int[] {1, 7, 9}, 5, 0.2)[5])
                .isCloseTo(Math.log((0.4 + 0.6 * second) / second), within(1e-14));
    }

    @Test
    void aContextThatNobodySawSaysNothing() {
        learn(1, 2, 3);
        assertThat(rate(new int[] {8, 9, 10}, 3, 0.3)).containsOnly(0.0);
    }

    @Test
    void whatIsTakenBackIsAsIfItHadNeverBeenThere() {
        learn(4, 2, 5);
        double before = rate(new int[] {4, 2}, 5, 0.2)[1];
        int[] other = {4, 2, 6};
        learn(other);
        double with = rate(new int[] {4, 2}, 5, 0.2)[1];
        BitSet taken = new BitSet();
        int at = 0;
        for (int position = 0; position < 3; position++) {
            at = model.takeBack(other, position, new int[] {other[position]}, 1, taken, at);
        }
        assertThat(rate(new int[] {4, 2}, 5, 0.2)[1]).isEqualTo(before);
        at = 0;
        for (int position = 0; position < 3; position++) {
            at = model.giveBack(other, position, new int[] {other[position]}, 1, taken, at);
        }
        assertThat(rate(new int[] {4, 2}, 5, 0.2)[1]).isEqualTo(with).isNotEqualTo(before);
    }
}
