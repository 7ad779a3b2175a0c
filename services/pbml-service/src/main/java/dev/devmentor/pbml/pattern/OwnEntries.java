package dev.devmentor.pbml.pattern;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.log.EventSource;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.log.Recorded;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts into a person's log what they do with patterns. An entry lies behind everything that the log has, so that it is about
 * the patterns that the person saw; one that is sent again under the same {@code Idempotency-Key} does nothing.
 */
@ApplicationScoped
public class OwnEntries {
    private static final int LONGEST_KEY = 128;

    private final Owners owners;
    private final ObservationLog log;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    OwnEntries(Owners owners, ObservationLog log, Transactions transactions, AgroalDataSource dataSource, Clock clock) {
        this.owners = owners;
        this.log = log;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Makes an entry of the place that it gets. */
    @FunctionalInterface
    public interface Entry {
        /** An observation of the source {@link EventSource#URI}. */
        Observation at(long atMicros, String eventId);
    }

    private record Kept(ObservationKind kind, long atMicros, String data) {}

    /**
     * Whether something was recorded under this key already: then what is asked for has been done, and need not be possible
     * any more.
     *
     * @throws ProblemException 400 if it is no key
     */
    public boolean isKnown(OwnerName person, @Nullable String idempotencyKey) throws SQLException {
        if (idempotencyKey == null) {
            return false;
        }
        String eventId = eventId(person, idempotencyKey);
        try (Connection connection = dataSource.getConnection()) {
            Owner owner = owners.find(connection, person);
            return owner != null && kept(connection, owner.id(), eventId) != null;
        }
    }

    /**
     * Appends an entry.
     *
     * @param idempotencyKey by which it is known again; null if it never is
     * @throws ProblemException 400 if that is no key, 404 if the person was erased, 409 if something else was recorded under the
     *     key
     */
    public void append(OwnerName person, @Nullable String idempotencyKey, Entry entry) throws SQLException {
        String eventId = idempotencyKey == null ? UUID.randomUUID().toString() : eventId(person, idempotencyKey);
        transactions.runRetrying(work -> {
            append(work, person, eventId, entry);
            return eventId;
        });
    }

    private void append(UnitOfWork work, OwnerName person, String eventId, Entry entry) throws SQLException {
        Connection connection = work.connection();
        Owner owner = owners.lock(connection, Set.of(person)).get(person);
        if (owner == null) {
            throw ProblemException.notFound("this person was erased");
        }
        Kept kept = kept(connection, owner.id(), eventId);
        long at = kept == null
                ? Math.max(Micros.of(clock.instant()), lastMicros(connection, owner.id()) + 1)
                : kept.atMicros();
        Observation observation = entry.at(at, eventId);
        if (kept != null) {
            boolean same = kept.kind() == observation.kind()
                    && (kept.data().isEmpty() || kept.data().equals(observation.data()));
            if (!same) {
                throw ProblemException.conflict(
                        "conflicting-duplicate", "something else was recorded under the same Idempotency-Key before");
            }
            return;
        }
        if (!(log.record(work, List.of(observation)).getFirst() instanceof Recorded.Added)) {
            throw new IllegalStateException("an entry of a new id was not added");
        }
    }

    private static String eventId(OwnerName person, String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw ProblemException.invalid("Idempotency-Key has 1 to 128 characters");
        }
        return EventEncoder.contentId("idempotency", person.name(), key);
    }

    private static @Nullable Kept kept(Connection connection, long ownerId, String eventId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT o.kind, o.at_us, o.data FROM observation o WHERE o.owner_id = ? AND o.event_key = ?")) {
            select.setLong(1, ownerId);
            select.setObject(2, EventIdentity.of(EventSource.URI, eventId).uuid());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new Kept(ObservationKind.of(rows.getInt(1)), rows.getLong(2), rows.getString(3))
                        : null;
            }
        }
    }

    private static long lastMicros(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT o.at_us FROM observation o WHERE o.owner_id = ? ORDER BY o.at_us DESC LIMIT 1")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }
}
