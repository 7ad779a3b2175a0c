package dev.devmentor.learning.task;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
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

/** A task was completed: its skills no longer come forward. The entry stays as evidence of work with them. */
@ApplicationScoped
class WhenTaskCompleted implements EventHandler<TaskCompleted> {
    private final ReviewLog log;
    private final FocusTable focus;

    WhenTaskCompleted(ReviewLog log, FocusTable focus) {
        this.log = log;
        this.focus = focus;
    }

    @Override
    public EventType<TaskCompleted> type() {
        return EventTypes.TASK_COMPLETED;
    }

    @Override
    public Instant occurredAt(TaskCompleted data) {
        return data.completedAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<TaskCompleted>> events) throws SQLException {
        List<Recorded> recorded = log.record(
                work.unit(), events.stream().map(WhenTaskCompleted::toEntry).toList());
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i) instanceof Recorded.Added added) {
                focus.close(
                        work.unit().connection(),
                        added.learner().id(),
                        events.get(i).event().data().taskId());
            }
        }
        Outcomes.settle(work, type().name(), events, recorded);
    }

    private static LogEntry toEntry(Received<TaskCompleted> event) {
        TaskCompleted task = event.event().data();
        return LogEntry.ofLearner(
                task.learner(),
                EntryKind.TASK_COMPLETED,
                Micros.of(task.completedAt()),
                event.event().envelope().source(),
                event.event().envelope().id(),
                task.taskId(),
                task.skills(),
                new String(EventEncoder.encodeData(EventTypes.TASK_COMPLETED, task), StandardCharsets.UTF_8));
    }
}
