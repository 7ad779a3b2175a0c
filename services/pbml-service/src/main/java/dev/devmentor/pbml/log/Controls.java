package dev.devmentor.pbml.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.owner.OwnerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of the log that say what people do with patterns: their names for them, their judgement, what they put together. */
public final class Controls {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Controls() {}

    /**
     * A pattern gets a title.
     *
     * @param title null takes it back
     */
    public static Observation rename(
            OwnerName owner, long atMicros, String eventId, String pattern, @Nullable String title) {
        ObjectNode data = of(pattern);
        data.put("title", title);
        return entry(owner, ObservationKind.RENAME, atMicros, eventId, data);
    }

    /** Others are the same as a pattern. */
    public static Observation merge(
            OwnerName owner, long atMicros, String eventId, String pattern, List<String> others) {
        ObjectNode data = of(pattern);
        add(data, "others", others);
        return entry(owner, ObservationKind.MERGE, atMicros, eventId, data);
    }

    /** Some members of a pattern are another one. */
    public static Observation split(
            OwnerName owner, long atMicros, String eventId, String pattern, List<String> members) {
        ObjectNode data = of(pattern);
        add(data, "members", members);
        return entry(owner, ObservationKind.SPLIT, atMicros, eventId, data);
    }

    /** A pattern is put away, or comes back. */
    public static Observation retire(OwnerName owner, long atMicros, String eventId, String pattern, boolean retired) {
        return entry(owner, retired ? ObservationKind.RETIRE : ObservationKind.REVIVE, atMicros, eventId, of(pattern));
    }

    /** A pattern helped, or did not. */
    public static Observation feedback(OwnerName owner, long atMicros, String eventId, String pattern, boolean helped) {
        return feedback(owner, atMicros, eventId, pattern, helped, null);
    }

    /**
     * A pattern helped, or did not.
     *
     * @param team whose pattern it was, if it was one of a team: so the judgement counts there, also if the owner does not have
     *     that pattern
     */
    public static Observation feedback(
            OwnerName owner, long atMicros, String eventId, String pattern, boolean helped, @Nullable String team) {
        ObjectNode data = of(pattern);
        data.put("helped", helped);
        if (team != null) {
            data.put("team", team);
        }
        return entry(owner, ObservationKind.FEEDBACK, atMicros, eventId, data);
    }

    /** Who may have a share in what is learned. */
    public static Observation settings(
            OwnerName owner, long atMicros, String eventId, boolean shareWithTeams, boolean shareWithEveryone) {
        ObjectNode data = JSON.createObjectNode();
        data.put("shareWithTeams", shareWithTeams);
        data.put("shareWithEveryone", shareWithEveryone);
        return entry(owner, ObservationKind.SETTINGS, atMicros, eventId, data);
    }

    /** The state as it is at this entry is to be found again under a name. */
    public static Observation contextSaved(OwnerName owner, long atMicros, String contextId) {
        ObjectNode data = JSON.createObjectNode();
        data.put("context", contextId);
        return entry(owner, ObservationKind.CONTEXT_SAVED, atMicros, "saved:" + contextId, data);
    }

    /** What was observed between a saved context and this entry teaches nothing from now on. */
    public static Observation contextRestored(OwnerName owner, long atMicros, String eventId, String contextId) {
        ObjectNode data = JSON.createObjectNode();
        data.put("context", contextId);
        return entry(owner, ObservationKind.CONTEXT_RESTORED, atMicros, eventId, data);
    }

    private static ObjectNode of(String pattern) {
        ObjectNode data = JSON.createObjectNode();
        data.put("pattern", pattern);
        return data;
    }

    private static void add(ObjectNode data, String name, List<String> texts) {
        ArrayNode array = data.putArray(name);
        texts.forEach(array::add);
    }

    private static Observation entry(
            OwnerName owner, ObservationKind kind, long atMicros, String eventId, ObjectNode data) {
        return new Observation(owner, kind, atMicros, EventSource.URI, eventId, null, data.toString());
    }
}
