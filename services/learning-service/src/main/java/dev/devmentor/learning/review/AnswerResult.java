package dev.devmentor.learning.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.problem.Problem;
import dev.devmentor.learning.card.CardView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an answer led to.
 *
 * @param status HTTP status that this answer alone would have got
 * @param repeated whether the answer was known already and changed nothing
 * @param problem what was wrong with it; everything else is absent then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"status": 200, "item": "sql-joins-1", "answerId": "2f0d6f3c", "repeated": false,
         "dueAt": "2026-03-09T04:00:00Z", "intervalDays": 8, "state": "review", "scheduler": "fsrs7"}""")
public record AnswerResult(
        int status,
        @Nullable String item,
        @Nullable String answerId,
        @Nullable Boolean repeated,
        @Nullable Instant dueAt,
        @Nullable Integer intervalDays,
        @Nullable String state,
        @Nullable String scheduler,
        @Nullable Problem problem) {

    static AnswerResult of(String item, String answerId, boolean repeated, @Nullable CardView card) {
        return new AnswerResult(
                200,
                item,
                answerId,
                repeated,
                card == null ? null : card.dueAt(),
                card == null ? null : card.intervalDays(),
                card == null ? null : card.state(),
                card == null ? null : card.scheduler(),
                null);
    }

    static AnswerResult failed(Problem problem) {
        return new AnswerResult(problem.status(), null, null, null, null, null, null, null, problem);
    }
}
