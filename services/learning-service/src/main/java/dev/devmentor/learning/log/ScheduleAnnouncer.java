package dev.devmentor.learning.log;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.ReviewScheduled;
import dev.devmentor.events.SchedulerName;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says {@code review.scheduled} of every card that was folded, also of one that became new again: whoever reminds people
 * has to know that there is nothing left to remind of.
 */
@ApplicationScoped
class ScheduleAnnouncer {
    private final Clock clock;

    ScheduleAnnouncer(Clock clock) {
        this.clock = clock;
    }

    /** Announces each folded card once, with the newest of the entries that changed it as the cause. */
    void announce(
            UnitOfWork work,
            Map<CardKey, List<PendingEntry>> causes,
            Map<CardKey, Card> folded,
            Map<Long, String> subs) {
        Instant now = clock.instant();
        for (Map.Entry<CardKey, List<PendingEntry>> cause : causes.entrySet()) {
            Card card = Objects.requireNonNull(folded.get(cause.getKey()));
            LogEntry newest = cause.getValue().getLast().entry();
            announce(
                    work,
                    card,
                    Objects.requireNonNull(subs.get(card.key().learnerId())),
                    cause.getValue().getLast().learner().models(),
                    newest.kind() == EntryKind.ANSWER ? newest.ref() : null,
                    newest.traceparent(),
                    now);
        }
    }

    void announce(
            UnitOfWork work,
            Card card,
            String learner,
            Models models,
            @Nullable String answerId,
            @Nullable String traceparent,
            Instant now) {
        CardState state = card.state();
        long dueAtMicros = state.dueAtMicros() == CardState.NOT_DUE ? state.foldedAtMicros() : state.dueAtMicros();
        Scheduler by = state.scheduledBy();
        boolean reviewed = state.isReviewed();
        ReviewScheduled data = new ReviewScheduled(
                learner,
                card.key().item(),
                Micros.toInstant(dueAtMicros),
                state.scheduledDays(),
                by == null ? SchedulerName.FSRS7 : wireName(by),
                answerId,
                reviewed ? Micros.toInstant(state.lastAtMicros()) : null,
                wireState(state),
                reviewed ? state.stability(models) : null,
                reviewed ? state.difficulty() : null,
                state.answers(),
                state.lapses(),
                state.scheduledRetention() == 0 ? null : state.scheduledRetention(),
                null);
        work.publish(
                EventTypes.REVIEW_SCHEDULED,
                new Envelope(
                        UUID.randomUUID().toString(),
                        EventSource.URI,
                        EventTypes.REVIEW_SCHEDULED.name(),
                        now,
                        null,
                        EventTypes.REVIEW_SCHEDULED.schemaUri(),
                        traceparent,
                        null),
                learner,
                data);
    }

    private static SchedulerName wireName(Scheduler scheduler) {
        return switch (scheduler) {
            case SM2 -> SchedulerName.SM2;
            case FSRS6 -> SchedulerName.FSRS6;
            case FSRS7 -> SchedulerName.FSRS7;
        };
    }

    private static dev.devmentor.events.CardState wireState(CardState state) {
        if (state.suspended()) {
            return dev.devmentor.events.CardState.SUSPENDED;
        }
        return switch (state.phase()) {
            case NEW -> dev.devmentor.events.CardState.NEW;
            case LEARNING -> dev.devmentor.events.CardState.LEARNING;
            case REVIEW -> dev.devmentor.events.CardState.REVIEW;
            case RELEARNING -> dev.devmentor.events.CardState.RELEARNING;
        };
    }
}
