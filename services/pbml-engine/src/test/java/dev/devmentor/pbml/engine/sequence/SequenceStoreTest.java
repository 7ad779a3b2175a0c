package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequenceStoreTest {

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        SequenceStore store = new SequenceStore(2, 1_000);
        store.add(10, new int[] {1, 2});
        store.add(11, new int[] {1, 1, 3});
        store.add(12, new int[] {1});
        assertThat(store.size()).isEqualTo(2);
        assertThat(store.first()).isEqualTo(1);
        assertThat(store.frequency(2)).isZero();
        assertThat(store.frequency(1)).isEqualTo(2);
        assertThat(store.get(store.newest(1, 0)).id()).isEqualTo(12);
        assertThat(store.get(store.newest(1, 1)).id()).isEqualTo(11);
    }

    @Test
    void theOldestGoWhenTheyAreTooLong() {
        SequenceStore store = new SequenceStore(100, 5);
        store.add(10, new int[] {1, 2});
        store.add(11, new int[] {1, 2});
        store.add(12, new int[] {1, 2, 3});
        assertThat(store.size()).isEqualTo(2);
        assertThat(store.first()).isEqualTo(1);
    }

    @Test
    void knowsWhereASymbolStandsWhateverCameAndWent() {
        SplittableRandom random = new SplittableRandom(3);
        SequenceStore store = new SequenceStore(37, 200);
        for (int i = 0; i < 3_000; i++) {
            store.add(i, random.ints(random.nextInt(1, 12), 0, 9).toArray());
            for (int symbol = 0; symbol < 9; symbol++) {
                int expected = 0;
                for (int serial = store.first(); serial < store.first() + store.size(); serial++) {
                    boolean there = false;
                    for (int other : store.get(serial).symbols()) {
                        there |= other == symbol;
                    }
                    expected += there ? 1 : 0;
                }
                if (store.frequency(symbol) != expected) {
                    throw new AssertionError("symbol " + symbol + " after " + i);
                }
            }
        }
        assertThat(store.size()).isLessThanOrEqualTo(37);
    }
}
