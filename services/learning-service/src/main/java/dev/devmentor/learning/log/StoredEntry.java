package dev.devmentor.learning.log;

import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.Objects;

/**
 * An entry as it lies in the log.
 *
 * @param localDay local day of an answer, computed when it was ingested; 0 for other kinds
 */
public record StoredEntry(long learnerId, LogEntry entry, int localDay) {
    EntryKey key() {
        return new EntryKey(entry.atMicros(), entry.source(), entry.eventId());
    }

    /** Whether it is folded into a card. */
    public boolean concernsCard() {
        return entry.kind().concernsCard();
    }

    /** What the engine folds; only for kinds that concern a card. */
    Entry toEngine() {
        EntryKey key = key();
        return switch (entry.kind()) {
            case ANSWER ->
                new Entry.Answer(
                        key,
                        Objects.requireNonNull(entry.ref()),
                        localDay,
                        Objects.requireNonNull(entry.zone()),
                        Grade.of(entry.grade()),
                        entry.responseMs());
            case UNDO -> new Entry.Undo(key, Objects.requireNonNull(entry.ref()));
            case RESET -> new Entry.Reset(key);
            case RESCHEDULE -> new Entry.Reschedule(key, entry.dueMicros());
            case SUSPEND -> new Entry.Suspend(key);
            case RESUME -> new Entry.Resume(key);
            case SETTINGS, TASK_CREATED, TASK_COMPLETED, NOTE ->
                throw new IllegalStateException(entry.kind() + " is not folded into a card");
        };
    }
}
