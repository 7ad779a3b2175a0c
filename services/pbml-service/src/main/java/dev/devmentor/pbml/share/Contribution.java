package dev.devmentor.pbml.share;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternShare;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.PatternJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What one owner adds to a pattern of a team or of everyone.
 *
 * @param title what it is about; empty if the owner only judged it
 * @param support observations; 0 if the owner only judged it
 */
record Contribution(
        SharedKey key,
        PatternKind kind,
        String title,
        Evidence evidence,
        int support,
        long firstMicros,
        long lastMicros,
        Detail detail) {

    /** What it holds together, what ended it, and what it is about. */
    record Detail(
            List<PatternView.Part> parts, List<PatternShare.TeamFix> fixes, List<String> skills, List<String> items) {
        private static final ObjectMapper JSON = new ObjectMapper();

        static final Detail NONE = new Detail(List.of(), List.of(), List.of(), List.of());

        String toJson() {
            ObjectNode json = JSON.createObjectNode();
            if (!parts.isEmpty()) {
                PatternJson.putParts(json, parts);
            }
            if (!fixes.isEmpty()) {
                ArrayNode array = json.putArray("fixes");
                for (PatternShare.TeamFix fix : fixes) {
                    array.addObject()
                            .put("path", fix.path())
                            .put(
                                    "evidence",
                                    Base64.getEncoder()
                                            .encodeToString(fix.evidence().snapshot()))
                            .put("times", fix.times())
                            .put("last", fix.lastMicros())
                            .put("commit", fix.commit());
                }
            }
            PatternJson.putTexts(json, "skills", skills);
            PatternJson.putTexts(json, "items", items);
            return json.toString();
        }

        /** @throws IllegalStateException if it is no such JSON, which the table never holds */
        static Detail parse(String text) {
            JsonNode json;
            try {
                json = JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the detail of a contribution is no JSON", e);
            }
            List<PatternShare.TeamFix> fixes = new ArrayList<>();
            for (JsonNode fix : json.path("fixes")) {
                fixes.add(new PatternShare.TeamFix(
                        fix.path("path").asText(),
                        Evidence.restore(
                                Base64.getDecoder().decode(fix.path("evidence").asText())),
                        fix.path("times").asInt(),
                        fix.path("last").asLong(),
                        fix.hasNonNull("commit") ? fix.get("commit").asText() : null));
            }
            return new Detail(
                    PatternJson.parts(json),
                    fixes,
                    PatternJson.texts(json, "skills"),
                    PatternJson.texts(json, "items"));
        }
    }

    /** Whether the owner shows the pattern, and does not only judge it. */
    boolean isShown() {
        return support > 0;
    }
}
