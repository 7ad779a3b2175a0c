package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A record: one byte for its type, one for its form (binary or structured), then its value. */
final class EventTarget implements Target {

    private static final byte[] JSON = "application/json".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STRUCTURED = "application/cloudevents+json".getBytes(StandardCharsets.US_ASCII);

    private final EventDecoder decoder = new EventDecoder(Cost.LENGTH);

    @Override
    public String name() {
        return "events";
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        List<EventType<?>> types = List.copyOf(EventTypes.all());
        for (int i = 0; i < types.size(); i++) {
            for (String json : examples(types.get(i))) {
                seeds.add(Texts.seed(i, (char) 0 + json));
                String envelope = "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/fuzz\",\"type\":\""
                        + types.get(i).name() + "\",\"datacontenttype\":\"application/json\",\"data\":" + json + "}";
                seeds.add(Texts.seed(i, (char) 1 + envelope));
            }
        }
        return seeds;
    }

    private static List<String> examples(EventType<?> type) {
        Path folder = Path.of(System.getProperty("devmentor.root"), "events-schema/schemas/examples", type.name());
        List<String> examples = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                examples.add(Files.readString(file));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        examples.sort(null); // folders have no order of their own
        return examples;
    }

    @Override
    public void accept(byte[] input) {
        if (input.length < 2) {
            return;
        }
        List<EventType<?>> types = List.copyOf(EventTypes.all());
        EventType<?> type = types.get((input[0] & 0xff) % types.size());
        byte[] value = Arrays.copyOfRange(input, 2, input.length);
        decode(type, (input[1] & 1) == 1, value);
    }

    private <T> void decode(EventType<T> type, boolean structured, byte[] value) {
        List<Decoded<T>> decoded = new ArrayList<>(1);
        Map<String, byte[]> headers = structured
                ? Map.of("content-type", STRUCTURED)
                : Map.of(
                        "content-type", JSON,
                        "ce_specversion", "1.0".getBytes(StandardCharsets.US_ASCII),
                        "ce_id", "e-1".getBytes(StandardCharsets.US_ASCII),
                        "ce_source", "/fuzz".getBytes(StandardCharsets.US_ASCII),
                        "ce_type", type.name().getBytes(StandardCharsets.US_ASCII));
        Cost.withinTime(value.length, () -> {
            decoded.clear();
            decoded.add(decoder.decode(type, headers::get, value));
        });
        if (decoded.getFirst() instanceof Decoded.Accepted<T>(Event<T> event)) {
            byte[] written = EventEncoder.encodeData(type, event.data());
            promise(
                    decoder.decodeData(type, event.envelope(), written).equals(new Decoded.Accepted<>(event)),
                    "what is taken can be said again");
        }
    }
}
