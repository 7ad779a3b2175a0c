package dev.devmentor.pbml.capture;

import dev.devmentor.events.CodeChanged;
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

/** Code was changed: an observation of whoever changed it. */
@ApplicationScoped
class WhenCodeChanged implements EventHandler<CodeChanged> {
    private static final Capture<CodeChanged> CAPTURE = Capture.of(
            EventTypes.CODE_CHANGED,
            ObservationKind.CODE,
            CodeChanged::changedAt,
            data -> OwnerName.person(data.learner()));

    private final ObservationLog log;

    WhenCodeChanged(ObservationLog log) {
        this.log = log;
    }

    @Override
    public EventType<CodeChanged> type() {
        return CAPTURE.type();
    }

    @Override
    public Instant occurredAt(CodeChanged data) {
        return CAPTURE.occurredAt().apply(data);
    }

    @Override
    public void apply(BatchWork work, List<Received<CodeChanged>> events) throws SQLException {
        CAPTURE.record(log, work, events);
    }
}
