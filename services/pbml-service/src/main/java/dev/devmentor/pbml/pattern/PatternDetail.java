package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.model.PatternJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a pattern no list is filtered or ordered by, as it is stored: JSON.
 *
 * @param generated what it is about, also if a person calls it otherwise
 * @param refs keys of its latest events in the owner's log
 * @param references the same for patterns of learning, by name
 * @param sessionMinutes 0 where it is not about that
 */
record PatternDetail(
        String generated,
        @Nullable String repository,
        List<UUID> refs,
        List<EventReference> references,
        List<PatternView.Part> parts,
        List<PatternView.KnownFix> fixes,
        List<String> skills,
        List<String> items,
        List<Integer> hours,
        int sessionMinutes,
        List<PatternView.Lineage> lineage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PatternDetail of(PatternView view) {
        return new PatternDetail(
                view.generated(),
                view.repository(),
                view.refs(),
                view.references(),
                view.parts(),
                view.fixes(),
                view.skills(),
                view.items(),
                view.hours(),
                view.sessionMinutes(),
                view.lineage());
    }

    String toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("generated", generated);
        if (repository != null) {
            json.put("repository", repository);
        }
        PatternJson.putUuids(json, "refs", refs);
        if (!references.isEmpty()) {
            ArrayNode array = json.putArray("references");
            references.forEach(
                    event -> array.addObject().put("source", event.source()).put("id", event.id()));
        }
        PatternJson.putParts(json, parts);
        PatternJson.putFixes(json, fixes);
        PatternJson.putTexts(json, "skills", skills);
        PatternJson.putTexts(json, "items", items);
        if (!hours.isEmpty()) {
            ArrayNode array = json.putArray("hours");
            hours.forEach(array::add);
        }
        if (sessionMinutes > 0) {
            json.put("sessionMinutes", sessionMinutes);
        }
        if (!lineage.isEmpty()) {
            ArrayNode array = json.putArray("lineage");
            for (PatternView.Lineage step : lineage) {
                array.addObject()
                        .put("step", step.step().name())
                        .put("pattern", step.pattern())
                        .put("at", step.atMicros())
                        .put("observations", step.observations());
            }
        }
        return json.toString();
    }

    /** @throws IllegalStateException if it is no such JSON, which the table never holds */
    static PatternDetail parse(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of a pattern is no JSON", e);
        }
        List<EventReference> references = new ArrayList<>();
        json.path("references")
                .forEach(event -> references.add(new EventReference(
                        event.path("source").asText(), event.path("id").asText())));
        List<Integer> hours = new ArrayList<>();
        json.path("hours").forEach(hour -> hours.add(hour.asInt()));
        List<PatternView.Lineage> lineage = new ArrayList<>();
        json.path("lineage")
                .forEach(step -> lineage.add(new PatternView.Lineage(
                        PatternView.Step.valueOf(step.path("step").asText().toUpperCase(Locale.ROOT)),
                        step.path("pattern").asText(),
                        step.path("at").asLong(),
                        step.path("observations").asInt())));
        return new PatternDetail(
                json.path("generated").asText(),
                json.hasNonNull("repository") ? json.get("repository").asText() : null,
                PatternJson.uuids(json, "refs"),
                references,
                PatternJson.parts(json),
                PatternJson.fixes(json),
                PatternJson.texts(json, "skills"),
                PatternJson.texts(json, "items"),
                hours,
                json.path("sessionMinutes").asInt(0),
                lineage);
    }
}
