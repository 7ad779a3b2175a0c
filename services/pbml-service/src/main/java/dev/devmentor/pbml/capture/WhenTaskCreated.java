package dev.devmentor.pbml.capture;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.owner.OwnerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task was created: it is an observation of whoever it was given to. A task of nobody is ignored. */
@ApplicationScoped
class WhenTaskCreated implements EventHandler<TaskCreated> {
    private static final Capture<TaskCreated> CAPTURE = Capture.of(
            EventTypes.TASK_CREATED, ObservationKind.TASK_CREATED, TaskCreated::createdAt, WhenTaskCreated::owner);

    private final ObservationLog log;

    WhenTaskCreated(ObservationLog log) {
        this.log = log;
    }

    @Override
    public EventType<TaskCreated> type() {
        return CAPTURE.type();
    }

    @Override
    public Instant occurredAt(TaskCreated data) {
        return CAPTURE.occurredAt().apply(data);
    }

    @Override
    public void apply(BatchWork work, List<Received<TaskCreated>> events) throws SQLException {
        CAPTURE.record(log, work, events);
    }

    private static @Nullable OwnerName owner(TaskCreated data) {
        String learner = data.learner();
        return learner == null ? null : OwnerName.person(learner);
    }
}
