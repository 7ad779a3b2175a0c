package dev.devmentor.learning.analytics;

import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.Memories;
import dev.devmentor.learning.engine.analytics.MemoryModel;
import dev.devmentor.learning.engine.analytics.SimulatedCard;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The one place that says by which model analytics judge a learner's memory. */
final class LearnerMemory {
    private static final MemoryModel MODEL = MemoryModel.of(Fsrs6.DEFAULT);

    private LearnerMemory() {}

    /** The model for everything that is simulated. */
    static MemoryModel model() {
        return MODEL;
    }

    /** Recall of a card at an instant; NaN if it was never answered. */
    static double recall(CardState state, long nowMicros) {
        return state.retrievability(nowMicros);
    }

    /** Stability in days; NaN if the card was never answered. */
    static double stability(CardState state) {
        Fsrs6Memory memory = state.fsrs6();
        return memory == null ? Double.NaN : memory.stability();
    }

    /** Difficulty, 1 to 10; NaN if the card was never answered. */
    static double difficulty(CardState state) {
        Fsrs6Memory memory = state.fsrs6();
        return memory == null ? Double.NaN : memory.difficulty();
    }

    /** Recall predicted before each answer, by row; NaN for a card's first. */
    static double[] predicted(AnswerHistory history) {
        return Memories.of(MODEL, history).predicted();
    }

    /** A card as a simulation takes it; null if it is not to be asked: new or suspended. */
    static @Nullable SimulatedCard simulated(CardState state, LearnerSettings settings) {
        Fsrs6Memory memory = state.fsrs6();
        if (memory == null || state.suspended() || state.dueAtMicros() == CardState.NOT_DUE) {
            return null;
        }
        return new SimulatedCard(
                memory.stability(),
                0,
                memory.difficulty(),
                state.lastLocalDay(),
                state.lastGrade(),
                LocalDays.localDay(state.dueAtMicros(), ZoneId.of(settings.zone()), settings.rolloverHour()));
    }
}
