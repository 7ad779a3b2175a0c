package dev.devmentor.learning.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The detail of an entry by which another service grants points. */
public final class PointsDetail {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PointsDetail() {}

    /**
     * JSON of such an entry.
     *
     * @param by who grants them
     */
    public static String of(int amount, String reason, String by) {
        ObjectNode node = JSON.createObjectNode();
        node.put("amount", amount);
        node.put("reason", reason);
        node.put("by", by);
        return node.toString();
    }

    /** The amount. */
    public static int amount(@Nullable String detail) {
        try {
            return JSON.readTree(Objects.requireNonNull(detail)).get("amount").intValue();
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an entry of points without an amount", damaged);
        }
    }
}
