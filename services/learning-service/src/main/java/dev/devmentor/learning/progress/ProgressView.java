package dev.devmentor.learning.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
        List<Skill> skills) {

    /**
     * A skill as its cards show it.
     *
     * @param predictedRecall mean probability of recall now over its reviewed cards
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Skill(
            String skill, int cards, int dueNow, @Nullable Double predictedRecall) {}
}
