package dev.devmentor.pbml.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObservationKeyTest {
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    @Test
    void ordersByTimeThenSourceThenId() {
        List<ObservationKey> inOrder = List.of(
                new ObservationKey(-1, "z", "z"),
                new ObservationKey(0, "a", "b"),
                new ObservationKey(0, "b", "a"),
                new ObservationKey(0, "b", "b"),
                new ObservationKey(1, "a", "a"));

        assertThat(inOrder.reversed().stream().sorted().toList()).isEqualTo(inOrder);
    }

    @Test
    void ordersTextsByTheirUtf8Bytes() {
        int[] alphabet = {'a', 'Z', 0x7f, 0x80, 0xe4, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff};
        Random random = new Random(42);
        List<String> texts = IntStream.range(0, 2_000)
                .mapToObj(_ -> random.ints(random.nextInt(4), 0, alphabet.length)
                        .map(i -> alphabet[i])
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .toList();

        assertThat(texts.stream()
                        .map(text -> new ObservationKey(0, "s", text))
                        .sorted()
                        .map(ObservationKey::eventId)
                        .toList())
                .isEqualTo(texts.stream().sorted(BY_BYTES).toList());
        assertThat(texts.stream()
                        .map(text -> new ObservationKey(0, text, "i"))
                        .sorted()
                        .map(ObservationKey::source)
                        .toList())
                .isEqualTo(texts.stream().sorted(BY_BYTES).toList());
    }
}
