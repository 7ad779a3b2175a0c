package dev.devmentor.learning.card;

import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Models;

/**
 * Predicts a learner's recall: the models with the learner's weights, corrected for how the last answers went.
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
        return state.isReviewed() ? offset.apply(state.retrievability(models, atMicros)) : Double.NaN;
    }
}
