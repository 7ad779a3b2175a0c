package dev.devmentor.pbml.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.engine.owner.PatternView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the details of patterns are made of, as tables keep them: one form for those of an owner, for what an owner adds to
 * shared ones, and for the shared ones. Times are microseconds since 1970-01-01T00:00Z.
 */
public final class PatternJson {
    private PatternJson() {}

    /** Writes {@code parts}, also if there are none. */
    public static void putParts(ObjectNode json, List<PatternView.Part> parts) {
        ArrayNode array = json.putArray("parts");
        for (PatternView.Part part : parts) {
            array.addObject()
                    .put("key", part.key())
                    .put("title", part.title())
                    .put("support", part.support())
                    .put("first", part.firstMicros())
                    .put("last", part.lastMicros());
        }
    }

    /** Reads {@code parts}; empty if there are none. */
    public static List<PatternView.Part> parts(JsonNode json) {
        List<PatternView.Part> parts = new ArrayList<>();
        for (JsonNode part : json.path("parts")) {
            parts.add(new PatternView.Part(
                    part.path("key").asText(),
                    part.path("title").asText(),
                    part.path("support").asInt(),
                    part.path("first").asLong(),
                    part.path("last").asLong()));
        }
        return parts;
    }

    /** Writes {@code fixes} if there are any; the events of one, if it names any, are its {@code refs}. */
    public static void putFixes(ObjectNode json, List<PatternView.KnownFix> fixes) {
        if (fixes.isEmpty()) {
            return;
        }
        ArrayNode array = json.putArray("fixes");
        for (PatternView.KnownFix fix : fixes) {
            ObjectNode one = array.addObject()
                    .put("path", fix.path())
                    .put("times", fix.times())
                    .put("probability", fix.probability())
                    .put("lower", fix.lower())
                    .put("last", fix.lastMicros());
            if (fix.commit() != null) {
                one.put("commit", fix.commit());
            }
            putUuids(one, "refs", fix.refs());
        }
    }

    /** Reads {@code fixes}; empty if there are none. */
    public static List<PatternView.KnownFix> fixes(JsonNode json) {
        List<PatternView.KnownFix> fixes = new ArrayList<>();
        for (JsonNode fix : json.path("fixes")) {
            fixes.add(new PatternView.KnownFix(
                    fix.path("path").asText(),
                    fix.path("times").asInt(),
                    fix.path("probability").asDouble(),
                    fix.path("lower").asDouble(),
                    fix.path("last").asLong(),
                    fix.hasNonNull("commit") ? fix.get("commit").asText() : null,
                    uuids(fix, "refs")));
        }
        return fixes;
    }

    /** Writes texts if there are any. */
    public static void putTexts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = json.putArray(name);
            texts.forEach(array::add);
        }
    }

    /** Reads texts; empty if there are none. */
    public static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Writes UUIDs if there are any. */
    public static void putUuids(ObjectNode json, String name, List<UUID> uuids) {
        putTexts(json, name, uuids.stream().map(UUID::toString).toList());
    }

    /** Reads UUIDs; empty if there are none. */
    public static List<UUID> uuids(JsonNode json, String name) {
        List<UUID> uuids = new ArrayList<>();
        json.path(name).forEach(uuid -> uuids.add(UUID.fromString(uuid.asText())));
        return uuids;
    }
}
