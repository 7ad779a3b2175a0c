package dev.devmentor.learning.erasure;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.erasure.Erasures;
import dev.devmentor.kit.fold.Touched;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A person is erased: everything of theirs goes. Whatever arrives for them later is counted and does nothing. */
@ApplicationScoped
class WhenUserErased implements EventHandler<UserErased> {
    static final List<String> TABLES = List.of(
            "entry",
            "card",
            "focus",
            "note",
            "hint",
            "person_state",
            "achievement",
            "fit",
            "grown_log",
            "quiz",
            "own_question",
            "interview",
            "plan",
            "import_job",
            "path");

    private final Learners learners;
    private final Touched touched;
    private final Erasures erasures;

    WhenUserErased(Learners learners, Touched touched, Erasures erasures) {
        this.learners = learners;
        this.touched = touched;
        this.erasures = erasures;
    }

    @Override
    public EventType<UserErased> type() {
        return EventTypes.USER_ERASED;
    }

    @Override
    public Instant occurredAt(UserErased data) {
        return data.erasedAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<UserErased>> events) throws SQLException {
        erasures.answer(work.unit(), EventSource.URI, events, this::deleteAllOf);
    }

    private Map<String, Long> deleteAllOf(Connection connection, String sub) throws SQLException {
        long id = learners.lockForErasure(connection, sub);
        Map<String, Long> counts = Erasures.deleteRows(connection, TABLES, "learner_id", id);
        touched.forget(connection, id);
        learners.remove(connection, id);
        return counts;
    }
}
