package dev.devmentor.learning.analytics;

import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.SimulatedCard;
import java.util.List;
import java.util.Objects;

/**
 * What a learner has, as read at one moment.
 *
 * @param memory by which recall is judged
 * @param today the learner's day
 * @param nowMicros microseconds since 1970-01-01T00:00Z
 * @param history answers that count
 * @param cards all of them
 */
record Snapshot(LearnerMemory memory, int today, long nowMicros, AnswerHistory history, List<Card> cards) {

    /** Those that a simulation asks. */
    List<SimulatedCard> simulated() {
        return cards.stream()
                .map(card -> memory.simulated(card.state()))
                .filter(Objects::nonNull)
                .toList();
    }
}
