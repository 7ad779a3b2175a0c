package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.CardFold.Subject;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Models;
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
 * @param stability days until recall is 90 %; NaN if no answer counts
 * @param difficulty 1 to 10; NaN if no answer counts
 * @param wantedDays what FSRS (the one that decides, FSRS-7 beside SM-2) would wait for the wanted retention, not rounded
 *     and not limited; NaN if no answer counts
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
        double wantedDays,
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
     * @param fold under the learner's settings and weights
     * @param subject the card's name and skills
     */
    public static Why why(CardState state, CardFold fold, Subject subject, long nowMicros) {
        Models models = fold.modelsNow();
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
                state.retrievability(models, nowMicros),
                state.retrievability(models, state.dueAtMicros()),
                state.stability(models),
                state.difficulty(),
                wantedDays(state, models),
                state.sm2().ease(),
                state.sm2().intervalDays(),
                state.sm2().repetitions(),
                fold.daysNow(state, subject));
    }

    private static double wantedDays(CardState state, Models models) {
        Fsrs6Memory fsrs6 = state.fsrs6();
        Fsrs7Memory fsrs7 = state.fsrs7();
        if (fsrs6 == null || fsrs7 == null) {
            return Double.NaN;
        }
        double retention = state.scheduledRetention();
        return state.scheduledBy() == Scheduler.FSRS6
                ? models.fsrs6().nextInterval(fsrs6.stability(), retention)
                : models.fsrs7().nextInterval(fsrs7, retention);
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
