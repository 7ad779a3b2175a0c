package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the files of a project were when a run began.
 *
 * @param head the commit that was checked out; empty without git or before the first one
 * @param files hash by path: with git of what differs from the commit, without git of all source files. An empty hash is a
 *     file that is not there
 * @param whole whether all files are in it; there is a limit
 */
record ProjectState(String head, SortedMap<String, String> files, boolean whole) {
    private static final JsonMapper JSON = new JsonMapper();

    ProjectState(String head, Map<String, String> files, boolean whole) {
        this(head, (SortedMap<String, String>) new TreeMap<>(files), whole);
    }

    byte[] bytes() {
        ObjectNode json = JSON.createObjectNode();
        json.put("head", head);
        json.put("whole", whole);
        ObjectNode hashes = json.putObject("files");
        files.forEach(hashes::put);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same files give the same name. */
    String name() {
        return "s" + Texts.hash(new String(bytes(), StandardCharsets.UTF_8));
    }

    static Optional<ProjectState> read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
            SortedMap<String, String> files = new TreeMap<>();
            json.path("files")
                    .properties()
                    .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
            return Optional.of(new ProjectState(
                    json.path("head").asText(), files, json.path("whole").asBoolean()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
