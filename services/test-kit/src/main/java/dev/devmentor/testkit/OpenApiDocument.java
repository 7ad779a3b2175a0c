package dev.devmentor.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The OpenAPI document of a service, asked for what readers of it miss. */
public final class OpenApiDocument {
    private static final Set<String> JSON_TYPES =
            Set.of("application/json", "application/x-ndjson", "text/event-stream");

    private final JsonNode document;

    /** @param document as {@code /q/openapi?format=json} answers */
    public OpenApiDocument(JsonNode document) {
        this.document = document;
    }

    /** The summary of each operation, by method and path; empty for one that has none. */
    public TreeMap<String, String> summaries() {
        TreeMap<String, String> summaries = new TreeMap<>();
        eachOperation((route, path, operation) ->
                summaries.put(route, operation.path("summary").asText()));
        return summaries;
    }

    /** Parameters and JSON bodies that have no example, each with its operation. */
    public Set<String> withoutExample() {
        Set<String> without = new TreeSet<>();
        eachOperation((route, path, operation) ->
                withoutExample(path, operation).forEach(what -> without.add(route + ": " + what)));
        return without;
    }

    private interface Operation {
        void look(String route, JsonNode path, JsonNode operation);
    }

    private void eachOperation(Operation look) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        String route = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                        look.look(route, path.getValue(), operation.getValue());
                    }
                }));
    }

    private List<String> withoutExample(JsonNode path, JsonNode operation) {
        List<String> without = new ArrayList<>();
        for (JsonNode parameters : List.of(path.path("parameters"), operation.path("parameters"))) {
            for (JsonNode parameter : parameters) {
                JsonNode found = resolve(parameter);
                String in = found.path("in").asText();
                if (Set.of("path", "query").contains(in)
                        && !hasExample(found)
                        && !hasExample(resolve(found.path("schema")))) {
                    without.add("the " + in + " parameter " + found.path("name").asText());
                }
            }
        }
        bodiesWithoutExample(operation.path("requestBody")).forEach(type -> without.add("the request body as " + type));
        operation.path("responses").properties().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                bodiesWithoutExample(response.getValue())
                        .forEach(type -> without.add("the body of " + response.getKey() + " as " + type));
            }
        });
        return without;
    }

    /** Types of a body, among those that are JSON, whose schema has no example. */
    private List<String> bodiesWithoutExample(JsonNode body) {
        List<String> without = new ArrayList<>();
        resolve(body).path("content").properties().forEach(content -> {
            String type = content.getKey().replaceAll(";.*", "").strip();
            if (JSON_TYPES.contains(type)
                    && !hasExample(content.getValue())
                    && !isExemplified(content.getValue().path("schema"), Set.of())) {
                without.add(type);
            }
        });
        return without;
    }

    /** Whether a schema, or else all of its leaves, have an example. */
    private boolean isExemplified(JsonNode schema, Set<String> visited) {
        if (hasExample(schema)) {
            return true;
        }
        Set<String> seen = new TreeSet<>(visited);
        if (schema.has("$ref")) {
            // What contains itself is judged by its other properties.
            return !seen.add(schema.get("$ref").textValue()) || isExemplified(resolve(schema), seen);
        }
        List<JsonNode> parts = new ArrayList<>();
        schema.path("properties").forEach(parts::add);
        for (String alternatives : List.of("allOf", "anyOf", "oneOf")) {
            for (JsonNode alternative : schema.path(alternatives)) {
                if (!alternative.path("type").asText().equals("null")) {
                    parts.add(alternative);
                }
            }
        }
        for (String element : List.of("items", "additionalProperties")) {
            if (schema.path(element).isObject()) {
                parts.add(schema.get(element));
            }
        }
        return !parts.isEmpty() && parts.stream().allMatch(part -> isExemplified(part, seen));
    }

    private static boolean hasExample(JsonNode node) {
        return !node.path("example").isMissingNode() || !node.path("examples").isEmpty();
    }

    /** What a reference points to; the node itself if it is none. */
    private JsonNode resolve(JsonNode node) {
        Set<String> visited = new TreeSet<>();
        JsonNode found = node;
        while (found.has("$ref") && visited.add(found.get("$ref").textValue())) {
            found = document.at(found.get("$ref").textValue().substring(1));
        }
        return found;
    }
}
