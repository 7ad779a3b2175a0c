package dev.devmentor.learning.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Every achievement, and which of them the learner has. */
@Schema(examples = """
        {"learner": "demo", "unlocked": 1,
         "achievements": [{"id": "week", "title": "A week", "condition": "Keep a streak of 7 days",
          "unlockedAt": "2026-03-01T08:30:00Z"},
          {"id": "month", "title": "A month", "condition": "Keep a streak of 30 days"}]}""")
public record AchievementsView(
        @Schema(examples = "demo") String learner,

        @Schema(description = "how many are unlocked", examples = "3")
        int unlocked,

        List<Item> achievements) {

    /** One achievement. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            @Schema(examples = "week") String id,
            @Schema(examples = "A week") String title,

            @Schema(description = "what it takes", examples = "Keep a streak of 7 days")
            String condition,

            @Schema(description = "when it was reached; absent if it was not", examples = "2026-03-01T08:30:00Z")
            @Nullable Instant unlockedAt) {}
}
