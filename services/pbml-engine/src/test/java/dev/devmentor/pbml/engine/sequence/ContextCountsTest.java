package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextCountsTest {

    private static int[] followers(ContextCounts counts, int node) {
        return IntStream.range(0, counts.distinct(node))
                .map(place -> counts.followerAt(node, place))
                .toArray();
    }

    @Test
    void theMostFrequentFollowerComesFirst() {
        ContextCounts counts = new ContextCounts(1, 1_000);
        for (int next : new int[] {5, 6, 7, 7, 6, 7}) {
            counts.add(0, next);
        }
        assertThat(followers(counts, 0)).containsExactly(7, 6, 5);
        assertThat(counts.countAt(0, 0)).isEqualTo(3);
        assertThat(counts.total(0)).isEqualTo(6);
    }

    @Test
    void aCountThatIsTakenBackAndGivenBackLeavesNoTrace() {
        ContextCounts counts = new ContextCounts(1, 1_000);
        counts.add(0, 5);
        counts.add(0, 6);
        counts.add(0, 6);
        assertThat(counts.remove(0, 5)).isTrue();
        assertThat(counts.remove(0, 5)).isFalse();
        assertThat(counts.distinct(0)).isEqualTo(1);
        assertThat(counts.total(0)).isEqualTo(2);
        counts.add(0, 5);
        assertThat(followers(counts, 0)).containsExactly(6, 5);
        assertThat(counts.total(0)).isEqualTo(3);
    }

    @Test
    void aContextThatWasNeverCountedHasNoFollowers() {
        ContextCounts counts = new ContextCounts(1, 1_000);
        assertThat(counts.child(0, 3)).isEqualTo(ContextCounts.NONE);
        assertThat(counts.child(ContextCounts.NONE, 3)).isEqualTo(ContextCounts.NONE);
        assertThat(counts.total(ContextCounts.NONE)).isZero();
        assertThat(counts.remove(ContextCounts.NONE, 3)).isFalse();
    }

    @Test
    void forgetsWhatWasSeenOnceAndHalvesTheRest() {
        ContextCounts counts = new ContextCounts(1, 4);
        int often = counts.grow(0, 1);
        for (int i = 0; i < 5; i++) {
            counts.add(often, 9);
        }
        for (int next = 10; next < 14; next++) {
            counts.add(counts.grow(0, next), next);
        }
        counts.forgetIfFull();
        assertThat(counts.size()).isEqualTo(1);
        assertThat(counts.contexts()).isEqualTo(2);
        assertThat(counts.count(counts.child(0, 1), 9)).isEqualTo(2);
        assertThat(counts.child(0, 10)).isEqualTo(ContextCounts.NONE);
    }

    @Test
    void rankingsStaySortedWhateverIsAddedAndRemoved() {
        SplittableRandom random = new SplittableRandom(5);
        ContextCounts counts = new ContextCounts(2, 10_000);
        int[] expected = new int[40];
        for (int i = 0; i < 20_000; i++) {
            int next = random.nextInt(40);
            if (random.nextInt(3) == 0) {
                assertThat(counts.remove(1, next)).isEqualTo(expected[next] > 0);
                expected[next] = Math.max(0, expected[next] - 1);
            } else {
                counts.add(1, next);
                expected[next]++;
            }
            for (int place = 1; place < counts.distinct(1); place++) {
                if (counts.countAt(1, place - 1) < counts.countAt(1, place)) {
                    throw new AssertionError("not sorted at step " + i);
                }
            }
        }
        for (int next = 0; next < 40; next++) {
            assertThat(counts.count(1, next)).isEqualTo(expected[next]);
        }
        assertThat(counts.total(1)).isEqualTo(IntStream.of(expected).sum());
    }

    @Test
    void writtenAndReadTheyAreTheSame() {
        ContextCounts counts = new ContextCounts(2, 100);
        counts.add(counts.grow(counts.grow(1, 4), 5), 6);
        counts.add(0, 7);
        ByteWriter out = new ByteWriter();
        counts.write(out);
        ContextCounts read = new ContextCounts(2, 100);
        read.read(new ByteReader(out.toBytes()), 1 << 20);
        assertThat(read.count(read.child(read.child(1, 4), 5), 6)).isEqualTo(1);
        assertThat(read.total(0)).isEqualTo(1);
        ByteWriter again = new ByteWriter();
        read.write(again);
        assertThat(again.toBytes()).isEqualTo(out.toBytes());
    }
}
