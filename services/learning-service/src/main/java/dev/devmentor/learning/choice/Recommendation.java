package dev.devmentor.learning.choice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.learning.hint.HintNote;
import dev.devmentor.learning.person.LoadView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to do next, and why.
 *
 * @param load of the work under way, with the break that it proposes; the same as {@code GET load}
 * @param strategies how often each way of choosing is drawn, and what it has brought
 * @param items in the order in which they should be done
 * @param note why there are fewer than wanted of the one strategy that was asked for; absent otherwise
 * @param missing questions that the bank lacks, at most one a skill and ten in all
 * @param paths where the caller's paths go on
 * @param hints what hints of the caller's rhythm changed; empty if none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"learner": "demo", "at": "2026-03-01T10:00:00Z",
         "load": {"load": 0.34, "slowness": 0.2, "errors": 0.35, "complexity": 0.5, "length": 0.4, "minutes": 24,
          "answers": 31, "hardShare": 0.23},
         "strategies": [{"strategy": "due-review", "share": 0.4, "help": 0.08},
          {"strategy": "weakest-skill", "share": 0.2, "help": 0.05},
          {"strategy": "optimal-challenge", "share": 0.2, "help": 0.04},
          {"strategy": "prerequisite-repair", "share": 0.1, "help": 0.0},
          {"strategy": "interleaved-exploration", "share": 0.1, "help": 0.0}],
         "items": [{"item": "bank:kafka-same-key-same-partition", "kind": "review",
          "prompt": "What follows for records with the same key?", "skills": ["kafka.partitions"],
          "strategy": "due-review", "reason": "its review is due: you would recall it with 86 %", "settles": [],
          "predictedSuccess": 0.81, "predictedRecall": 0.86, "seconds": 40}],
         "missing": [],
         "paths": [{"id": "c1f7a5f2-8d0e-4b8b-9a55-3f1e0f6f2c40", "title": "Backend engineer",
          "skill": "kafka.partitions"}],
         "hints": [{"patternId": "rhythm-5f0e6f2c40", "kind": "rhythm",
          "sentence": "you do well for about 35 minutes; this list ends there"}]}""")
public record Recommendation(
        String learner,
        Instant at,

        @Schema(description = "cognitive load of the session under way, with the break that it proposes")
        LoadView load,

        List<StrategyShare> strategies,
        List<Item> items,

        @Schema(
                description =
                        "why there are fewer than wanted of the one strategy that was asked for; absent otherwise")
        @Nullable String note,

        @Schema(description = "questions that the bank lacks, at most one entry a skill and ten in all")
        List<MissingItems> missing,

        List<PathStep> paths,

        @Schema(description = "what hints of when and how long the caller learns well changed; empty if none did")
        List<HintNote> hints) {

    /**
     * A way of choosing.
     *
     * @param share how often it is drawn, 0 to 1
     * @param help mean rise of the predicted success that its questions were followed by
     */
    public record StrategyShare(String strategy, double share, double help) {}

    /**
     * Something to do.
     *
     * @param kind review, question or path-step
     * @param prompt of a question of the bank; absent for other items
     * @param because of a repair, the skill that goes badly
     * @param settles items that need no review of their own if this one is right
     * @param predictedSuccess probability of a right answer
     * @param predictedRecall of an item that was met before
     * @param path of a path-step
     * @param hint what moved it or brought it in; absent if no hint did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String item,
            String kind,
            @Nullable String prompt,
            List<String> skills,
            String strategy,
            String reason,
            @Nullable String because,
            List<String> settles,
            double predictedSuccess,
            @Nullable Double predictedRecall,
            @Nullable Integer seconds,
            @Nullable UUID path,
            @Nullable HintNote hint) {
        Item with(HintNote newHint) {
            return new Item(
                    item,
                    kind,
                    prompt,
                    skills,
                    strategy,
                    reason,
                    because,
                    settles,
                    predictedSuccess,
                    predictedRecall,
                    seconds,
                    path,
                    newHint);
        }
    }

    /** Where a path goes on. */
    public record PathStep(UUID id, String title, String skill) {}
}
