package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * No bytes make the decoder throw, in headers or value, and what it takes it can say again. The inputs are records of every
 * type, binary and structured, with bytes changed, cut out, doubled, put in and swapped.
 */
final class DecoderFuzzTest {
    private static final long SEED = 20_261_107;
    private static final int INPUTS = Repository.inFull() ? 10_000_000 : 100_000;
    private static final byte[] TELLING =
            "\"\\{}[]:,-+.eE0123456789tfnu\0\u0080\u00ff ".getBytes(StandardCharsets.ISO_8859_1);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EventDecoder decoder = new EventDecoder(4_096);

    private record Seed(EventType<?> type, Map<String, byte[]> headers, byte[] value) {}

    @Test
    void noBytesMakeItThrow() throws IOException {
        List<Seed> seeds = seeds();
        long accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            Seed seed = seeds.get(random.nextInt(seeds.size()));
            Map<String, byte[]> headers = random.nextInt(3) == 0 ? mutatedHeaders(seed.headers()) : seed.headers();
            byte[] value = random.nextInt(8) == 0 ? seed.value() : mutated(seed.value());
            accepted += decodes(seed.type(), headers, value) ? 1 : 0;
        }
        assertThat(accepted).as("taken all the same").isBetween(INPUTS / 50L, INPUTS * 3L / 4);
    }

    private <T> boolean decodes(EventType<T> type, Map<String, byte[]> headers, byte[] value) {
        Decoded<T> decoded;
        try {
            decoded = decoder.decode(type, headers::get, value);
        } catch (RuntimeException thrown) {
            throw new AssertionError("thrown by " + type + " " + Arrays.toString(value), thrown);
        }
        if (decoded instanceof Decoded.Accepted<T>(Event<T> event)) {
            byte[] written = EventEncoder.encodeData(type, event.data());
            assertThat(decoder.decodeData(type, event.envelope(), written))
                    .as("said again: %s", new String(written, StandardCharsets.UTF_8))
                    .isEqualTo(new Decoded.Accepted<>(event));
            return true;
        }
        return false;
    }

    private static List<Seed> seeds() throws IOException {
        List<Seed> seeds = new ArrayList<>();
        for (EventType<?> type : EventTypes.all()) {
            for (Path file : ExamplesTest.examples(type, "valid-")) {
                byte[] json = Files.readAllBytes(file);
                Envelope envelope = Envelope.of(type, "/fuzz", "e-1", null);
                seeds.add(new Seed(type, new LinkedHashMap<>(EventEncoder.binaryHeaders(envelope)), json));
                byte[] structured = ("{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/fuzz\",\"type\":\""
                                + type.name()
                                + "\",\"datacontenttype\":\"application/json\",\"data\":"
                                + new String(json, StandardCharsets.UTF_8) + "}")
                        .getBytes(StandardCharsets.UTF_8);
                seeds.add(new Seed(
                        type,
                        Map.of("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8)),
                        structured));
            }
        }
        return seeds;
    }

    private Map<String, byte[]> mutatedHeaders(Map<String, byte[]> headers) {
        Map<String, byte[]> mutated = new LinkedHashMap<>(headers);
        List<String> names = List.copyOf(headers.keySet());
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            mutated.remove(name);
        } else {
            mutated.put(name, mutated(headers.getOrDefault(name, new byte[0])));
        }
        return mutated;
    }

    private byte[] mutated(byte[] value) {
        byte[] bytes = value;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
            bytes = switch (random.nextInt(5)) {
                case 0 -> replaced(bytes, at, end, new byte[0]);
                case 1 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                case 2 -> replaced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
                case 3 ->
                    replaced(bytes, at, Math.min(bytes.length, at + 1), new byte[] {
                        TELLING[random.nextInt(TELLING.length)]
                    });
                default -> Arrays.copyOf(bytes, at);
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] result = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }
}
