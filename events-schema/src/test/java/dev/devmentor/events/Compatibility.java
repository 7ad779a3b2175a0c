package dev.devmentor.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a schema still takes everything that its released form took, and still describes what it described. It may
 * grow (a new optional property, a wider limit, one more enum value) and never shrink.
 */
final class Compatibility {
    private static final String PROPERTIES = "/properties/";
    private static final Set<String> WORDS = Set.of("$schema", "$id", "$comment", "$defs", "title", "description");
    private static final Set<String> SETS = Set.of("required", "enum", "type");
    private static final Set<String> LOWER_LIMITS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final Set<String> UPPER_LIMITS =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

    private Compatibility() {}

    /**
     * What a schema demands, one line for each demand: {@code place keyword value}. Words for people are left out and
     * references followed.
     */
    static List<String> summary(JsonNode schema) {
        TreeSet<String> lines = new TreeSet<>();
        summarise(schema, schema, "", lines);
        return List.copyOf(lines);
    }

    private static void summarise(JsonNode root, JsonNode node, String place, TreeSet<String> lines) {
        String here = place.isEmpty() ? "/" : place;
        if (place.contains("/properties/") && !place.contains("/allOf/")) {
            lines.add(here + " described true");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String keyword = entry.getKey();
            JsonNode value = entry.getValue();
            if (WORDS.contains(keyword)) {
                continue;
            }
            if (keyword.equals("$ref")) {
                summarise(root, root.at(value.asString().substring(1)), place, lines);
            } else if (keyword.equals("properties")) {
                for (Map.Entry<String, JsonNode> property : value.properties()) {
                    summarise(root, property.getValue(), place + "/properties/" + property.getKey(), lines);
                }
            } else if (Set.of("items", "propertyNames", "additionalProperties").contains(keyword) && value.isObject()) {
                summarise(root, value, place + "/" + keyword, lines);
            } else if (SETS.contains(keyword)) {
                if (value.isArray()) {
                    value.forEach(item -> lines.add(here + " " + keyword + " " + item));
                } else {
                    lines.add(here + " " + keyword + " " + value);
                }
            } else {
                lines.add(here + " " + keyword + " " + value);
            }
        }
    }

    /** What the new form breaks of the released one, in words; empty where it is compatible. */
    static List<String> violations(List<String> released, List<String> now) {
        Map<String, TreeSet<String>> before = byKeyword(released);
        Map<String, TreeSet<String>> after = byKeyword(now);
        List<String> found = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String key : all) {
            String place = key.substring(0, key.indexOf(' '));
            String keyword = key.substring(key.indexOf(' ') + 1);
            TreeSet<String> old = before.get(key);
            TreeSet<String> present = after.get(key);
            if (!inNewProperty(place, before)) {
                String problem = problem(keyword, old, present);
                if (problem != null) {
                    found.add(place + " " + keyword + ": " + problem);
                }
            }
        }
        return found;
    }

    private static @Nullable String problem(
            String keyword, @Nullable TreeSet<String> old, @Nullable TreeSet<String> now) {
        if (keyword.equals("described")) {
            return now == null ? "the property is gone" : null;
        }
        if (keyword.equals("required")) {
            TreeSet<String> more = new TreeSet<>(now == null ? Set.of() : now);
            more.removeAll(old == null ? Set.of() : old);
            return more.isEmpty() ? null : "now required: " + String.join(", ", more);
        }
        if (now == null) {
            return null;
        }
        if (old == null) {
            return "a new demand";
        }
        if (SETS.contains(keyword)) {
            TreeSet<String> fewer = new TreeSet<>(old);
            fewer.removeAll(now);
            boolean widened =
                    keyword.equals("type") && fewer.equals(Set.of("\"integer\"")) && now.contains("\"number\"");
            return fewer.isEmpty() || widened ? null : "no longer taken: " + String.join(", ", fewer);
        }
        boolean lower = LOWER_LIMITS.contains(keyword);
        if (lower || UPPER_LIMITS.contains(keyword)) {
            double was = Double.parseDouble(old.first());
            double is = Double.parseDouble(now.first());
            return (lower ? is > was : is < was)
                    ? String.format(Locale.ROOT, "narrowed from %s to %s", old.first(), now.first())
                    : null;
        }
        // Patterns, conditions and the rest: nobody can tell wider from narrower, so they stay as they are.
        return old.equals(now) ? null : "changed";
    }

    /** Whether a place lies in a property, of the data or of an object within, that the released form did not describe. */
    private static boolean inNewProperty(String place, Map<String, TreeSet<String>> before) {
        int at = place.indexOf(PROPERTIES);
        while (at >= 0) {
            int end = place.indexOf('/', at + PROPERTIES.length());
            String property = end < 0 ? place : place.substring(0, end);
            if (!before.containsKey(property + " described")) {
                return true;
            }
            at = end < 0 ? -1 : place.indexOf(PROPERTIES, end);
        }
        return false;
    }

    private static Map<String, TreeSet<String>> byKeyword(List<String> lines) {
        Map<String, TreeSet<String>> map = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 3);
            map.computeIfAbsent(parts[0] + " " + parts[1], key -> new TreeSet<>())
                    .add(parts[2]);
        }
        return map;
    }
}
