package dev.devmentor.learning.choice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to do next, and why.
 *
 * @param load of the work under way
 * @param strategies how often each way of choosing is drawn, and what it has brought
 * @param items in the order in which they should be done
 * @param paths where the caller's paths go on
 */
public record Recommendation(
        String learner, Instant at, Load load, List<StrategyShare> strategies, List<Item> items, List<PathStep> paths) {

    /**
     * The work since the last pause of half an hour.
     *
     * @param surprise right minus expected over its last answers, -1 to 1
     * @param breakProposed whether a pause would do more than a question
     * @param reason of the proposal
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Load(
            long minutes,
            int answers,
            double surprise,
            boolean breakProposed,
            @Nullable Integer breakMinutes,
            @Nullable String reason) {}

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
            @Nullable UUID path) {}

    /** Where a path goes on. */
    public record PathStep(UUID id, String title, String skill) {}
}
