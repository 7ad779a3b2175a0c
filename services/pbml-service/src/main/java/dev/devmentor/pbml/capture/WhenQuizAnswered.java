package dev.devmentor.pbml.capture;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.owner.OwnerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A question was answered: an observation that is known by its answer's id as well. */
@ApplicationScoped
class WhenQuizAnswered implements EventHandler<QuizAnswered> {
    private static final Capture<QuizAnswered> CAPTURE = new Capture<>(
            EventTypes.QUIZ_ANSWERED,
            ObservationKind.ANSWER,
            QuizAnswered::answeredAt,
            data -> OwnerName.person(data.learner()),
            QuizAnswered::answerId);

    private final ObservationLog log;

    WhenQuizAnswered(ObservationLog log) {
        this.log = log;
    }

    @Override
    public EventType<QuizAnswered> type() {
        return CAPTURE.type();
    }

    @Override
    public Instant occurredAt(QuizAnswered data) {
        return CAPTURE.occurredAt().apply(data);
    }

    @Override
    public void apply(BatchWork work, List<Received<QuizAnswered>> events) throws SQLException {
        CAPTURE.record(log, work, events);
    }
}
