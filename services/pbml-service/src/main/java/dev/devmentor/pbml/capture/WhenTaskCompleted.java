package dev.devmentor.pbml.capture;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.owner.OwnerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A task was completed: an observation of whoever finished it. */
@ApplicationScoped
class WhenTaskCompleted implements EventHandler<TaskCompleted> {
    private static final Capture<TaskCompleted> CAPTURE = Capture.of(
            EventTypes.TASK_COMPLETED,
            ObservationKind.TASK_COMPLETED,
            TaskCompleted::completedAt,
            data -> OwnerName.person(data.learner()));

    private final ObservationLog log;

    WhenTaskCompleted(ObservationLog log) {
        this.log = log;
    }

    @Override
    public EventType<TaskCompleted> type() {
        return CAPTURE.type();
    }

    @Override
    public Instant occurredAt(TaskCompleted data) {
        return CAPTURE.occurredAt().apply(data);
    }

    @Override
    public void apply(BatchWork work, List<Received<TaskCompleted>> events) throws SQLException {
        CAPTURE.record(log, work, events);
    }
}
