package dev.devmentor.learning.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reference values of the FSRS projects: see NOTICE, and the source that each entry of the file names. */
final class FsrsVectors {

    private static final JsonNode FILE = read();

    private FsrsVectors() {}

    static JsonNode upstream(String id) {
        return StreamSupport.stream(FILE.get("upstream").spliterator(), false)
                .filter(entry -> entry.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The histories computed for one model. */
    static List<JsonNode> generated(String model) {
        return StreamSupport.stream(FILE.get("generated").spliterator(), false)
                .filter(each -> each.get("model").asText().equals(model))
                .toList();
    }

    /** Fails unless the ids are exactly those of the upstream entries, each once. */
    static void areAllUpstream(Stream<String> ids) {
        Set<String> left = new HashSet<>();
        ids.forEach(id -> assertThat(left.add(id)).as("%s, named twice", id).isTrue());
        for (JsonNode entry : FILE.get("upstream")) {
            String id = entry.get("id").asText();
            assertThat(left.remove(id)).as("%s, tested or left out", id).isTrue();
        }
        assertThat(left).as("not in the file").isEmpty();
    }

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    static int[] integers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static JsonNode read() {
        try (InputStream file = FsrsVectors.class.getResourceAsStream("/fsrs/fsrs-vectors.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
