package dev.devmentor.learning.engine.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntryKeyTest {

    @Test
    void timeComesFirstThenSourceThenId() {
        EntryKey early = new EntryKey(1, "z", "z");
        EntryKey late = new EntryKey(2, "a", "a");
        EntryKey lateOtherSource = new EntryKey(2, "b", "a");
        EntryKey lateOtherId = new EntryKey(2, "b", "b");
        assertThat(List.of(lateOtherId, late, lateOtherSource, early).stream().sorted())
                .containsExactly(early, late, lateOtherSource, lateOtherId);
    }

    @Test
    void stringsCompareByTheirUtf8BytesAndNotByUtf16() {
        String musicalSymbol = "\ud834\udd1e"; // U+1D11E, F0 9D 84 9E
        String fullWidth = "\uff21"; // U+FF21, EF BC A1
        assertThat(musicalSymbol.compareTo(fullWidth)).isNegative();
        assertThat(EntryKey.compareUtf8(musicalSymbol, fullWidth)).isPositive();
        assertThat(EntryKey.compareUtf8("Z", "a")).isNegative();
        assertThat(EntryKey.compareUtf8("a", "ab")).isNegative();
        assertThat(EntryKey.compareUtf8("", "")).isZero();
    }

    @Test
    void agreesWithTheBytesOnRandomText() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 200_000; i++) {
            String left = text(random);
            String right = random.nextInt(8) == 0 ? left : text(random);
            int byBytes = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(EntryKey.compareUtf8(left, right))).isEqualTo(Integer.signum(byBytes));
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int[] ends = {0x80, 0x800, 0xd800, 0x10000, 0x110000};
        for (int length = random.nextInt(4); length > 0; length--) {
            int end = ends[random.nextInt(ends.length)];
            int c = random.nextInt(Math.max(0, end - 3), end);
            text.appendCodePoint(c);
        }
        return text.toString();
    }
}
