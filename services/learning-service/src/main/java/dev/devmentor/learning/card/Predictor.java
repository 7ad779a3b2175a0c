package dev.devmentor.learning.card;

import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;

/**
 * Predicts a learner's recall: the models with the learner's weights, corrected for how the last answers went.
 *
 * <p>The offset is learnt from the errors of FSRS-7, so it corrects that model alone: a bias of one model says nothing of
 * another's.
 *
 * @param offset {@link OnlineOffset#NONE} if nothing was learnt yet
 */
public record Predictor(Models models, OnlineOffset offset) {

    /** The models alone. */
    public static Predictor of(Models models) {
        return new Predictor(models, OnlineOffset.NONE);
    }

    /** The probability of recall of a card at an instant, 0 to 1; NaN if no answer counts. */
    public double recall(CardState state, long atMicros) {
        if (!state.isReviewed()) {
            return Double.NaN;
        }
        double recall = state.retrievability(models, atMicros);
        return state.scheduledBy() == Scheduler.FSRS6 ? recall : offset.apply(recall);
    }
}
