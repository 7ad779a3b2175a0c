package dev.devmentor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {
    @Test
    void neverGrowsBeyondItsSizeAndKeepsWhatIsAskedFor() {
        Remembered<Integer> remembered = new Remembered<>(100);
        remembered.put("often", -1);
        for (int i = 0; i < 10_000; i++) {
            remembered.put("once-" + i, i);
            assertThat(remembered.get("often")).isEqualTo(-1);
        }
        assertThat(remembered.size()).isEqualTo(100);
        assertThat(remembered.get("once-9999")).isEqualTo(9999);
    }

    @Test
    void makesRoomEvenIfAllAreAskedFor() {
        Remembered<Integer> remembered = new Remembered<>(10);
        for (int i = 0; i < 100; i++) {
            remembered.put("key-" + i, i);
            for (int j = 0; j <= i; j++) {
                remembered.get("key-" + j);
            }
        }
        assertThat(remembered.size()).isEqualTo(10);
    }
}
