package dev.devmentor.learning.log;

import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.learner.Learner;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry on its way into the log. In order of learners, neighbours are neighbours in the indexes. */
final class PendingEntry implements Comparable<PendingEntry> {
    private final int index;
    private final LogEntry entry;
    private final Learner learner;
    private final Identity eventIdentity;
    private final @Nullable Identity answerIdentity;
    private final @Nullable CardKey card;
    private final String zone;
    private final int localDay;

    /**
     * @param settings those in force when the entry happened
     */
    PendingEntry(int index, LogEntry entry, Learner learner, LearnerSettings settings) {
        this.index = index;
        this.entry = entry;
        this.learner = learner;
        this.eventIdentity = Identity.ofEvent(learner.id(), entry.source(), entry.eventId());
        boolean answer = entry.kind() == EntryKind.ANSWER;
        this.answerIdentity = answer ? Identity.ofAnswer(learner.id(), Objects.requireNonNull(entry.ref())) : null;
        this.card = entry.item() == null ? null : new CardKey(learner.id(), entry.item());
        this.zone = entry.zone() == null ? settings.zone() : entry.zone();
        this.localDay = entry.kind().hasLocalDay()
                ? LocalDays.localDay(entry.atMicros(), ZoneId.of(zone), settings.rolloverHour())
                : 0;
    }

    private PendingEntry(PendingEntry same, LogEntry entry) {
        this.index = same.index;
        this.entry = entry;
        this.learner = same.learner;
        this.eventIdentity = same.eventIdentity;
        this.answerIdentity = same.answerIdentity;
        this.card = same.card;
        this.zone = same.zone;
        this.localDay = same.localDay;
    }

    /** The same answer with an interval that was chosen for its load, in whole days. */
    PendingEntry withChosenDays(int days) {
        return new PendingEntry(this, entry.withDue(days));
    }

    @Override
    public int compareTo(PendingEntry other) {
        int byLearner = Long.compare(eventIdentity.learnerId(), other.eventIdentity.learnerId());
        return byLearner != 0 ? byLearner : Integer.compare(index, other.index);
    }

    /** Place in the caller's list. */
    int index() {
        return index;
    }

    LogEntry entry() {
        return entry;
    }

    Learner learner() {
        return learner;
    }

    Identity eventIdentity() {
        return eventIdentity;
    }

    @Nullable Identity answerIdentity() {
        return answerIdentity;
    }

    String zone() {
        return zone;
    }

    int localDay() {
        return localDay;
    }

    CardKey card() {
        return Objects.requireNonNull(card);
    }

    StoredEntry stored() {
        LogEntry resolved = entry.kind() == EntryKind.ANSWER && entry.zone() == null ? entry.withZone(zone) : entry;
        return new StoredEntry(learner.id(), resolved, localDay);
    }
}
