package dev.devmentor.pbml.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The models that answer a person. */
@Schema(name = "Models", examples = """
        {"models": [
          {"name": "owner-state", "scope": "person", "version": 1, "observations": 412, "foldedAt": "2026-03-01T10:00:00Z",
           "saved": {"at": "2026-03-01T09:58:12Z", "observations": 400, "bytes": 183220},
           "size": {"patterns": 38, "templates": 51, "transitions": 420, "sessions": 33, "repositories": 2, "files": 310,
             "answers": 0, "items": 0},
           "limits": {"patterns": 5000, "templates": 2000, "transitions": 100000, "sessions": 4000, "repositories": 16,
             "files": 10000, "answers": 8192}},
          {"name": "shared-patterns", "scope": "team", "team": "core", "epoch": 7, "madeAt": "2026-03-01T09:00:00Z",
           "patterns": 12},
          {"name": "shared-patterns", "scope": "everyone", "epoch": 7, "madeAt": "2026-03-01T09:00:00Z", "patterns": 80}]}""")
record ModelsView(List<ModelView> models) {

    /** A model: a person's own state, or the patterns of a team or of everyone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Model")
    record ModelView(
            @Schema(description = "owner-state or shared-patterns", examples = "owner-state")
            String name,

            @Schema(description = "person, team or everyone", examples = "person")
            String scope,

            @Nullable @Schema(examples = "core") String team,

            @Nullable @Schema(description = "of the form of the state; another one is folded from the log again", examples = "1")
            Integer version,

            @Nullable @Schema(examples = "412") Long observations,

            @Nullable @Schema(description = "time of the last observation")
            Instant foldedAt,

            @Nullable Saved saved,
            @Nullable Size size,
            @Nullable Limits limits,

            @Nullable @Schema(description = "number of the epoch that made them", examples = "7")
            Integer epoch,

            @Nullable Instant madeAt,
            @Nullable @Schema(examples = "12") Long patterns) {}

    /** The state as it was saved last; what came since is read from the log. */
    @Schema(name = "SavedModel")
    record Saved(
            Instant at,
            @Schema(examples = "400") long observations,

            @Schema(description = "uncompressed", examples = "183220")
            int bytes) {}

    /** How much is known. */
    @Schema(name = "ModelSize")
    record Size(
            @Schema(examples = "38") int patterns,
            @Schema(examples = "51") int templates,

            @Schema(description = "counted pairs of actions and what came before them", examples = "420")
            int transitions,

            @Schema(examples = "33") int sessions,
            @Schema(examples = "2") int repositories,

            @Schema(description = "of all repositories", examples = "310")
            int files,

            @Schema(examples = "0") int answers,
            @Schema(examples = "0") int items) {}

    /** How much is kept at most; what exceeds it is forgotten, the oldest or the weakest first. */
    @Schema(name = "ModelLimits")
    record Limits(
            @Schema(examples = "5000") int patterns,
            @Schema(examples = "2000") int templates,
            @Schema(examples = "100000") int transitions,
            @Schema(examples = "4000") int sessions,
            @Schema(examples = "16") int repositories,

            @Schema(description = "of each repository", examples = "10000")
            int files,

            @Schema(examples = "8192") int answers) {}
}
