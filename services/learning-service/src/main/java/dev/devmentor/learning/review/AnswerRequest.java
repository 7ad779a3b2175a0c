package dev.devmentor.learning.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An answer given over HTTP. The same rules hold as for {@code quiz.answered}. */
@Schema(description = "An answer. Give a grade, or correct, or both if they agree.", examples = """
        {"item": "sql-joins-1", "grade": 3, "answerId": "2f0d6f3c", "answeredAt": "2026-03-01T10:00:00Z",
         "zone": "Europe/Vienna", "skills": ["sql.joins"], "responseTimeMs": 8400}""")
public record AnswerRequest(
        @Schema(examples = "sql-joins-1", description = "The card", required = true) @JsonProperty("item") @Nullable String item,

        @Schema(description = "1 again, 2 hard, 3 good, 4 easy") @Nullable Integer grade,

        @Schema(description = "false stands for grade 1, true for grade 3") @Nullable Boolean correct,

        @Schema(description = "Makes the answer safe to repeat; chosen here if absent") @Nullable String answerId,

        @Schema(description = "RFC 3339; now if absent") @Nullable String answeredAt,

        @Schema(description = "IANA zone; the learner's setting if absent") @Nullable String zone,

        @Nullable List<String> skills,
        @Nullable String quiz,
        @Nullable Integer responseTimeMs,
        @Nullable String bloom,
        @Nullable Double difficulty,
        @Nullable String source,

        @Schema(description = "why the card was asked, such as due-review") @Nullable String strategy) {}
