package dev.devmentor.learning.settings;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.Preferences;
import dev.devmentor.learning.learner.SettingsDetail;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
     * @param id of the settings entry, by which its move of due dates can be taken back; null if nothing was written
     * @param rescheduled cards whose due date was computed anew
     */
    record Changed(
            LearnerSettings settings,
            Preferences preferences,
            @Nullable String id,
            int rescheduled) {}

    /** Changes settings; empty if the learner was erased. */
    Optional<Changed> change(
            UnitOfWork work,
            String sub,
            UnaryOperator<LearnerSettings> change,
            UnaryOperator<Preferences> preferring,
            boolean reschedule)
            throws SQLException {
        Map<String, Learner> locked = learners.lock(work.connection(), List.of(sub));
        Learner learner = locked.get(sub);
        if (learner == null) {
            return Optional.empty();
        }
        LearnerSettings settings = change.apply(learner.settings());
        Preferences preferences = preferring.apply(learner.preferences());
        if (settings.equals(learner.settings()) && preferences.equals(learner.preferences()) && !reschedule) {
            return Optional.of(new Changed(settings, preferences, null, 0));
        }
        // Two changes in one microsecond would have no order that anybody chose.
        long at = Micros.of(clock.instant());
        Long last = learner.settingsAtMicros();
        if (last != null && at <= last) {
            at = last + 1;
        }
        String id = UUID.randomUUID().toString();
        SettingsDetail detail = new SettingsDetail(settings, preferences, reschedule);
        add(
                work,
                LogEntry.ofLearner(sub, EntryKind.SETTINGS, at, EventSource.URI, id, null, List.of(), detail.toJson()));
        learners.storeSettings(work.connection(), learner.id(), detail, at);
        Learner changed =
                new Learner(learner.id(), sub, settings, preferences, at, learner.models(), learner.plansUntilDay());
        return Optional.of(new Changed(settings, preferences, id, log.refoldUnder(work, changed, at, reschedule)));
    }

    /**
     * Takes back the move of due dates that came with settings; the settings stay.
     *
     * @param id of the settings entry
     * @return number of cards that have their due date back; empty if there is no such entry of this learner
     */
    Optional<Integer> undoReschedule(UnitOfWork work, String sub, String id) throws SQLException {
        Learner learner = learners.lock(work.connection(), List.of(sub)).get(sub);
        if (learner == null || !log.hasSettings(work.connection(), learner, id)) {
            return Optional.empty();
        }
        LogEntry entry = LogEntry.ofLearner(
                sub,
                EntryKind.SETTINGS_UNDO,
                Micros.of(clock.instant()),
                EventSource.URI,
                EventEncoder.contentId("settings-undo", sub, id),
                id,
                List.of(),
                null);
        if (log.record(work, List.of(entry.withAssignedTime())).getFirst() instanceof Recorded.Repeated) {
            return Optional.of(0);
        }
        return Optional.of(log.refoldAll(work, learner));
    }

    private void add(UnitOfWork work, LogEntry entry) throws SQLException {
        Recorded recorded = log.record(work, List.of(entry)).getFirst();
        if (!(recorded instanceof Recorded.Added)) {
            throw new IllegalStateException("a settings entry with a new id was not added: " + recorded);
        }
    }
}
