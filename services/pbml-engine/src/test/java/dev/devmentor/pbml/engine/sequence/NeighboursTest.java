package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NeighboursTest {
    private final SequenceStore store = new SequenceStore(100, 1_000);
    private final Neighbours neighbours = new Neighbours(store, 1);

    @Test
    void sequencesVoteWithTheSquareOfWhatTheyHaveInCommon() {
        store.add(10, new int[] {1, 2, 3});
        store.add(11, new int[] {2, 4});
        neighbours.ask(new int[] {1, 2}, 0, 2, -1);
        double two = Math.log(1 + 2.0 / 2); // both have 2, at the end of the window
        double one = 0.8 * Math.log(1 + 2.0 / 1); // only one has 1, a place before
        double first = (one + two) * (one + two);
        double second = two * two;
        assertThat(neighbours.following.share(3)).isCloseTo(first / (first + second), within(1e-14));
        assertThat(neighbours.following.share(4)).isCloseTo(second / (first + second), within(1e-14));
    }

    @Test
    void whatStandsBehindTheLastSymbolInCommonSharesTheVoteByTheRootOfItsLength() {
        store.add(10, new int[] {1, 5, 6, 7, 8});
        store.add(11, new int[] {1, 9});
        neighbours.ask(new int[] {1}, 0, 1, -1);
        // 1 / sqrt(4) each for four, 1 for one
        assertThat(neighbours.remaining.share(7)).isCloseTo(0.5 / 3, within(1e-14));
        assertThat(neighbours.remaining.share(9)).isCloseTo(1.0 / 3, within(1e-14));
        assertThat(neighbours.following.share(5)).isCloseTo(0.5, within(1e-14));
        assertThat(neighbours.ending.share(8)).isCloseTo(0.5, within(1e-14));
    }

    @Test
    void orderDoesNotMatter() {
        store.add(10, new int[] {2, 1, 3});
        neighbours.ask(new int[] {1, 2}, 0, 2, -1);
        assertThat(neighbours.following.share(3)).isEqualTo(1);
    }

    @Test
    void aSequenceThatIsLeftOutDoesNotVote() {
        store.add(10, new int[] {1, 3});
        neighbours.ask(new int[] {1}, 0, 1, 0);
        assertThat(neighbours.following.isEmpty()).isTrue();
    }
}
