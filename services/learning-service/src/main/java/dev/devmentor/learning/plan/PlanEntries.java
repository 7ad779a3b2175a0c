package dev.devmentor.learning.plan;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.learning.engine.plan.Move;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.LogEntry;
import java.util.UUID;

/** How plans stand in the review log. */
final class PlanEntries {
    private PlanEntries() {}

    /**
     * A card gets another due day.
     *
     * @param dueMicros when that day begins
     * @param detail the move as JSON
     * @param cause event id of the answer after which it was moved; empty if it was moved when the plan was made
     */
    static LogEntry move(
            Learner learner, UUID planId, Move move, long dueMicros, String detail, long atMicros, String cause) {
        return entry(learner, EntryKind.RESCHEDULE, planId, move.item(), atMicros, cause)
                .withDue(dueMicros)
                .withDetail(detail);
    }

    /** None of a plan's moves of a card counts any longer. */
    static LogEntry unplan(Learner learner, UUID planId, String item, long atMicros) {
        return entry(learner, EntryKind.UNPLAN, planId, item, atMicros, "");
    }

    private static LogEntry entry(
            Learner learner, EntryKind kind, UUID planId, String item, long atMicros, String cause) {
        String eventId = cause.isEmpty()
                ? EventEncoder.contentId(kind.name(), learner.sub(), planId.toString(), item)
                : EventEncoder.contentId(kind.name(), learner.sub(), planId.toString(), item, cause);
        return LogEntry.ofCard(learner.sub(), kind, atMicros, EventSource.URI, eventId, item)
                .withRef(planId.toString())
                .withAssignedTime();
    }
}
