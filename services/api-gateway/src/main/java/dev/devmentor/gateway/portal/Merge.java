package dev.devmentor.gateway.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes one OpenAPI document of many. Components that are the same stay one; those that have a name in common and differ get
 * their service's name in front, in every service, so that no name depends on which service is up. Pure: equal parts give an
 * equal document.
 */
final class Merge {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final List<String> KINDS = List.of(
            "schemas",
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "links",
            "callbacks",
            "pathItems");
    private static final String REF = "$ref";
    private static final String COMPONENTS = "#/components/";

    private final List<Part> parts;
    private final Set<String> clashes = new HashSet<>();

    private Merge(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * The one document.
     *
     * @param silent services that never said what they offer, and do not answer now
     */
    static ObjectNode of(List<Part> parts, List<String> silent) {
        return new Merge(parts).document(silent);
    }

    private ObjectNode document(List<String> silent) {
        findClashes();
        ObjectNode document = JSON.objectNode();
        document.put("openapi", "3.1.0");
        document.set("info", info(silent));
        document.putArray("servers").addObject().put("url", "/").put("description", "this gateway");
        Map<String, ObjectNode> paths = new TreeMap<>();
        Map<String, ObjectNode> tags = new TreeMap<>();
        Map<String, Map<String, JsonNode>> components = new TreeMap<>();
        for (Part part : parts) {
            addPaths(part, paths, tags);
            addComponents(part, components);
        }
        ArrayNode tagList = document.putArray("tags");
        tags.values().forEach(tagList::add);
        ObjectNode pathNode = document.putObject("paths");
        paths.forEach(pathNode::set);
        ObjectNode componentNode = document.putObject("components");
        components.forEach((kind, named) -> {
            ObjectNode node = componentNode.putObject(kind);
            named.forEach(node::set);
        });
        addSecuritySchemes(componentNode);
        return document;
    }

    private ObjectNode info(List<String> silent) {
        List<String> old = parts.stream()
                .filter(part -> !part.isCurrent())
                .map(Part::service)
                .toList();
        StringBuilder text = new StringBuilder(
                "Everything that the platform offers at this gateway. Get a token from the auth service, or an API key on the"
                        + " portal's page for keys.");
        if (!old.isEmpty()) {
            text.append("\n\nDown now, and shown as they were last: ")
                    .append(String.join(", ", old))
                    .append('.');
        }
        if (!silent.isEmpty()) {
            text.append("\n\nDown now, and not shown: ")
                    .append(String.join(", ", silent))
                    .append('.');
        }
        ObjectNode info = JSON.objectNode();
        info.put("title", "DevMentor");
        info.put("version", "1");
        info.put("description", text.toString());
        ArrayNode services = info.putArray("x-services");
        for (Part part : parts) {
            services.addObject()
                    .put("name", part.service())
                    .put("status", part.isCurrent() ? "up" : "down")
                    .put("version", part.document().path("info").path("version").asText());
        }
        silent.forEach(service -> services.addObject().put("name", service).put("status", "down"));
        return info;
    }

    private static void addSecuritySchemes(ObjectNode components) {
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "An access token of the auth service.");
        schemes.putObject("apiKey")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-API-Key")
                .put("description", "A key of a service account.");
    }

    // Which components have a name in common and are not the same

