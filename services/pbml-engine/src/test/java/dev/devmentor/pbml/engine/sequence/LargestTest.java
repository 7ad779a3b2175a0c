package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LargestTest {

    @Test
    void keepsTheLargestTheLargestFirst() {
        SplittableRandom random = new SplittableRandom(2);
        for (int size : new int[] {0, 1, 7, 8, 100}) {
            long[] values = random.longs(size, -50, 50).toArray();
            Largest largest = new Largest(8);
            LongStream.of(values).forEach(largest::offer);
            largest.sort();
            assertThat(IntStream.range(0, largest.size()).mapToLong(largest::get))
                    .containsExactlyElementsOf(LongStream.of(values)
                            .map(value -> -value)
                            .sorted()
                            .limit(8)
                            .map(value -> -value)
                            .boxed()
                            .toList());
        }
    }
}
