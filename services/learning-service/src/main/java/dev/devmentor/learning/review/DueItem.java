package dev.devmentor.learning.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to review.
 *
 * @param overdueDays whole days since it fell due, 0 if it comes before that
 * @param predictedRecall probability of recall at the time asked for, 0 to 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DueItem(
        String item,
        @Nullable String title,
        Instant dueAt,
        long overdueDays,
        String state,
        List<String> skills,
        @Nullable Double predictedRecall,
        Reason reason) {

    /**
     * Why it is in the list.
     *
     * @param kind {@code scheduled}, {@code failed}, {@code moved}, {@code task} or {@code note}
     * @param text the same for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(
            String kind,
            String text,
            @Nullable String task,
            @Nullable String skill) {}

    /** One page. */
    public record Page(
            String learner,
            Instant at,
            int total,
            List<DueItem> items,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}
}
