package dev.devmentor.learning.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is known of a learner in one skill. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SkillView(
        @Schema(examples = "kafka.partitions") String skill,

        @Schema(
                description =
                        "ability in the skill, in logits: 0 answers half of the questions of average difficulty right, 1.1 three of four",
                examples = "0.62")
        double rating,

        @Schema(description = "standard deviation of the rating, in logits; grows with time away", examples = "0.41")
        double uncertainty,

        @Schema(description = "predicted share of right answers to questions of average difficulty", examples = "0.64")
        double expected,

        @Schema(description = "unknown, novice, beginner, intermediate, advanced or expert", examples = "intermediate")
        String level,

        @Schema(description = "rising, steady or falling, from the last few answers", examples = "rising")
        String trend,

        @Schema(examples = "23") int answers,
        @Schema(examples = "17") int right,

        @Schema(description = "completed tasks that needed it", examples = "2")
        int tasks,

        @Schema(examples = "2026-03-01T08:30:00Z") @Nullable Instant lastPractisedAt,

        @Schema(description = "answers by level of Bloom's taxonomy")
        List<Level> bloom) {

    /** Answers at one level; {@code unknown} if nobody said which. */
    public record Level(
            @Schema(examples = "apply") String level,
            @Schema(examples = "9") int answers,
            @Schema(examples = "6") int right) {}

    /** One page, in the order of the skills' ids. */
    @Schema(examples = """
            {"learner": "demo", "total": 31,
             "skills": [{"skill": "kafka.partitions", "rating": 0.62, "uncertainty": 0.41, "expected": 0.64,
              "level": "intermediate", "trend": "rising", "answers": 23, "right": 17, "tasks": 2,
              "lastPractisedAt": "2026-03-01T08:30:00Z", "bloom": [{"level": "apply", "answers": 9, "right": 6}]}],
             "next": "a2Fma2EucGFydGl0aW9ucw"}""")
    public record Page(
            @Schema(examples = "demo") String learner,

            @Schema(description = "skills in all pages together", examples = "31")
            int total,

            List<SkillView> skills,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(description = "'cursor' of the next page; null if this is the last")
            @Nullable String next) {}
}
