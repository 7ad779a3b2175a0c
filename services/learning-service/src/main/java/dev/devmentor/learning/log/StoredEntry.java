package dev.devmentor.learning.log;

import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it lies in the log.
 *
 * @param localDay local day of an answer, computed when it was ingested; 0 for other kinds
 */
public record StoredEntry(long learnerId, LogEntry entry, int localDay) {
    EntryKey key() {
        return new EntryKey(entry.atMicros(), entry.source(), entry.eventId());
    }

    /** What the engine folds; only for kinds that concern a card. */
    Entry toEngine() {
        return toEngine(
                entry.kind(),
                key(),
                entry.ref(),
                localDay,
                Objects.requireNonNullElse(entry.zone(), ""),
                entry.grade(),
                entry.responseMs(),
                entry.dueMicros());
    }

    static Entry toEngine(
            EntryKind kind,
            EntryKey key,
            @Nullable String ref,
            int localDay,
            String zone,
            int grade,
            int responseMs,
            long dueMicros) {
        return switch (kind) {
            case ANSWER ->
                new Entry.Answer(key, Objects.requireNonNull(ref), localDay, zone, Grade.of(grade), responseMs);
            case UNDO -> new Entry.Undo(key, Objects.requireNonNull(ref));
            case RESET -> new Entry.Reset(key);
            case RESCHEDULE -> new Entry.Reschedule(key, dueMicros);
            case SUSPEND -> new Entry.Suspend(key);
            case RESUME -> new Entry.Resume(key);
            case SETTINGS, TASK_CREATED, TASK_COMPLETED, NOTE, POINTS ->
                throw new IllegalStateException(kind + " is not folded into a card");
        };
    }
}
