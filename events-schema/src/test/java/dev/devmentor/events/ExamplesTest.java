package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ExamplesTest {
    private static final Envelope ENVELOPE = new Envelope("e-1", "/examples", "", null, null, null, null, null);

    private final EventDecoder decoder = new EventDecoder();

    static List<EventType<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void schemaAndDecoderTakeEveryValidExample(EventType<?> type) throws IOException {
        List<Path> valid = examples(type, "valid-");
        assertThat(valid).hasSizeGreaterThanOrEqualTo(3);
        Schema schema = Schemas.of(type);
        for (Path example : valid) {
            String json = Files.readString(example);
            assertThat(schema.validate(json, InputFormat.JSON))
                    .as(example.toString())
                    .isEmpty();
            assertThat(decode(type, example)).as(example.toString()).isInstanceOf(Decoded.Accepted.class);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void schemaAndDecoderRefuseEveryInvalidExample(EventType<?> type) throws IOException {
        List<Path> invalid = examples(type, "invalid-");
        assertThat(invalid).hasSizeGreaterThanOrEqualTo(5);
        Schema schema = Schemas.of(type);
        for (Path example : invalid) {
            String json = Files.readString(example);
            boolean beyondSchema = example.toString().contains("-beyond-schema");
            assertThat(schema.validate(json, InputFormat.JSON).isEmpty())
                    .as("schema takes %s", example)
                    .isEqualTo(beyondSchema);
            assertThat(decode(type, example)).as(example.toString()).isInstanceOf(Decoded.Rejected.class);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theSchemaBoundsEveryTextEveryListAndEveryNumber(EventType<?> type) {
        assertBounded(type + "", Schemas.STRICT.readTree(Schemas.text(type.schemaResource())));
    }

    private static void assertBounded(String place, JsonNode node) {
        switch (node.path("type").asString("")) {
            case "string" -> assertThat(node.has("maxLength")).as(place).isTrue();
            case "array" -> assertThat(node.has("maxItems")).as(place).isTrue();
            case "integer", "number" ->
                assertThat(node.has("minimum") && node.has("maximum")).as(place).isTrue();
            default -> {}
        }
        for (String name : node.propertyNames()) {
            assertBounded(place + "/" + name, node.path(name));
        }
    }

    private Decoded<?> decode(EventType<?> type, Path example) throws IOException {
        return decoder.decodeData(type, ENVELOPE, Files.readAllBytes(example));
    }

    /** Files of the examples of a type whose name begins so. */
    static List<Path> examples(EventType<?> type, String prefix) throws IOException {
        Path folder = Repository.module().resolve("schemas/examples").resolve(type.name());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
