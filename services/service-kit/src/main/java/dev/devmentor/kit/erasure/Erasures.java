package dev.devmentor.kit.erasure;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.events.UserErasureCompleted;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import dev.devmentor.kit.transaction.UnitOfWork;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers requests to forget a person, each once: what the service has of them goes, a tombstone stays, and {@code
 * user.erasure-completed} says how much it was, all in the transaction of the request. A service that uses it has the table
 * {@code erasure (event_key uuid PRIMARY KEY)} beside that of {@link Tombstones}.
 */
@ApplicationScoped
public class Erasures {
    private final Tombstones tombstones;
    private final String service;
    private final Clock clock;

    Erasures(Tombstones tombstones, @ConfigProperty(name = "quarkus.application.name") String service, Clock clock) {
        this.tombstones = tombstones;
        this.service = service;
        this.clock = clock;
    }

    /** Deletes what a service has of a person. */
    public interface Deletion {
        /**
         * Deletes everything, after a lock that keeps anything new of this person from being written meanwhile.
         *
         * @return how many things of each kind there were
         */
        Map<String, Long> deleteAllOf(Connection connection, String person) throws SQLException;
    }

    /**
     * Answers requests; one that was answered before is counted as a duplicate and does nothing.
     *
     * @param source CloudEvents source of the answers
     */
    public void answer(UnitOfWork work, String source, List<Received<UserErased>> requests, Deletion deletion)
            throws SQLException {
        for (Received<UserErased> request : requests) {
            boolean first = isFirst(work.connection(), request.event().envelope());
            if (first) {
                Map<String, Long> counts =
                        erase(work.connection(), request.event().data().learner(), deletion);
                publish(work, source, request, counts);
            }
            work.count(EventTypes.USER_ERASED.name(), first ? Outcome.APPLIED : Outcome.DUPLICATE, 1);
        }
    }

    /**
     * Deletes the rows of one person from tables.
     *
     * @param column names the person by the id that the service gave
     * @return number of rows by table
     */
    public static Map<String, Long> deleteRows(Connection connection, List<String> tables, String column, long id)
            throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE " + column + " = ?")) {
                delete.setLong(1, id);
                counts.put(table, delete.executeLargeUpdate());
            }
        }
        return counts;
    }

    private static boolean isFirst(Connection connection, Envelope envelope) throws SQLException {
        String key = EventEncoder.contentId(envelope.source(), envelope.id());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO erasure (event_key) VALUES (?::uuid) ON CONFLICT (event_key) DO NOTHING")) {
            insert.setString(1, key);
            return insert.executeUpdate() == 1;
        }
    }

    private Map<String, Long> erase(Connection connection, String person, Deletion deletion) throws SQLException {
        Map<String, Long> counts = deletion.deleteAllOf(connection, person);
        tombstones.put(connection, person, clock.instant());
        return counts;
    }

    private void publish(UnitOfWork work, String source, Received<UserErased> request, Map<String, Long> counts) {
        Instant now = clock.instant();
        String person = request.event().data().learner();
        work.publish(
                EventTypes.USER_ERASURE_COMPLETED,
                new Envelope(
                        UUID.randomUUID().toString(),
                        source,
                        EventTypes.USER_ERASURE_COMPLETED.name(),
                        now,
                        null,
                        EventTypes.USER_ERASURE_COMPLETED.schemaUri(),
                        request.traceparent(),
                        null),
                person,
                new UserErasureCompleted(
                        person, service, request.event().envelope().id(), counts, now, null));
    }
}
