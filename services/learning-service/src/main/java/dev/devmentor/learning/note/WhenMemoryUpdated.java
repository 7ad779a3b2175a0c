package dev.devmentor.learning.note;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Outcomes;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A memory was saved: it counts as contact with its skills, and becomes an offer, in its deck, if it asks to be reviewed.
 */
@ApplicationScoped
class WhenMemoryUpdated implements EventHandler<MemoryUpdated> {
    private final ReviewLog log;
    private final NoteTable notes;

    WhenMemoryUpdated(ReviewLog log, NoteTable notes) {
        this.log = log;
        this.notes = notes;
    }

    @Override
    public EventType<MemoryUpdated> type() {
        return EventTypes.MEMORY_UPDATED;
    }

    @Override
    public Instant occurredAt(MemoryUpdated data) {
        return data.updatedAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<MemoryUpdated>> events) throws SQLException {
        List<LogEntry> entries =
                new ArrayList<>(events.stream().map(WhenMemoryUpdated::toEntry).toList());
        for (Received<MemoryUpdated> event : events) {
            if (saysTheDeck(event)) {
                entries.add(toDeckEntry(event));
            }
        }
        List<Recorded> recorded = log.record(work.unit(), entries).subList(0, events.size());
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i) instanceof Recorded.Added added) {
                notes.put(
                        work.unit().connection(),
                        added.learner().id(),
                        events.get(i).event().data(),
                        events.get(i).event().envelope());
            }
        }
        Outcomes.settle(work, type().name(), events, recorded);
    }

    /** An import says itself which cards lie in which deck: only those that were answered. */
    private static boolean saysTheDeck(Received<MemoryUpdated> event) {
        MemoryUpdated memory = event.event().data();
        return memory.deck() != null
                && memory.review()
                && !memory.deleted()
                && !EventSource.isImport(event.event().envelope().source());
    }

    private static LogEntry toDeckEntry(Received<MemoryUpdated> event) {
        MemoryUpdated memory = event.event().data();
        return LogEntry.ofCard(
                        memory.learner(),
                        EntryKind.DECK,
                        Micros.of(memory.updatedAt()),
                        event.event().envelope().source(),
                        EventEncoder.contentId("deck", event.event().envelope().id()),
                        NoteTable.item(memory.memoryId()))
                .withRef(Objects.requireNonNull(memory.deck()));
    }

    private static LogEntry toEntry(Received<MemoryUpdated> event) {
        MemoryUpdated memory = event.event().data();
        return LogEntry.ofLearner(
                memory.learner(),
                EntryKind.NOTE,
                Micros.of(memory.updatedAt()),
                event.event().envelope().source(),
                event.event().envelope().id(),
                memory.memoryId(),
                memory.skills(),
                new String(EventEncoder.encodeData(EventTypes.MEMORY_UPDATED, memory), StandardCharsets.UTF_8));
    }
}
