package dev.devmentor.pbml.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Predictions as shown.
 *
 * @param pattern of likely-fix: what the error is known as
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Predictions", examples = """
        {"kind": "related-files",
         "model": {"name": "related-files", "scope": "person", "observations": 412, "foldedAt": "2026-03-01T10:00:00Z"},
         "predictions": [{"subject": "src/BasketTest.java", "probability": 0.82,
           "reason": "changed together in 9 of 11 commits",
           "evidence": [{"source": "https://git.example/hook", "id": "c-4711", "at": "2026-02-27T16:20:00Z",
             "kind": "code"}]}]}""")
record Predictions(String kind, Model model, @Nullable Known pattern, List<Prediction> predictions) {

    /** What answered. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PredictionModel")
    record Model(
            @Schema(examples = "related-files") String name,

            @Schema(description = "whose knowledge it is: person, team or everyone", examples = "person")
            String scope,

            @Nullable @Schema(description = "which team's", examples = "core")
            String team,

            @Schema(
                    description = "that are in it; of a team or everyone those that the pattern rests on",
                    examples = "412")
            long observations,

            @Nullable @Schema(description = "time of the last observation in it; of a team or everyone when its epoch was made")
            Instant foldedAt) {}

    /** What an error is known as. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "KnownError")
    record Known(
            @Schema(examples = "error-5f2b8c1e9a7d4c60") String id,

            @Schema(examples = "java.lang.IllegalStateException: the basket is closed")
            String title,

            @Nullable @Schema(
                    description = "how the text was known: exact (same fingerprint or lines), loose (same innermost"
                            + " frames), root (same root cause) or template (same template)",
                    examples = "exact")
            String how) {}

    /** One thing that may come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Prediction")
    record Prediction(
            @Schema(
                    description = "an action (next-action), a path (related-files, likely-fix) or the id of a pattern"
                            + " (likely-error)",
                    examples = "src/BasketTest.java")
            String subject,

            @Nullable @Schema(description = "of a pattern") String title,

            @Schema(examples = "0.82") double probability,

            @Schema(examples = "changed together in 9 of 11 commits")
            String reason,

            @Schema(description = "at most 10 of the events that it rests on, the latest first; none of other people")
            List<EventView> evidence) {}

    /** An event of the caller's log. */
    @Schema(name = "EvidenceEvent")
    record EventView(
            @Schema(examples = "https://git.example/hook") String source,
            @Schema(examples = "c-4711") String id,
            Instant at,

            @Schema(description = "task-created, task-completed, answer, memory, code or error", examples = "code")
            String kind) {}
}
