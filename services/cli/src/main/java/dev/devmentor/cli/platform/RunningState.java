package dev.devmentor.cli.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.ProcessRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the launcher noted when everything had answered.
 *
 * @param offset added to every port
 * @param detached whether it runs without a launcher that watches it
 * @param took how long each thing took to answer, by name
 */
record RunningState(int offset, boolean detached, Duration total, Map<String, Duration> took) {
    private static final JsonMapper JSON = new JsonMapper();

    private static Path file(Home home) {
        return home.run().resolve("platform.json");
    }

    static Optional<RunningState> read(Home home) {
        String text = PrivateFiles.readOrNull(file(home));
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, Duration> took = new LinkedHashMap<>();
            json.path("tookMillis")
                    .properties()
                    .forEach(entry -> took.put(
                            entry.getKey(), Duration.ofMillis(entry.getValue().asLong())));
            return Optional.of(new RunningState(
                    json.path("offset").asInt(),
                    json.path("detached").asBoolean(),
                    Duration.ofMillis(json.path("totalMillis").asLong()),
                    took));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    void write(Home home) {
        ObjectNode json = JSON.createObjectNode();
        json.put("offset", offset);
        json.put("detached", detached);
        json.put("totalMillis", total.toMillis());
        ObjectNode millis = json.putObject("tookMillis");
        took.forEach((name, duration) -> millis.put(name, duration.toMillis()));
        PrivateFiles.write(file(home), json.toPrettyString() + "\n");
    }

    static void forget(Home home) {
        ProcessRecord.forget(file(home));
    }

    /** The offset of the platform that runs or ran here last. */
    static int offset(Home home) {
        return read(home).map(RunningState::offset).orElse(0);
    }
}
