package dev.devmentor.pbml.learn;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A training job as shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "LearnJob", examples = """
        {"id": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "state": "done", "startedAt": "2026-03-01T10:00:00Z",
         "lines": 1204, "added": 1187, "repeated": 15, "refused": 2,
         "reasons": [{"line": 17, "reason": "not JSON"}, {"line": 411, "reason": "'type' is missing"}],
         "folded": 1187, "created": 31, "updated": 6}""")
record LearnView(
        @Schema(examples = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a")
        String id,

        @Schema(
                description =
                        "queued, recording (lines go into the log), folding (patterns are learned), or how it ended:"
                                + " done, failed, cancelled",
                examples = "recording")
        String state,

        Instant startedAt,

        @Schema(description = "that were read so far", examples = "1204")
        long lines,

        @Schema(description = "events that are new in the log", examples = "1187")
        long added,

        @Schema(description = "events that were there before", examples = "15")
        long repeated,

        @Schema(description = "lines that are no such events", examples = "2")
        long refused,

        @Schema(description = "of the first 20 of them") List<Reason> reasons,

        @Schema(description = "events that the model has learned from", examples = "1187")
        long folded,

        @Schema(description = "patterns that are new", examples = "31")
        long created,

        @Schema(description = "patterns that changed", examples = "6")
        long updated,

        @Nullable @Schema(description = "one sentence, if it failed")
        String error) {

    /** Why a line was refused; never what it says. */
    @Schema(name = "RefusedLine")
    record Reason(
            @Schema(description = "from 1", examples = "17") long line,
            @Schema(examples = "not JSON") String reason) {}

    boolean isOver() {
        return !LearnJobTable.UNDER_WAY.contains(state);
    }
}
