package dev.devmentor.learning.quiz;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Answers to a quiz: all of them, or some and the others later. */
@Schema(description = "Answers to a quiz: all of them, or some and the others later.", examples = """
        {"quizId": "8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11",
         "answers": [{"questionId": "bank:kafka-same-key-same-partition", "choices": ["b"], "responseTimeMs": 21000},
          {"questionId": "bank:sql-null-in-where", "skipped": true}]}""")
public record SubmitRequest(
        @Schema(required = true) @Nullable String quizId,

        @Schema(description = "at most 50", required = true) @Nullable List<@Nullable Answer> answers) {

    /** One answer. Which part is given depends on the type of the question. */
    @Schema(name = "QuizAnswer", description = "One answer. Which part is given depends on the type of the question.")
    public record Answer(
            @Schema(required = true) @Nullable String questionId,

            @Schema(description = "of a choice and a spot-the-bug: ids of options", examples = "[\"b\"]") @Nullable List<@Nullable String> choices,

            @Schema(description = "of an ordering: ids of all items, the first one first") @Nullable List<@Nullable String> order,

            @Schema(description = "of a fill-in: one text for each blank") @Nullable List<@Nullable String> blanks,

            @Schema(description = "of a free text, at most 10000 characters") @Nullable String text,

            @Schema(description = "true: I don't know") @Nullable Boolean skipped,

            @Schema(description = "milliseconds from the question to the answer, 0 to 86400000") @Nullable Integer responseTimeMs) {}
}
