package dev.devmentor.learning.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * The detail of an answer: the strategy that asked for it, and the fields that the event's schema does not name. An answer
 * of before the schema knew {@code strategy} has it in the same place.
 */
public final class AnswerDetail {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRATEGY = "strategy";

    private AnswerDetail() {}

    /**
     * JSON of an answer's detail; null where there is nothing to keep.
     *
     * @param extra a JSON object in canonical form
     */
    public static @Nullable String of(@Nullable String strategy, @Nullable String extra) {
        if (strategy == null) {
            return extra;
        }
        String own = JSON.createObjectNode().put(STRATEGY, strategy).toString();
        return extra == null || extra.equals("{}")
                ? own
                : own.substring(0, own.length() - 1) + "," + extra.substring(1);
    }

    /** The strategy that asked for an answer; null where none is known. */
    public static @Nullable String strategy(@Nullable String detail) {
        if (detail == null) {
            return null;
        }
        try {
            return JSON.readTree(detail).path(STRATEGY).textValue();
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an answer with an unreadable detail", damaged);
        }
    }
}
