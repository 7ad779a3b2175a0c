package dev.devmentor.pbml.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.kit.time.Micros;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Contexts as requests and answers have them. */
final class ContextViews {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ContextViews() {}

    /** A context to be saved. */
    @Schema(name = "ContextRequest", examples = """
            {"name": "before the refactoring",
             "data": {"branch": "basket-totals", "files": ["src/Basket.java"], "task": "SHOP-42"}}""")
    record ContextRequest(
            @Nullable @Schema(description = "at most 200 characters", examples = "before the refactoring")
            String name,

            @Nullable @Schema(
                    type = SchemaType.OBJECT,
                    description = "any JSON of at most 64 KiB, given back as it is",
                    examples = "{\"branch\": \"basket-totals\"}")
            JsonNode data) {}

    /** A context. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Context", examples = """
            {"contextId": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "savedAt": "2026-03-01T10:00:00Z",
             "name": "before the refactoring", "observations": 412,
             "data": {"branch": "basket-totals", "files": ["src/Basket.java"], "task": "SHOP-42"}}""")
    record ContextView(
            @Schema(examples = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a")
            String contextId,

            Instant savedAt,

            @Nullable @Schema(examples = "before the refactoring")
            String name,

            @Schema(description = "in the log when it was saved, the saving included", examples = "412")
            long observations,

            @Nullable @Schema(type = SchemaType.OBJECT, description = "as it was sent; not in lists")
            JsonNode data) {

        static ContextView of(SavedContext context) {
            return new ContextView(
                    context.id(),
                    Micros.toInstant(context.savedMicros()),
                    context.name(),
                    context.observations(),
                    parse(context.data()));
        }

        static ContextView inList(SavedContext context) {
            return new ContextView(
                    context.id(),
                    Micros.toInstant(context.savedMicros()),
                    context.name(),
                    context.observations(),
                    null);
        }
    }

    /** Some contexts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ContextPage", examples = """
            {"contexts": [{"contextId": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "savedAt": "2026-03-01T10:00:00Z",
              "name": "before the refactoring", "observations": 412}], "next": "MTc3MjM1OTIwMDAwMDAwMDphYmM"}""")
    record ContextPage(
            List<ContextView> contexts,

            @Nullable @Schema(description = "'cursor' of the next page; absent on the last one")
            String next) {}

    /** A context that was taken up again. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RestoredContext", examples = """
            {"contextId": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "savedAt": "2026-03-01T10:00:00Z",
             "name": "before the refactoring", "restoredAt": "2026-03-02T09:00:00Z", "leftOut": 37, "observations": 451,
             "data": {"branch": "basket-totals", "files": ["src/Basket.java"], "task": "SHOP-42"}}""")
    record RestoredView(
            @Schema(examples = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a")
            String contextId,

            Instant savedAt,

            @Nullable @Schema(examples = "before the refactoring")
            String name,

            Instant restoredAt,

            @Schema(
                    description = "observations between the saving and the restore, which teach nothing from now on",
                    examples = "37")
            long leftOut,

            @Schema(description = "in the log now, those left out and the restore included", examples = "451")
            long observations,

            @Schema(type = SchemaType.OBJECT, description = "as it was sent")
            JsonNode data) {}

    static JsonNode parse(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the data of a context is no JSON", e);
        }
    }
}
