package dev.devmentor.pbml.capture;

import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
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

/**
 * An error was seen: an observation of the person whose run it was; of a run that was nobody's, of the repository. One that
 * names neither is ignored.
 */
@ApplicationScoped
class WhenErrorObserved implements EventHandler<ErrorObserved> {
    private static final Capture<ErrorObserved> CAPTURE = Capture.of(
            EventTypes.ERROR_OBSERVED, ObservationKind.ERROR, ErrorObserved::observedAt, WhenErrorObserved::owner);

    private final ObservationLog log;

    WhenErrorObserved(ObservationLog log) {
        this.log = log;
    }

    @Override
    public EventType<ErrorObserved> type() {
        return CAPTURE.type();
    }

    @Override
    public Instant occurredAt(ErrorObserved data) {
        return CAPTURE.occurredAt().apply(data);
    }

    @Override
    public void apply(BatchWork work, List<Received<ErrorObserved>> events) throws SQLException {
        CAPTURE.record(log, work, events);
    }

    private static @Nullable OwnerName owner(ErrorObserved data) {
        String learner = data.learner();
        if (learner != null) {
            return OwnerName.person(learner);
        }
        String repository = data.repository();
        return repository == null ? null : OwnerName.repository(repository);
    }
}