    private void findClashes() {
        Map<String, List<JsonNode>> byKey = new HashMap<>();
        for (Part part : parts) {
            forEachComponent(
                    part,
                    (kind, name, node) -> byKey.computeIfAbsent(key(kind, name), _ -> new ArrayList<>())
                            .add(node));
        }
        byKey.forEach((key, nodes) -> {
            if (nodes.stream().anyMatch(node -> !node.equals(nodes.getFirst()))) {
                clashes.add(key);
            }
        });
        // What looks the same and leads to something that is not the same, is not the same.
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Map.Entry<String, List<JsonNode>> entry : byKey.entrySet()) {
                if (entry.getValue().size() > 1
                        && !clashes.contains(entry.getKey())
                        && leadsToClash(entry.getValue().getFirst())) {
                    clashes.add(entry.getKey());
                    grows = true;
                }
            }
        }
    }

    private boolean leadsToClash(JsonNode node) {
        return node.findValuesAsText(REF).stream()
                .filter(ref -> ref.startsWith(COMPONENTS))
                .anyMatch(ref -> clashes.contains(ref.substring(COMPONENTS.length())));
    }

    @FunctionalInterface
    private interface ComponentVisitor {
        void visit(String kind, String name, JsonNode node);
    }

    private static void forEachComponent(Part part, ComponentVisitor visitor) {
        for (String kind : KINDS) {
            for (Map.Entry<String, JsonNode> named :
                    part.document().path("components").path(kind).properties()) {
                visitor.visit(kind, named.getKey(), named.getValue());
            }
        }
    }

    private static String key(String kind, String name) {
        return kind + '/' + name;
    }

    private String renamed(Part part, String kind, String name) {
        return clashes.contains(key(kind, name)) ? camel(part.service()) + '_' + name : name;
    }

    private void addComponents(Part part, Map<String, Map<String, JsonNode>> components) {
        forEachComponent(
                part,
                (kind, name, node) -> components
                        .computeIfAbsent(kind, _ -> new TreeMap<>())
                        .putIfAbsent(renamed(part, kind, name), rewritten(part, node)));
    }

    /** A copy with every reference to where it leads now. */
    private JsonNode rewritten(Part part, JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(element -> copy.add(rewritten(part, element)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JSON.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (field.getKey().equals(REF) && value.isTextual()) {
                copy.put(REF, reference(part, value.textValue()));
            } else if (field.getKey().equals("mapping")
                    && value instanceof ObjectNode mapping
                    && object.has("propertyName")) {
                ObjectNode targets = copy.putObject("mapping");
                for (Map.Entry<String, JsonNode> target : mapping.properties()) {
                    String text = target.getValue().asText();
                    targets.put(
                            target.getKey(),
                            text.startsWith(COMPONENTS)
                                    ? reference(part, text)
                                    : COMPONENTS + "schemas/" + renamed(part, "schemas", text));
                }
            } else {
                copy.set(field.getKey(), rewritten(part, value));
            }
        }
        return copy;
    }

    private String reference(Part part, String ref) {
        if (!ref.startsWith(COMPONENTS)) {
            return ref;
        }
        String[] segments = ref.substring(COMPONENTS.length()).split("/", 2);
        return segments.length < 2 ? ref : COMPONENTS + segments[0] + '/' + renamed(part, segments[0], segments[1]);
    }

    // Paths and operations

    private void addPaths(Part part, Map<String, ObjectNode> paths, Map<String, ObjectNode> tags) {
        Map<String, String> descriptions = new HashMap<>();
        part.document()
                .path("tags")
                .forEach(tag -> descriptions.put(
                        tag.path("name").asText(), tag.path("description").asText()));
        boolean allSecured = !part.document().path("security").isEmpty();
        for (Map.Entry<String, JsonNode> path : part.document().path("paths").properties()) {
            if (!path.getKey().startsWith("/")
                    || !part.isServed().test(path.getKey())
                    || paths.containsKey(path.getKey())) {
                continue;
            }
            ObjectNode item = JSON.objectNode();
            for (Map.Entry<String, JsonNode> field : path.getValue().properties()) {
                if (METHODS.contains(field.getKey()) && field.getValue() instanceof ObjectNode operation) {
                    item.set(
                            field.getKey(),
                            operation(part, path.getKey(), field.getKey(), operation, allSecured, descriptions, tags));
                } else if (!field.getKey().equals("servers")) {
                    item.set(field.getKey(), rewritten(part, field.getValue()));
                }
            }
            paths.put(path.getKey(), item);
        }
    }

    private JsonNode operation(
            Part part,
            String path,
            String method,
            ObjectNode operation,
            boolean allSecured,
            Map<String, String> descriptions,
            Map<String, ObjectNode> tags) {
        ObjectNode copy = (ObjectNode) rewritten(part, operation);
        copy.remove("servers");
        copy.put("operationId", operationId(method, path));
        copy.put("x-service", part.service());

        List<String> names = new ArrayList<>();
        operation.path("tags").forEach(tag -> names.add(tag.asText()));
        ArrayNode tagged = copy.putArray("tags");
        for (String name : names.isEmpty() ? List.of("") : names) {
            String full = name.isEmpty() ? part.service() : part.service() + ": " + name;
            tagged.add(full);
            ObjectNode tag = tags.computeIfAbsent(full, _ -> JSON.objectNode().put("name", full));
            String description = descriptions.getOrDefault(name, "");
            if (!description.isEmpty()) {
                tag.put("description", description);
            }
        }

        JsonNode asked = operation.has("security")
                ? operation.path("security")
                : part.document().path("security");
        boolean secured = operation.has("security") ? !asked.isEmpty() : allSecured;
        ArrayNode security = copy.putArray("security");
        if (secured) {
            security.addObject().putArray("bearer");
            security.addObject().putArray("apiKey");
            Set<String> roles = new TreeSet<>();
            asked.forEach(one -> one.forEach(scopes -> scopes.forEach(role -> roles.add(role.asText()))));
            if (!roles.isEmpty()) {
                ArrayNode needed = copy.putArray("x-roles");
                roles.forEach(needed::add);
            }
        }
        return copy;
    }

    /** Method and path as one name: {@code GET /api/learning/skills/{userId}} is {@code getLearningSkillsByUserId}. */
    static String operationId(String method, String path) {
        StringBuilder id = new StringBuilder(method);
        for (String segment : path.split("/")) {
            if (segment.isEmpty() || segment.equals("api")) {
                continue;
            }
            boolean parameter = segment.startsWith("{");
            id.append(parameter ? "By" : "").append(camel(segment));
        }
        return id.toString();
    }

    /** Letters and digits, each word with a capital. */
    static String camel(String text) {
        StringBuilder camel = new StringBuilder();
        for (String word : text.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return camel.toString();
    }
}
