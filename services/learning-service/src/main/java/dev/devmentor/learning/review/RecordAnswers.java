package dev.devmentor.learning.review;

import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records answers that this service took itself: log, cards, and a {@code quiz.answered} for each that is new. */
@ApplicationScoped
public class RecordAnswers {
    private final ReviewLog log;

    RecordAnswers(ReviewLog log) {
        this.log = log;
    }

    /**
     * An answer, valid by the contract of its event.
     *
     * @param timeAssigned whether this service chose the time because the caller gave none
     */
    public record Taken(QuizAnswered answer, boolean timeAssigned) {}

    /**
     * Records answers in the caller's transaction.
     *
     * @return for each answer, in the same order, what became of it
     */
    public List<Recorded> record(UnitOfWork work, List<Taken> taken, Instant now, @Nullable String traceparent)
            throws SQLException {
        List<LogEntry> entries = new ArrayList<>(taken.size());
        for (Taken one : taken) {
            var envelope = AnswerParser.envelope(one.answer(), now, traceparent);
            LogEntry entry = Answers.toEntry(envelope.source(), envelope.id(), one.answer(), traceparent);
            entries.add(one.timeAssigned() ? entry.withAssignedTime() : entry);
        }
        List<Recorded> recorded = log.record(work, entries);
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i) instanceof Recorded.Added) {
                QuizAnswered answer = taken.get(i).answer();
                work.publish(
                        EventTypes.QUIZ_ANSWERED,
                        AnswerParser.envelope(answer, now, traceparent),
                        answer.learner(),
                        answer);
            }
        }
        return recorded;
    }
}
