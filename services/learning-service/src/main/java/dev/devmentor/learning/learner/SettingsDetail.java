package dev.devmentor.learning.learner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The detail of a settings entry: every setting as it is afterwards, and whether due dates move. What an older build did
 * not know is as it is by default.
 *
 * @param reschedule whether cards that wait get a new due date
 */
public record SettingsDetail(LearnerSettings settings, Preferences preferences, boolean reschedule) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As JSON. */
    public String toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("scheduler", settings.scheduler().wireName());
        node.put("desiredRetention", settings.desiredRetention());
        node.put("zone", settings.zone());
        node.put("rolloverHour", settings.rolloverHour());
        node.put("againDelayMinutes", settings.againDelayMinutes());
        node.put("maximumIntervalDays", settings.maximumIntervalDays());
        if (settings.fuzz()) {
            node.put("fuzz", true);
        }
        if (!settings.decks().isEmpty()) {
            ObjectNode decks = node.putObject("decks");
            new TreeMap<>(settings.decks()).forEach((name, deck) -> {
                ObjectNode own = decks.putObject(name);
                if (deck.scheduler() != null) {
                    own.put("scheduler", deck.scheduler().wireName());
                }
                if (deck.desiredRetention() != null) {
                    own.put("desiredRetention", deck.desiredRetention());
                }
            });
        }
        if (!settings.skillRetention().isEmpty()) {
            ObjectNode skills = node.putObject("skillRetention");
            new TreeMap<>(settings.skillRetention()).forEach(skills::put);
        }
        if (!preferences.equals(Preferences.DEFAULT)) {
            ObjectNode own = node.putObject("preferences");
            own.put("loadBalance", preferences.loadBalance());
            preferences.easyDays().forEach(own.putArray("easyDays")::add);
            own.put("burySiblings", preferences.burySiblings());
            own.put("newPerDay", preferences.newPerDay());
            own.put("reviewsPerDay", preferences.reviewsPerDay());
            own.put("leechThreshold", preferences.leechThreshold());
            own.put("targetSuccess", preferences.targetSuccess());
            own.put("minutesPerDay", preferences.minutesPerDay());
            own.put("hints", preferences.hints());
        }
        node.put("reschedule", reschedule);
        return node.toString();
    }

    /**
     * From JSON.
     *
     * @throws IllegalStateException if it is damaged
     */
    public static SettingsDetail parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            Map<String, LearnerSettings.Deck> decks = new HashMap<>();
            node.path("decks")
                    .properties()
                    .forEach(deck -> decks.put(
                            deck.getKey(),
                            new LearnerSettings.Deck(
                                    deck.getValue().has("scheduler")
                                            ? Scheduler.ofWireName(deck.getValue()
                                                    .get("scheduler")
                                                    .textValue())
                                            : null,
                                    deck.getValue().has("desiredRetention")
                                            ? deck.getValue()
                                                    .get("desiredRetention")
                                                    .doubleValue()
                                            : null)));
            Map<String, Double> skills = new HashMap<>();
            node.path("skillRetention")
                    .properties()
                    .forEach(
                            skill -> skills.put(skill.getKey(), skill.getValue().doubleValue()));
            return new SettingsDetail(
                    new LearnerSettings(
                            Scheduler.ofWireName(node.get("scheduler").textValue()),
                            node.get("desiredRetention").doubleValue(),
                            node.get("zone").textValue(),
                            node.get("rolloverHour").intValue(),
                            node.get("againDelayMinutes").intValue(),
                            node.get("maximumIntervalDays").intValue(),
                            node.path("fuzz").asBoolean(false),
                            decks,
                            skills),
                    preferences(node.get("preferences")),
                    node.path("reschedule").asBoolean(false));
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a settings entry without readable settings", damaged);
        }
    }

    private static Preferences preferences(@org.jspecify.annotations.Nullable JsonNode own) {
        if (own == null) {
            return Preferences.DEFAULT;
        }
        List<Double> easyDays = new ArrayList<>();
        own.path("easyDays").forEach(day -> easyDays.add(day.doubleValue()));
        Preferences by = Preferences.DEFAULT;
        return new Preferences(
                own.path("loadBalance").asBoolean(by.loadBalance()),
                easyDays.isEmpty() ? by.easyDays() : easyDays,
                own.path("burySiblings").asBoolean(by.burySiblings()),
                own.path("newPerDay").asInt(by.newPerDay()),
                own.path("reviewsPerDay").asInt(by.reviewsPerDay()),
                own.path("leechThreshold").asInt(by.leechThreshold()),
                own.path("targetSuccess").asDouble(by.targetSuccess()),
                own.path("minutesPerDay").asInt(by.minutesPerDay()),
                own.path("hints").asBoolean(by.hints()));
    }
}
