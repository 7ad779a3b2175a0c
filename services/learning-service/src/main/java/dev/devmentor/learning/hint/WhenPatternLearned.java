package dev.devmentor.learning.hint;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternScope;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Outcomes;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A pattern was learned: one of how a person learns becomes a hint, others are nothing to this service. */
@ApplicationScoped
class WhenPatternLearned implements EventHandler<PatternLearned> {
    private final ReviewLog log;
    private final HintTable hints;

    WhenPatternLearned(ReviewLog log, HintTable hints) {
        this.log = log;
        this.hints = hints;
    }

    @Override
    public EventType<PatternLearned> type() {
        return EventTypes.PATTERN_LEARNED;
    }

    @Override
    public Instant occurredAt(PatternLearned data) {
        return data.learnedAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<PatternLearned>> events) throws SQLException {
        List<Received<PatternLearned>> ours = events.stream()
                .filter(event -> concernsLearning(event.event().data()))
                .toList();
        work.unit().count(type().name(), Outcome.IGNORED, events.size() - ours.size());
        if (ours.isEmpty()) {
            return;
        }
        List<LogEntry> entries = ours.stream().map(WhenPatternLearned::toEntry).toList();
        List<Recorded> recorded = log.record(work.unit(), entries);
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i) instanceof Recorded.Added added) {
                hints.put(
                        work.unit().connection(),
                        added.learner().id(),
                        ours.get(i).event().data(),
                        ours.get(i).event().envelope(),
                        Objects.requireNonNull(entries.get(i).detail()));
            }
        }
        Outcomes.settle(work, type().name(), ours, recorded);
    }

    private static boolean concernsLearning(PatternLearned pattern) {
        return pattern.scope() == PatternScope.PERSON && KnownHint.isHint(pattern.kind());
    }

    private static LogEntry toEntry(Received<PatternLearned> event) {
        PatternLearned pattern = event.event().data();
        return LogEntry.ofLearner(
                Objects.requireNonNull(pattern.scopeId(), "what holds for a person says for whom"),
                EntryKind.HINT,
                Micros.of(pattern.learnedAt()),
                event.event().envelope().source(),
                event.event().envelope().id(),
                pattern.patternId(),
                pattern.skills(),
                new String(EventEncoder.encodeData(EventTypes.PATTERN_LEARNED, pattern), StandardCharsets.UTF_8));
    }
}
