package dev.devmentor.learning.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A card with why it is due when it is, and its newest entries, newest first. */
@Schema(examples = """
        {"item": "sql-joins-1", "title": "Left join", "state": "review", "skills": ["sql.joins"],
         "dueAt": "2026-03-09T04:00:00Z", "intervalDays": 8, "scheduler": "fsrs7", "desiredRetention": 0.9,
         "predictedRecall": 0.97, "stabilityDays": 8.4, "deck": "sql", "answers": 3, "lapses": 0, "lastGrade": 3,
         "lastAnsweredAt": "2026-03-01T10:00:00Z", "negativeGaps": 0,
         "sm2": {"ease": 2.5, "intervalDays": 15, "repetitions": 3},
         "fsrs6": {"stability": 8.1, "difficulty": 5.3},
         "fsrs7": {"stability": 8.4, "fastStability": 2.2, "difficulty": 5.2},
         "why": {"reason": "interval",
          "text": "8 days after the answer of 2026-03-01: then the recall predicted at that answer falls to the\
         wanted 90 %",
          "scheduler": "fsrs7", "desiredRetention": 0.9, "intervalDays": 8, "predictedRecallNow": 0.97,
          "predictedRecallWhenDue": 0.9, "elapsedDays": 1.5},
         "history": [{"kind": "answer", "at": "2026-03-01T10:00:00Z", "answerId": "2f0d6f3c", "grade": 3,
          "localDay": "2026-03-01", "zone": "Europe/Vienna", "responseTimeMs": 8400,
          "source": "/devmentor/learning-service", "eventId": "0f8b4c6e2a917d35"}],
         "historyComplete": false}""")
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
