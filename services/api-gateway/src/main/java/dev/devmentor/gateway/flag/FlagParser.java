package dev.devmentor.gateway.flag;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads definitions of flags: the part of flagd's format that docs/flags.md describes. What is not known is refused, because a
 * misspelt condition would let everybody in.
 */
final class FlagParser {
    /** Largest file, in bytes. */
    static final int MAX_BYTES = 1_048_576;

    private static final int MOST_FLAGS = 1_000;
    private static final int MOST_RULES = 100;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Set<String> FLAG_FIELDS =
            Set.of("state", "variants", "defaultVariant", "targeting", "description");
    private static final Set<String> RULE_FIELDS = Set.of("variant", "roles", "tiers", "teams", "ids", "percentage");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FlagParser() {}

    /** Flags by name. */
    static SortedMap<String, Flag> parse(byte[] json) throws BadFlags {
        if (json.length > MAX_BYTES) {
            throw new BadFlags("it is larger than " + MAX_BYTES + " bytes");
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new BadFlags("it is no JSON, at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new BadFlags("it cannot be read");
        }
        JsonNode flags = root.path("flags");
        if (!flags.isObject()) {
            throw new BadFlags("'flags' is missing or no object");
        }
        if (flags.size() > MOST_FLAGS) {
            throw new BadFlags("there are more than " + MOST_FLAGS + " flags");
        }
        SortedMap<String, Flag> parsed = new TreeMap<>();
        for (Map.Entry<String, JsonNode> flag : flags.properties()) {
            if (!NAME.matcher(flag.getKey()).matches()) {
                throw new BadFlags("a flag's name is up to 100 of a-z, 0-9, '.', '_' and '-'");
            }
            parsed.put(flag.getKey(), flag(flag.getKey(), flag.getValue()));
        }
        return parsed;
    }

    private static Flag flag(String name, JsonNode node) throws BadFlags {
        String where = "flag " + name + ": ";
        onlyKnown(node, FLAG_FIELDS, where);
        String state = node.path("state").asText("ENABLED");
        if (!state.equals("ENABLED") && !state.equals("DISABLED")) {
            throw new BadFlags(where + "'state' is ENABLED or DISABLED");
        }
        Map<String, Object> variants = variants(node.path("variants"), where);
        String usual = node.path("defaultVariant").asText();
        if (!variants.containsKey(usual)) {
            throw new BadFlags(where + "'defaultVariant' is not one of its variants");
        }
        return new Flag(name, state.equals("ENABLED"), variants, usual, rules(node.path("targeting"), variants, where));
    }

    private static Map<String, Object> variants(JsonNode node, String where) throws BadFlags {
        if (!node.isObject() || node.isEmpty()) {
            throw new BadFlags(where + "'variants' is missing, empty or no object");
        }
        Map<String, Object> variants = new LinkedHashMap<>();
        Set<Class<?>> types = new HashSet<>();
        for (Map.Entry<String, JsonNode> variant : node.properties()) {
            JsonNode value = variant.getValue();
            Object read;
            if (value.isBoolean()) {
                read = value.booleanValue();
            } else if (value.isTextual()) {
                read = value.textValue();
            } else if (value.isNumber()) {
                read = value.doubleValue();
            } else {
                throw new BadFlags(where + "a variant is a boolean, a text or a number");
            }
            variants.put(variant.getKey(), read);
            types.add(read.getClass());
        }
        if (types.size() > 1) {
            throw new BadFlags(where + "its variants are of different types");
        }
        return variants;
    }

    private static List<Rule> rules(JsonNode node, Map<String, Object> variants, String where) throws BadFlags {
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MOST_RULES) {
            throw new BadFlags(where + "'targeting' is a list of at most " + MOST_RULES + " rules");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : node) {
            onlyKnown(rule, RULE_FIELDS, where + "targeting: ");
            String variant = rule.path("variant").asText();
            if (!variants.containsKey(variant)) {
                throw new BadFlags(where + "a rule's 'variant' is not one of its variants");
            }
            JsonNode percentage = rule.path("percentage");
            if (!percentage.isMissingNode()
                    && !(percentage.isNumber() && percentage.doubleValue() >= 0 && percentage.doubleValue() <= 100)) {
                throw new BadFlags(where + "'percentage' is a number from 0 to 100");
            }
            if (rule.size() < 2) {
                throw new BadFlags(where + "a rule without a condition; that is what defaultVariant is for");
            }
            rules.add(new Rule(
                    variant,
                    texts(rule, "roles", where),
                    texts(rule, "tiers", where),
                    texts(rule, "teams", where),
                    texts(rule, "ids", where),
                    percentage.isMissingNode() ? null : percentage.doubleValue()));
        }
        return rules;
    }

    private static Set<String> texts(JsonNode rule, String field, String where) throws BadFlags {
        JsonNode list = rule.path(field);
        if (list.isMissingNode()) {
            return Set.of();
        }
        Set<String> texts = new HashSet<>();
        if (list.isArray()) {
            for (JsonNode text : list) {
                if (!text.isTextual()) {
                    throw new BadFlags(where + "'" + field + "' is a list of texts");
                }
                texts.add(text.textValue());
            }
        }
        if (texts.isEmpty()) {
            // An empty list reads as "nobody", and would mean "everybody".
            throw new BadFlags(where + "'" + field + "' is a list of texts, and not empty");
        }
        return texts;
    }

    private static void onlyKnown(JsonNode node, Set<String> known, String where) throws BadFlags {
        if (!node.isObject()) {
            throw new BadFlags(where + "it is no object");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw new BadFlags(where + "a field that is not known; there are "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }
}
