package dev.devmentor.auth.erasure;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.Reason;
import dev.devmentor.events.UserErasureCompleted;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A service has forgotten a person: that is noted, and perhaps it was the last. */
@ApplicationScoped
class WhenUserErasureCompleted implements EventHandler<UserErasureCompleted> {
    private final ErasureSaga saga;

    WhenUserErasureCompleted(ErasureSaga saga) {
        this.saga = saga;
    }

    @Override
    public EventType<UserErasureCompleted> type() {
        return EventTypes.USER_ERASURE_COMPLETED;
    }

    @Override
    public Instant occurredAt(UserErasureCompleted data) {
        return data.completedAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<UserErasureCompleted>> events) throws SQLException {
        // Requests are locked in one order.
        List<Received<UserErasureCompleted>> sorted = events.stream()
                .sorted(Comparator.comparing(received ->
                        ErasureSaga.requestId(received.event().data().erasureId())))
                .toList();
        for (Received<UserErasureCompleted> received : sorted) {
            UserErasureCompleted data = received.event().data();
            ErasureSaga.Answered answered =
                    saga.answered(work.unit(), data.erasureId(), data.service(), data.learner(), data.counts());
            switch (answered) {
                case NOTED -> count(work, Outcome.APPLIED);
                case REPEATED -> count(work, Outcome.DUPLICATE);
                case NOT_OURS -> count(work, Outcome.IGNORED);
                case CONTRADICTS ->
                    work.deadLetter(
                            received,
                            Reason.CONFLICTING_DUPLICATE,
                            "it answers an erasure of ours for another person than it was asked for");
            }
        }
    }

    private static void count(BatchWork work, Outcome outcome) {
        work.unit().count(EventTypes.USER_ERASURE_COMPLETED.name(), outcome, 1);
    }
}
