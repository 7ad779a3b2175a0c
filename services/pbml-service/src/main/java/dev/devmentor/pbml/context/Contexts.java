package dev.devmentor.pbml.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.context.ContextViews.RestoredView;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.log.Controls;
import dev.devmentor.pbml.log.EventSource;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.log.Recorded;
import dev.devmentor.pbml.log.StoredObservation;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Saves contexts and takes them up again. */
@ApplicationScoped
class Contexts {
    private static final int MOST = 100;
    private static final int LONGEST_DATA = 64 * 1024;

    private final Owners owners;
    private final ObservationLog log;
    private final ObservationTable observations;
    private final ContextTable table;
    private final Models models;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    Contexts(
            Owners owners,
            ObservationLog log,
            ObservationTable observations,
            ContextTable table,
            Models models,
            Transactions transactions,
            AgroalDataSource dataSource,
            Clock clock) {
        this.owners = owners;
        this.log = log;
        this.observations = observations;
        this.table = table;
        this.models = models;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Saves a context. Repeating it with the same key and the same content gives the one that is there.
     *
     * @param key names the request; null if it has no name
     */
    SavedContext save(OwnerName person, @Nullable String name, JsonNode content, @Nullable String key)
            throws SQLException {
        String data = content.toString();
        if (data.getBytes(StandardCharsets.UTF_8).length > LONGEST_DATA) {
            throw ProblemException.tooLarge("'data' has at most 64 KiB");
        }
        String id = key == null ? UUID.randomUUID().toString() : EventEncoder.contentId("context", key);
        return transactions.runRetrying(work -> {
            Connection connection = work.connection();
            Owner owner = lock(connection, person);
            SavedContext there = table.find(connection, owner.id(), id);
            if (there != null) {
                if (there.data().equals(data) && Objects.equals(there.name(), name)) {
                    return there;
                }
                throw contradicting();
            }
            if (observations.find(connection, owner.id(), EventSource.URI, "saved:" + id) != null) {
                throw contradicting(); // it was saved under this key, and deleted since
            }
            if (table.count(connection, owner.id()) >= MOST) {
                throw ProblemException.conflict("limit-reached", "you have " + MOST + " contexts; delete one first");
            }
            long at = next(connection, owner);
            Owner grown = record(log.record(work, List.of(Controls.contextSaved(person, at, id))));
            SavedContext context = new SavedContext(id, at, name, data, grown.observations());
            table.insert(connection, owner.id(), context);
            return context;
        });
    }

    /**
     * Takes a context up again and folds the model that then holds. Repeating it with the same key changes nothing.
     *
     * @param key names the request; null if it has no name
     * @return null if there is no such context
     */
    @Nullable RestoredView restore(OwnerName person, String id, @Nullable String key) throws SQLException {
        String eventId = "restored:" + (key == null ? UUID.randomUUID() : key);
        Optional<RestoredView> view = transactions.runRetrying(work -> {
            Connection connection = work.connection();
            if (owners.find(connection, person) == null) {
                return Optional.empty();
            }
            Owner owner = lock(connection, person);
            SavedContext context = table.find(connection, owner.id(), id);
            if (context == null) {
                return Optional.empty();
            }
            StoredObservation before = observations.find(connection, owner.id(), EventSource.URI, eventId);
            EventKey restored;
            if (before == null) {
                Observation entry = Controls.contextRestored(person, next(connection, owner), eventId, id);
                owner = record(log.record(work, List.of(entry)));
                restored = new EventKey(entry.atMicros(), entry.source(), entry.eventId());
            } else if (isRestoreOf(before, id)) {
                restored = before.key();
            } else {
                throw contradicting();
            }
            EventKey saved = new EventKey(context.savedMicros(), EventSource.URI, "saved:" + id);
            return Optional.of(new RestoredView(
                    id,
                    Micros.toInstant(context.savedMicros()),
                    context.name(),
                    Micros.toInstant(restored.atMicros()),
                    observations.countBetween(connection, owner.id(), saved, restored),
                    owner.observations(),
                    ContextViews.parse(context.data())));
        });
        if (view.isPresent()) {
            // Whoever gets the answer finds the patterns as they were.
            models.ask(person, state -> state.observations());
        }
        return view.orElse(null);
    }

    private static boolean isRestoreOf(StoredObservation entry, String id) {
        return entry.kind() == ObservationKind.CONTEXT_RESTORED
                && ContextViews.parse(entry.data()).path("context").asText().equals(id);
    }

    private Owner lock(Connection connection, OwnerName person) throws SQLException {
        Owner owner = owners.lock(connection, List.of(person)).get(person);
        if (owner == null) {
            throw erased();
        }
        return owner;
    }

    /** Now, and in any case behind everything that the log has, whatever the clocks of those who sent it say. */
    private long next(Connection connection, Owner owner) throws SQLException {
        long now = Micros.of(clock.instant());
        Long last = observations.lastMicros(connection, owner.id());
        return last == null ? now : Math.max(now, last + 1);
    }

    private static Owner record(List<Recorded> recorded) {
        return switch (recorded.getFirst()) {
            case Recorded.Added(Owner owner) -> owner;
            case Recorded.Repeated(Owner owner) -> owner;
            case Recorded.Contradicting _ -> throw contradicting();
            case Recorded.OfErased _ -> throw erased();
        };
    }

    private static ProblemException erased() {
        return ProblemException.notFound("this person was erased");
    }

    private static ProblemException contradicting() {
        return ProblemException.conflict(
                "conflicting-duplicate", "something different was done under this Idempotency-Key before");
    }

    /** Contexts of a person, the latest first. */
    List<SavedContext> page(OwnerName person, ContextTable.@Nullable Position after, int limit) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Owner owner = owners.find(connection, person);
            return owner == null ? List.of() : table.page(connection, owner.id(), after, limit);
        }
    }

    /** A context of a person; null if there is none of that id. */
    @Nullable SavedContext find(OwnerName person, String id) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Owner owner = owners.find(connection, person);
            return owner == null ? null : table.find(connection, owner.id(), id);
        }
    }

    /** Deletes a context; what a restore of it left out stays left out. False if there is none of that id. */
    boolean delete(OwnerName person, String id) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Owner owner = owners.find(connection, person);
            return owner != null && table.delete(connection, owner.id(), id);
        }
    }
}
