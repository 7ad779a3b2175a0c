package dev.devmentor.learning.erasure;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.events.UserErasureCompleted;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.learning.log.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A person is erased: everything of theirs goes, a keyed hash stays, and {@code user.erasure-completed} says how much it
 * was. Whatever arrives for them later is counted and does nothing.
 */
@ApplicationScoped
class WhenUserErased implements EventHandler<UserErased> {
    private static final List<String> TABLES = List.of(
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
    private final Tombstones tombstones;
    private final Clock clock;

    WhenUserErased(Learners learners, Tombstones tombstones, Clock clock) {
        this.learners = learners;
        this.tombstones = tombstones;
        this.clock = clock;
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
        for (Received<UserErased> event : events) {
            boolean first = isFirst(work.unit().connection(), event.event().envelope());
            if (first) {
                erase(work.unit(), event);
            }
            work.unit().count(type().name(), first ? Outcome.APPLIED : Outcome.DUPLICATE, 1);
        }
    }

    private static boolean isFirst(Connection connection, Envelope envelope) throws SQLException {
        String key = EventEncoder.contentId(envelope.source(), envelope.id());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO erasure (event_key) VALUES (?::uuid) ON CONFLICT (event_key) DO NOTHING")) {
            insert.setString(1, key);
            return insert.executeUpdate() == 1;
        }
    }

    private void erase(UnitOfWork work, Received<UserErased> event) throws SQLException {
        Connection connection = work.connection();
        String sub = event.event().data().learner();
        Instant now = clock.instant();
        long id = learners.lockForErasure(connection, sub);
        Map<String, Long> counts = new TreeMap<>();
        for (String table : TABLES) {
            counts.put(table, delete(connection, "DELETE FROM " + table + " WHERE learner_id = ?", id));
        }
        // Whoever is taking a note away now deletes it, and then waits for us.
        delete(connection, """
                DELETE FROM touched WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM touched WHERE learner_id = ? FOR UPDATE SKIP LOCKED))""", id);
        delete(connection, "DELETE FROM learner WHERE id = ?", id);
        tombstones.put(connection, sub, now);
        UserErasureCompleted done = new UserErasureCompleted(
                sub, "learning-service", event.event().envelope().id(), counts, now, null);
        work.publish(
                EventTypes.USER_ERASURE_COMPLETED,
                new Envelope(
                        UUID.randomUUID().toString(),
                        EventSource.URI,
                        EventTypes.USER_ERASURE_COMPLETED.name(),
                        now,
                        null,
                        EventTypes.USER_ERASURE_COMPLETED.schemaUri(),
                        event.traceparent(),
                        null),
                sub,
                done);
    }

    private static long delete(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, id);
            return delete.executeLargeUpdate();
        }
    }
}
