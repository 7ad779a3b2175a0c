package dev.devmentor.gateway.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of a merged document, with what a client needs to know of each. */
final class Operations {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private Operations() {}

    /**
     * A parameter.
     *
     * @param in path, query or header
     */
    record Parameter(String name, String in, boolean required, JsonNode schema, String description) {}

    /**
     * An operation.
     *
     * @param bodyType of the request; null if it takes no body
     * @param answer schema of the JSON of a good answer; null if there is none
     */
    record Operation(
            String id,
            String method,
            String path,
            String summary,
            boolean secured,
            List<Parameter> parameters,
            @Nullable String bodyType,
            boolean bodyRequired,
            JsonNode body,
            @Nullable JsonNode answer) {}

    static List<Operation> of(ObjectNode document) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(
                            operation(document, path.getKey(), path.getValue(), method.getKey(), method.getValue()));
                }
            }
        }
        return operations;
    }

    private static Operation operation(
            ObjectNode document, String path, JsonNode item, String method, JsonNode operation) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode given : list) {
                JsonNode parameter = resolved(document, given);
                String name = parameter.path("name").asText();
                String in = parameter.path("in").asText();
                if (!name.isEmpty() && Set.of("path", "query", "header").contains(in)) {
                    parameters.put(
                            in + ' ' + name,
                            new Parameter(
                                    name,
                                    in,
                                    in.equals("path")
                                            || parameter.path("required").asBoolean(),
                                    parameter.path("schema"),
                                    parameter.path("description").asText()));
                }
            }
        }
        JsonNode body = resolved(document, operation.path("requestBody"));
        Map.Entry<String, JsonNode> content = content(body.path("content"));
        return new Operation(
                operation.path("operationId").asText(),
                method,
                path,
                operation.path("summary").asText(),
                !operation.path("security").isEmpty(),
                List.copyOf(parameters.values()),
                content == null ? null : content.getKey(),
                body.path("required").asBoolean(),
                content == null ? operation.path("nothing") : content.getValue().path("schema"),
                answer(document, operation.path("responses")));
    }

    private static @Nullable JsonNode answer(ObjectNode document, JsonNode responses) {
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            if (response.getKey().startsWith("2")) {
                Map.Entry<String, JsonNode> content =
                        content(resolved(document, response.getValue()).path("content"));
                if (content != null && content.getKey().contains("json")) {
                    return content.getValue().path("schema");
                }
            }
        }
        return null;
    }

    /** JSON if it may be JSON, else what comes first. */
    private static Map.@Nullable Entry<String, JsonNode> content(JsonNode content) {
        Map.Entry<String, JsonNode> first = null;
        for (Map.Entry<String, JsonNode> one : content.properties()) {
            if (one.getKey().equals("application/json")) {
                return one;
            }
            first = first == null ? one : first;
        }
        return first;
    }

    private static JsonNode resolved(ObjectNode document, JsonNode node) {
        String ref = node.path("$ref").asText();
        return ref.startsWith("#/") ? document.at(ref.substring(1)) : node;
    }
}
