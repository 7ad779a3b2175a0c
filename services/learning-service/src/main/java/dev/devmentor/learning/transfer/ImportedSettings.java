package dev.devmentor.learning.transfer;

import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.SettingsDetail;
import dev.devmentor.learning.learner.WeightsDetail;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.KnownEntries;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes over settings and weights of an export, for who has none yet: with them answers are computed as they were. Who has
 * chosen settings here keeps them.
 */
@ApplicationScoped
class ImportedSettings {
    private final ReviewLog log;
    private final Learners learners;
    private final KnownEntries known;

    ImportedSettings(ReviewLog log, Learners learners, KnownEntries known) {
        this.log = log;
        this.learners = learners;
        this.known = known;
    }

    /**
     * Records entries of kinds {@code SETTINGS}, {@code SETTINGS_UNDO} and {@code WEIGHTS}.
     *
     * @return how many are new; −1 if the learner has settings of another origin, and nothing was recorded
     */
    long record(UnitOfWork work, Learner learner, List<LogEntry> entries) throws SQLException {
        if (learner.hasTimeline()
                && known.events(
                                        work.connection(),
                                        learner.id(),
                                        entries.getFirst().source(),
                                        entries.stream().map(LogEntry::eventId).toList())
                                .size()
                        < entries.size()) {
            return -1;
        }
        long added = log.record(work, entries).stream()
                .filter(Recorded.Added.class::isInstance)
                .count();
        if (added == 0) {
            return 0;
        }
        LogEntry settings = newest(entries, EntryKind.SETTINGS);
        if (settings != null) {
            learners.storeSettings(
                    work.connection(), learner.id(), SettingsDetail.parse(detail(settings)), settings.atMicros());
        }
        LogEntry weights = newest(entries, EntryKind.WEIGHTS);
        if (weights != null) {
            learners.storeWeights(work.connection(), learner.id(), WeightsDetail.parse(detail(weights)));
        }
        Map<String, Learner> now = learners.lock(work.connection(), List.of(learner.sub()));
        log.refoldAll(work, Objects.requireNonNull(now.get(learner.sub())));
        return added;
    }

    private static String detail(LogEntry entry) {
        return Objects.requireNonNull(entry.detail());
    }

    private static @Nullable LogEntry newest(List<LogEntry> entries, EntryKind kind) {
        LogEntry newest = null;
        for (LogEntry entry : entries) {
            // Of two at one time the one with the greater id is the later, as everywhere.
            if (entry.kind() == kind
                    && (newest == null
                            || entry.atMicros() > newest.atMicros()
                            || entry.atMicros() == newest.atMicros()
                                    && entry.eventId().compareTo(newest.eventId()) > 0)) {
                newest = entry;
            }
        }
        return newest;
    }
}
