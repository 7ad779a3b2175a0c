package dev.devmentor.learning.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A card with why it is due when it is, and its newest entries, newest first. */
public record CardDetail(
        @JsonUnwrapped CardView card, WhyDue why, List<HistoryEntry> history, boolean historyComplete) {

    /**
     * Why a card is due when it is.
     *
     * @param reason never-answered, failed, interval or moved
     * @param text the same for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WhyDue(
            String reason,
            String text,
            @Nullable String scheduler,
            @Nullable Double desiredRetention,
            @Nullable Integer intervalDays,
            @Nullable Double predictedRecallNow,
            @Nullable Double predictedRecallWhenDue,
            double elapsedDays) {}

    /**
     * An entry of the log.
     *
     * @param localDay day of an answer at the learner, as it was when the answer came in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistoryEntry(
            String kind,
            Instant at,
            @Nullable String answerId,
            @Nullable Integer grade,
            @Nullable LocalDate localDay,
            @Nullable String zone,
            @Nullable Integer responseTimeMs,
            @Nullable Instant dueAt,
            String source,
            String eventId) {}
}
