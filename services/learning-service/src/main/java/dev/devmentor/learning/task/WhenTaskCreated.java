package dev.devmentor.learning.task;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Outcomes;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A task was created: the skills it needs are noted, so that what is weak of them comes up before the work starts. */
@ApplicationScoped
class WhenTaskCreated implements EventHandler<TaskCreated> {
    private final ReviewLog log;
    private final FocusTable focus;

    WhenTaskCreated(ReviewLog log, FocusTable focus) {
        this.log = log;
        this.focus = focus;
    }

    @Override
    public EventType<TaskCreated> type() {
        return EventTypes.TASK_CREATED;
    }

    @Override
    public Instant occurredAt(TaskCreated data) {
        return data.createdAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<TaskCreated>> events) throws SQLException {
        List<Received<TaskCreated>> assigned = events.stream()
                .filter(event -> event.event().data().learner() != null)
                .toList();
        work.unit().count(type().name(), Outcome.IGNORED, events.size() - assigned.size());
        if (assigned.isEmpty()) {
            return;
        }
        List<Recorded> recorded = log.record(
                work.unit(), assigned.stream().map(WhenTaskCreated::toEntry).toList());
        for (int i = 0; i < recorded.size(); i++) {
            TaskCreated task = assigned.get(i).event().data();
            if (recorded.get(i) instanceof Recorded.Added added
                    && !task.skills().isEmpty()) {
                focus.open(
                        work.unit().connection(),
                        added.learner().id(),
                        task,
                        assigned.get(i).event().envelope());
            }
        }
        Outcomes.settle(work, type().name(), assigned, recorded);
    }

    private static LogEntry toEntry(Received<TaskCreated> event) {
        TaskCreated task = event.event().data();
        return LogEntry.ofLearner(
                Objects.requireNonNull(task.learner()),
                EntryKind.TASK_CREATED,
                Micros.of(task.createdAt()),
                event.event().envelope().source(),
                event.event().envelope().id(),
                task.taskId(),
                task.skills(),
                new String(EventEncoder.encodeData(EventTypes.TASK_CREATED, task), StandardCharsets.UTF_8));
    }
}
