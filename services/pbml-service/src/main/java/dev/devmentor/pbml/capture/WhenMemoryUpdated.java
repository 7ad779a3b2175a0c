package dev.devmentor.pbml.capture;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.owner.OwnerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A memory was stored, changed or deleted: an observation of whose it is. */
@ApplicationScoped
class WhenMemoryUpdated implements EventHandler<MemoryUpdated> {
    private static final Capture<MemoryUpdated> CAPTURE = Capture.of(
            EventTypes.MEMORY_UPDATED,
            ObservationKind.MEMORY,
            MemoryUpdated::updatedAt,
            data -> OwnerName.person(data.learner()));

    private final ObservationLog log;

    WhenMemoryUpdated(ObservationLog log) {
        this.log = log;
    }

    @Override
    public EventType<MemoryUpdated> type() {
        return CAPTURE.type();
    }

    @Override
    public Instant occurredAt(MemoryUpdated data) {
        return CAPTURE.occurredAt().apply(data);
    }

    @Override
    public void apply(BatchWork work, List<Received<MemoryUpdated>> events) throws SQLException {
        CAPTURE.record(log, work, events);
    }
}
