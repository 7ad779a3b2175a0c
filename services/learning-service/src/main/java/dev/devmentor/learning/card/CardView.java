package dev.devmentor.learning.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A card as shown.
 *
 * @param state new, learning, review, relearning or suspended
 * @param dueAt null if nothing made it due yet
 * @param intervalDays days from the last answer to the due date it gave; 0 after Again
 * @param scheduler the scheduler that gave the due date
 * @param predictedRecall probability of recall now, 0 to 1, by FSRS (the one that decides, FSRS-7 beside SM-2) with the
 *     learner's weights, corrected for how the last answers went where the whole card is asked for
 * @param stabilityDays days after an answer at which recall has fallen to 90 %
 * @param deck the deck it lies in; absent if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"item": "sql-joins-1", "title": "Left join", "state": "review", "skills": ["sql.joins"],
         "dueAt": "2026-03-09T04:00:00Z", "intervalDays": 8, "scheduler": "fsrs7", "desiredRetention": 0.9,
         "predictedRecall": 0.97, "stabilityDays": 8.4, "deck": "sql", "answers": 3, "lapses": 0, "lastGrade": 3,
         "lastAnsweredAt": "2026-03-01T10:00:00Z", "negativeGaps": 0,
         "sm2": {"ease": 2.5, "intervalDays": 15, "repetitions": 3},
         "fsrs6": {"stability": 8.1, "difficulty": 5.3},
         "fsrs7": {"stability": 8.4, "fastStability": 2.2, "difficulty": 5.2}}""")
public record CardView(
        String item,
        @Nullable String title,
        String state,
        List<String> skills,
        @Nullable Instant dueAt,
        int intervalDays,
        @Nullable String scheduler,
        @Nullable Double desiredRetention,
        @Nullable Double predictedRecall,
        @Nullable Double stabilityDays,
        @Nullable String deck,
        int answers,
        int lapses,
        @Nullable Integer lastGrade,
        @Nullable Instant lastAnsweredAt,
        int negativeGaps,
        @Nullable Sm2View sm2,
        @Nullable Fsrs6View fsrs6,
        @Nullable Fsrs7View fsrs7) {

    /** What SM-2 knows of the card. */
    public record Sm2View(double ease, int intervalDays, int repetitions) {}

    /** What FSRS-6 knows of the card; stability in days, difficulty 1 to 10. */
    public record Fsrs6View(double stability, double difficulty) {}

    /** What FSRS-7 knows of the card; stability of the slow and of the fast trace in days, difficulty 1 to 10. */
    public record Fsrs7View(double stability, double fastStability, double difficulty) {}

    /** The view of a card at a time, under its learner's weights. */
    public static CardView of(Card card, Predictor predictor, @Nullable String title, long nowMicros) {
        CardState state = card.state();
        Scheduler by = state.scheduledBy();
        Fsrs6Memory fsrs6 = state.fsrs6();
        Fsrs7Memory fsrs7 = state.fsrs7();
        return new CardView(
                card.key().item(),
                title,
                stateName(state),
                card.skills(),
                state.dueAtMicros() == CardState.NOT_DUE ? null : Micros.toInstant(state.dueAtMicros()),
                state.scheduledDays(),
                by == null ? null : by.wireName(),
                by == null ? null : state.scheduledRetention(),
                state.isReviewed() ? predictor.recall(state, nowMicros) : null,
                state.isReviewed() ? state.stability(predictor.models()) : null,
                state.deck().isEmpty() ? null : state.deck(),
                state.answers(),
                state.lapses(),
                state.isReviewed() ? state.lastGrade() : null,
                state.isReviewed() ? Micros.toInstant(state.lastAtMicros()) : null,
                state.negativeGaps(),
                state.isReviewed()
                        ? new Sm2View(
                                state.sm2().ease(),
                                state.sm2().intervalDays(),
                                state.sm2().repetitions())
                        : null,
                fsrs6 == null ? null : new Fsrs6View(fsrs6.stability(), fsrs6.difficulty()),
                fsrs7 == null ? null : new Fsrs7View(fsrs7.stability(), fsrs7.fastStability(), fsrs7.difficulty()));
    }

    /** The name of a state in the API. */
    public static String stateName(CardState state) {
        return state.suspended() ? "suspended" : name(state.phase());
    }

    private static String name(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
