package dev.devmentor.pbml.engine.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys are ordered as PostgreSQL orders their rows with the collation C: by the bytes of UTF-8. */
class EventKeyTest {
    @Test
    void comparesTextsByTheirBytes() {
        Random random = new Random(3);
        int[] interesting = {'a', 'b', 0xE9, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF};
        for (int i = 0; i < 20_000; i++) {
            String a = text(random, interesting);
            String b = text(random, interesting);
            int expected =
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(new EventKey(1, "s", a).compareTo(new EventKey(1, "s", b))))
                    .isEqualTo(Integer.signum(expected));
        }
    }

    private static String text(Random random, int[] codePoints) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }

    @Test
    void comparesTimeThenSourceThenId() {
        assertThat(new EventKey(1, "b", "b")).isLessThan(new EventKey(2, "a", "a"));
        assertThat(new EventKey(1, "a", "b")).isLessThan(new EventKey(1, "b", "a"));
        assertThat(new EventKey(1, "a", "a")).isLessThan(new EventKey(1, "a", "aa"));
        assertThat(EventKey.NONE).isLessThan(new EventKey(0, "a", "a"));
    }
}
