package dev.devmentor.learning.log;

import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.List;
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
                entry.dueMicros(),
                entry.skills());
    }

    /** @param dueMicros of a reschedule the due time, of an answer the chosen interval in days */
    static Entry toEngine(
            EntryKind kind,
            EntryKey key,
            @Nullable String ref,
            int localDay,
            String zone,
            int grade,
            int responseMs,
            long dueMicros,
            List<String> skills) {
        return switch (kind) {
            case ANSWER ->
                new Entry.Answer(
                        key, Objects.requireNonNull(ref), localDay, zone, Grade.of(grade), responseMs, skills, (int)
                                dueMicros);
            case UNDO -> new Entry.Undo(key, Objects.requireNonNull(ref));
            case RESET -> new Entry.Reset(key);
            case RESCHEDULE -> new Entry.Reschedule(key, dueMicros, Objects.requireNonNullElse(ref, ""));
            case UNPLAN -> new Entry.Unplan(key, Objects.requireNonNull(ref));
            case DECK -> new Entry.Deck(key, Objects.requireNonNull(ref));
            case SUSPEND -> new Entry.Suspend(key);
            case RESUME -> new Entry.Resume(key);
            case SETTINGS, TASK_CREATED, TASK_COMPLETED, NOTE, WEIGHTS, SETTINGS_UNDO, POINTS, HINT ->
                throw new IllegalStateException(kind + " is not folded into a card");
        };
    }
}
