package dev.devmentor.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessagePackTest {
    private static final RecursiveComparisonConfiguration BY_CONTENT = new RecursiveComparisonConfiguration();

    private static List<OutgoingMessage> thereAndBack(List<OutgoingMessage> messages) {
        MessagePack pack = new MessagePack();
        messages.forEach(pack::add);
        assertThat(pack.messages()).isEqualTo(messages.size());
        return MessagePack.unpack(pack.toBytes());
    }

    private static void assertComesBack(List<OutgoingMessage> messages) {
        assertThat(thereAndBack(messages)).usingRecursiveComparison(BY_CONTENT).isEqualTo(messages);
        // The comparison above does not look at the order of headers.
        assertThat(thereAndBack(messages).stream()
                        .map(message -> List.copyOf(message.headers().keySet())))
                .containsExactlyElementsOf(messages.stream()
                        .map(message -> List.copyOf(message.headers().keySet()))
                        .toList());
    }

    @Test
    void aMessageComesBackAsItWas() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("ce_id", new byte[] {1, 2, 3});
        headers.put("überschrift 😀", new byte[0]);

        assertComesBack(List.of(new OutgoingMessage("quiz.answered", new byte[] {9}, headers, new byte[] {7, 8})));
    }

    @Test
    void nothingAndEmptyAreNotTheSame() {
        OutgoingMessage nothing = new OutgoingMessage("t", null, Map.of(), null);
        OutgoingMessage empty = new OutgoingMessage("t", new byte[0], Map.of(), new byte[0]);

        List<OutgoingMessage> back = thereAndBack(List.of(nothing, empty));

        assertThat(back.get(0).key()).isNull();
        assertThat(back.get(0).value()).isNull();
        assertThat(back.get(1).key()).isEmpty();
        assertThat(back.get(1).value()).isEmpty();
    }

    @Test
    void randomMessagesComeBackInTheirOrder() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<OutgoingMessage> messages = new ArrayList<>();
            int count = random.nextInt(40);
            for (int i = 0; i < count; i++) {
                Map<String, byte[]> headers = new LinkedHashMap<>();
                for (int h = random.nextInt(6); h > 0; h--) {
                    headers.put("h" + h, bytes(random, 50));
                }
                messages.add(new OutgoingMessage("topic." + i, orNull(random, 20), headers, orNull(random, 3_000)));
            }
            assertComesBack(messages);
        }
    }

    @Test
    void aLargeMessageMakesTheBufferGrow() {
        SplittableRandom random = new SplittableRandom(1);

        assertComesBack(List.of(
                new OutgoingMessage("small", null, Map.of(), bytes(random, 10)),
                new OutgoingMessage("large", null, Map.of(), random(random, 900_000)),
                new OutgoingMessage("small", null, Map.of(), bytes(random, 10))));
    }

    @Test
    void aRowOfAnotherVersionIsRefusedAndNotGuessedAt() {
        byte[] row = new MessagePack().toBytes();
        row[0] = 2;

        assertThatThrownBy(() -> MessagePack.unpack(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outbox row of unknown version 2");
    }

    private static byte @Nullable [] orNull(SplittableRandom random, int most) {
        return random.nextInt(5) == 0 ? null : bytes(random, most);
    }

    /** Random length; half of them compressible. */
    private static byte[] bytes(SplittableRandom random, int most) {
        int length = random.nextInt(most + 1);
        return random.nextBoolean() ? new byte[length] : random(random, length);
    }

    private static byte[] random(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
