package dev.devmentor.learning.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
    @Schema(examples = """
            {"learner": "demo", "at": "2026-03-01T10:00:00Z", "total": 1,
             "items": [{"item": "sql-joins-1", "title": "Left join", "dueAt": "2026-02-27T04:00:00Z", "overdueDays": 2,
              "state": "review", "skills": ["sql.joins"], "predictedRecall": 0.86,
              "reason": {"kind": "scheduled",
               "text": "8 days after the answer of 2026-02-19, by FSRS-7 for a retention of 90 %"}}],
             "next": null}""")
    public record Page(
            String learner,
            Instant at,
            int total,
            List<DueItem> items,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}
}
