package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.CardFold.Rules;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Why a card is due when it is: what decided, and the numbers that went in.
 *
 * @param reason what decided the due date
 * @param suspended the card is put aside, whatever its due date
 * @param scheduler the scheduler that decided; null if no answer counts
 * @param wantedRetention the retention that the decision aimed at; 0 if no answer counts
 * @param lastGrade 1 to 4; 0 if no answer counts
 * @param lastAtMicros time of the last answer; 0 if none counts
 * @param dueAtMicros microseconds since 1970-01-01T00:00Z; {@link CardState#NOT_DUE} if nothing decided
 * @param scheduledDays the interval in whole days; 0 after Again
 * @param elapsedDays days since the last answer with their fraction
 * @param recallNow predicted probability of recall now; NaN if no answer counts
 * @param recallAtDue predicted probability of recall at the due date; NaN if no answer counts
 * @param stability days until recall is 90 % (FSRS-6); NaN if no answer counts
 * @param difficulty 1 to 10 (FSRS-6); NaN if no answer counts
 * @param fsrs6IntervalDays what FSRS-6 would wait for the wanted retention, not rounded and not limited; NaN if no
 *     answer counts
 * @param ease SM-2's E-factor
 * @param sm2IntervalDays what SM-2 would wait
 * @param repetitions answers in a row that passed (SM-2)
 * @param daysUnderPresentSettings the interval that the last answer would give under the settings passed; 0 after
 *     Again, and if no answer counts
 */
public record Why(
        Reason reason,
        boolean suspended,
        @Nullable Scheduler scheduler,
        double wantedRetention,
        int lastGrade,
        long lastAtMicros,
        long dueAtMicros,
        int scheduledDays,
        double elapsedDays,
        double recallNow,
        double recallAtDue,
        double stability,
        double difficulty,
        double fsrs6IntervalDays,
        double ease,
        int sm2IntervalDays,
        int repetitions,
        int daysUnderPresentSettings) {

    /** What decided a due date. */
    public enum Reason {
        /** Nothing yet: no answer counts, and nobody gave a date. */
        NEVER_ANSWERED,
        /** The last answer was Again: the card comes back after the delay in the settings. */
        FAILED,
        /** The interval of the scheduler, at the start of the learner's day. */
        INTERVAL,
        /** A reschedule entry: somebody or something moved the date. */
        MOVED
    }

    /**
     * Explains a card.
     *
     * @param settings the learner's present settings
     */
    public static Why why(CardState state, LearnerSettings settings, long nowMicros) {
        Fsrs6Memory fsrs6 = state.fsrs6();
        boolean answered = fsrs6 != null;
        return new Why(
                reason(state),
                state.suspended(),
                state.scheduledBy(),
                state.scheduledRetention(),
                state.lastGrade(),
                state.lastAtMicros(),
                state.dueAtMicros(),
                state.scheduledDays(),
                state.elapsedDays(nowMicros),
                state.retrievability(nowMicros),
                state.retrievability(state.dueAtMicros()),
                fsrs6 == null ? Double.NaN : fsrs6.stability(),
                fsrs6 == null ? Double.NaN : fsrs6.difficulty(),
                fsrs6 == null ? Double.NaN : Fsrs6.DEFAULT.nextInterval(fsrs6.stability(), state.scheduledRetention()),
                state.sm2().ease(),
                state.sm2().intervalDays(),
                state.sm2().repetitions(),
                answered ? FoldingCard.daysUnder(state, new Rules(settings)) : 0);
    }

    private static Reason reason(CardState state) {
        if (state.dueMoved()) {
            return Reason.MOVED;
        }
        if (!state.isReviewed()) {
            return Reason.NEVER_ANSWERED;
        }
        return state.lastGrade() == 1 ? Reason.FAILED : Reason.INTERVAL;
    }
}
