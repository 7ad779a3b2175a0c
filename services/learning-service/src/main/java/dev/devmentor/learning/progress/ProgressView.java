package dev.devmentor.learning.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.learning.person.LoadView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a learner has done so far.
 *
 * @param answers answers in the log, also those taken back
 * @param cards cards with a state
 * @param dueNow cards to review now, without offers
 * @param byState number of cards by state
 * @param streakDays days in a row with an answer, up to today or yesterday
 * @param recentAccuracy share of right answers in the last 30 days with answers, 0 to 1
 * @param achievements ids of what was reached, in the order of reaching
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"learner": "demo", "answers": 412, "correct": 361, "cards": 120, "dueNow": 14,
         "byState": {"learning": 4, "new": 6, "review": 110}, "activeDays": 23, "streakDays": 9, "answersToday": 31,
         "recentAccuracy": 0.876, "lastAnsweredAt": "2026-03-01T10:00:00Z",
         "skills": [{"skill": "sql.joins", "cards": 12, "dueNow": 2, "predictedRecall": 0.91}],
         "xp": {"points": 412, "today": 64, "level": 3, "levelFrom": 300, "nextLevelFrom": 600},
         "streak": {"days": 9, "longest": 21, "freezes": 1, "freezesUsed": 2, "activeToday": true},
         "achievements": ["first-step", "hundred", "week"],
         "load": {"load": 0.34, "slowness": 0.2, "errors": 0.35, "complexity": 0.5, "length": 0.4, "minutes": 24,
          "answers": 31, "hardShare": 0.23}}""")
public record ProgressView(
        String learner,
        long answers,
        long correct,
        int cards,
        int dueNow,
        Map<String, Integer> byState,
        int activeDays,
        int streakDays,
        long answersToday,
        @Nullable Double recentAccuracy,
        @Nullable Instant lastAnsweredAt,
        List<Skill> skills,
        Xp xp,
        Streak streak,
        List<String> achievements,
        LoadView load) {

    /** Points, and the level that they make: level L begins at 50 L (L - 1) points. */
    public record Xp(
            @Schema(examples = "412") long points,

            @Schema(description = "points of the learner's day so far", examples = "64")
            int today,

            @Schema(examples = "3") int level,

            @Schema(description = "points at which this level began", examples = "300")
            long levelFrom,

            @Schema(description = "points at which the next one begins", examples = "600")
            long nextLevelFrom) {}

    /**
     * Days in a row with honest effort, which freezes may hold together.
     *
     * @param freezes left today, at most 2; each seven days in a row earn one, and a missed day uses one up by itself
     */
    public record Streak(
            @Schema(examples = "9") int days,
            @Schema(examples = "21") int longest,
            @Schema(examples = "1") int freezes,
            @Schema(examples = "2") int freezesUsed,

            @Schema(description = "whether today counts already", examples = "true")
            boolean activeToday) {}

    /**
     * A skill as its cards show it.
     *
     * @param predictedRecall mean probability of recall now over its reviewed cards
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Skill(
            String skill, int cards, int dueNow, @Nullable Double predictedRecall) {}
}
