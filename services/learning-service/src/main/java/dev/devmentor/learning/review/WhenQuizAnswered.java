package dev.devmentor.learning.review;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.learning.log.Outcomes;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** An answer was given: it goes into the log, and its card gets a new due date. */
@ApplicationScoped
class WhenQuizAnswered implements EventHandler<QuizAnswered> {
    private final ReviewLog log;

    WhenQuizAnswered(ReviewLog log) {
        this.log = log;
    }

    @Override
    public EventType<QuizAnswered> type() {
        return EventTypes.QUIZ_ANSWERED;
    }

    @Override
    public Instant occurredAt(QuizAnswered data) {
        return data.answeredAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<QuizAnswered>> events) throws SQLException {
        List<Recorded> recorded = log.record(
                work.unit(),
                events.stream()
                        .map(event -> Answers.toEntry(
                                event.event().envelope().source(),
                                event.event().envelope().id(),
                                event.event().data(),
                                event.traceparent()))
                        .toList());
        Outcomes.settle(work, type().name(), events, recorded);
    }
}
