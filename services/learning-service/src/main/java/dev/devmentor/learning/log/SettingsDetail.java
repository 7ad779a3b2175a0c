package dev.devmentor.learning.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.util.Objects;

/** The detail of a settings entry: every setting as it is afterwards, and whether due dates move. */
public final class SettingsDetail {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SettingsDetail() {}

    /** JSON of a settings entry. */
    public static String of(LearnerSettings settings, boolean reschedule) {
        ObjectNode node = JSON.createObjectNode();
        node.put("scheduler", settings.scheduler().wireName());
        node.put("desiredRetention", settings.desiredRetention());
        node.put("zone", settings.zone());
        node.put("rolloverHour", settings.rolloverHour());
        node.put("againDelayMinutes", settings.againDelayMinutes());
        node.put("maximumIntervalDays", settings.maximumIntervalDays());
        node.put("reschedule", reschedule);
        return node.toString();
    }

    /** What the engine folds. */
    public static Entry.SettingsChanged toEngine(StoredEntry stored) {
        try {
            JsonNode node = JSON.readTree(Objects.requireNonNull(stored.entry().detail()));
            return new Entry.SettingsChanged(
                    stored.key(),
                    new LearnerSettings(
                            Scheduler.ofWireName(node.get("scheduler").textValue()),
                            node.get("desiredRetention").doubleValue(),
                            node.get("zone").textValue(),
                            node.get("rolloverHour").intValue(),
                            node.get("againDelayMinutes").intValue(),
                            node.get("maximumIntervalDays").intValue()),
                    node.get("reschedule").booleanValue());
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a settings entry without readable settings", damaged);
        }
    }
}
