package dev.devmentor.learning.analytics;

import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.Memories;
import dev.devmentor.learning.engine.analytics.MemoryModel;
import dev.devmentor.learning.engine.analytics.SimulatedCard;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The one place that says by which model analytics judge a learner's memory: what is shown of cards now is what the service predicts
 * everywhere; histories and simulations take the learner's weights of FSRS-6 if that is the scheduler chosen, else of FSRS-7 (SM-2
 * has no model of memory).
 *
 * @param settings in force
 * @param predictor the learner's
 */
record LearnerMemory(LearnerSettings settings, Predictor predictor) {

    /** Of somebody who is not known yet. */
    static final LearnerMemory UNKNOWN = new LearnerMemory(LearnerSettings.DEFAULT, Predictor.of(Models.DEFAULT));

    /** The model for histories and simulations. */
    MemoryModel model() {
        return isFsrs6()
                ? MemoryModel.of(predictor.models().fsrs6())
                : MemoryModel.of(predictor.models().fsrs7());
    }

    /** Recall of a card at an instant; NaN if it was never answered. */
    double recall(CardState state, long nowMicros) {
        return predictor.recall(state, nowMicros);
    }

    /** Days after which recall has fallen to 90 %; NaN if the card was never answered. */
    double stability(CardState state) {
        return state.stability(predictor.models());
    }

    /** Recall predicted before each answer, by row; NaN for a card's first. */
    double[] predicted(AnswerHistory history) {
        return Memories.of(model(), history).predicted();
    }

    /** A card as a simulation takes it; null if it is not to be asked: new or suspended. */
    @Nullable SimulatedCard simulated(CardState state) {
        Fsrs6Memory fsrs6 = state.fsrs6();
        Fsrs7Memory fsrs7 = state.fsrs7();
        if (fsrs6 == null || fsrs7 == null || state.suspended() || state.dueAtMicros() == CardState.NOT_DUE) {
            return null;
        }
        return new SimulatedCard(
                isFsrs6() ? fsrs6.stability() : fsrs7.stability(),
                isFsrs6() ? 0 : fsrs7.fastStability(),
                isFsrs6() ? fsrs6.difficulty() : fsrs7.difficulty(),
                state.lastLocalDay(),
                state.lastGrade(),
                LocalDays.localDay(state.dueAtMicros(), ZoneId.of(settings.zone()), settings.rolloverHour()));
    }

    private boolean isFsrs6() {
        return settings.scheduler() == Scheduler.FSRS6;
    }
}
