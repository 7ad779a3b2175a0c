package dev.devmentor.learning.settings;

import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Micros;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import dev.devmentor.learning.log.SettingsDetail;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes a learner's settings: an entry of the log, the learner's row, and only if asked the due dates of all cards.
 * Every card carries the memory of every scheduler, so another scheduler needs no replay; it decides from the next
 * answer on.
 */
@ApplicationScoped
class ChangeSettings {
    private final Learners learners;
    private final ReviewLog log;
    private final Clock clock;

    ChangeSettings(Learners learners, ReviewLog log, Clock clock) {
        this.learners = learners;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What a change led to.
     *
     * @param rescheduled cards whose due date was computed anew
     */
    record Changed(LearnerSettings settings, int rescheduled) {}

    /** Changes settings; empty if the learner was erased. */
    Optional<Changed> change(UnitOfWork work, String sub, UnaryOperator<LearnerSettings> change, boolean reschedule)
            throws SQLException {
        Map<String, Learner> locked = learners.lock(work.connection(), List.of(sub));
        Learner learner = locked.get(sub);
        if (learner == null) {
            return Optional.empty();
        }
        LearnerSettings settings = change.apply(learner.settings());
        if (settings.equals(learner.settings()) && !reschedule) {
            return Optional.of(new Changed(settings, 0));
        }
        // Two changes in one microsecond would have no order that anybody chose.
        long at = Micros.of(clock.instant());
        Long last = learner.settingsAtMicros();
        if (last != null && at <= last) {
            at = last + 1;
        }
        LogEntry entry = LogEntry.ofLearner(
                sub,
                EntryKind.SETTINGS,
                at,
                EventSource.URI,
                UUID.randomUUID().toString(),
                null,
                List.of(),
                SettingsDetail.of(settings, reschedule));
        Recorded recorded = log.record(work, List.of(entry)).getFirst();
        if (!(recorded instanceof Recorded.Added)) {
            throw new IllegalStateException("a settings entry with a new id was not added: " + recorded);
        }
        learners.storeSettings(work.connection(), learner.id(), settings, at);
        return Optional.of(new Changed(settings, log.refoldUnder(work, learner, at, reschedule)));
    }
}
