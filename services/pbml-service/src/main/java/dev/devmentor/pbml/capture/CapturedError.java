package dev.devmentor.pbml.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error as a client sends it: what {@code error.observed} carries, but for the learner, who is the caller. */
public record CapturedError(
        @Nullable String observationId,
        @Nullable String observedAt,
        @Nullable String origin,
        @Nullable String status,
        @Nullable String run,
        @Nullable String command,
        @Nullable String text,
        @Nullable Integer exitCode,
        @Nullable List<@Nullable String> changedFiles,
        @Nullable String commit,
        @Nullable String repository,
        @Nullable String team,
        @Nullable List<@Nullable String> skills) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 1024 * 1024;
    private static final ThreadLocal<EventDecoder> DECODER = ThreadLocal.withInitial(() -> new EventDecoder(MAX_BYTES));

    /**
     * The event that this says, by the rules of its schema.
     *
     * @param index place in the request
     * @throws ProblemException 400 with what is wrong, and where
     */
    ErrorObserved toEvent(String learner, int index, String source) {
        ObjectNode json = JSON.createObjectNode();
        put(json, "observationId", observationId);
        json.put("learner", learner);
        put(json, "observedAt", observedAt);
        put(json, "origin", origin);
        put(json, "status", status);
        put(json, "run", run);
        put(json, "command", command);
        put(json, "text", text);
        if (exitCode != null) {
            json.put("exitCode", exitCode);
        }
        put(json, "changedFiles", changedFiles);
        put(json, "commit", commit);
        put(json, "repository", repository);
        put(json, "team", team);
        put(json, "skills", skills);
        Envelope envelope = Envelope.of(EventTypes.ERROR_OBSERVED, source, "captured", null);
        Decoded<ErrorObserved> decoded = DECODER.get()
                .decodeData(EventTypes.ERROR_OBSERVED, envelope, json.toString().getBytes(StandardCharsets.UTF_8));
        return switch (decoded) {
            case Decoded.Accepted<ErrorObserved>(var event) -> event.data();
            case Decoded.Rejected<ErrorObserved>(var _, String detail) ->
                throw ProblemException.invalid(at(index) + (detail.startsWith("/") ? detail : ": " + detail));
        };
    }

    static String at(int index) {
        return "/observations/" + index;
    }

    private static void put(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable List<@Nullable String> texts) {
        if (texts != null) {
            ArrayNode array = json.putArray(name);
            texts.forEach(array::add);
        }
    }
}
