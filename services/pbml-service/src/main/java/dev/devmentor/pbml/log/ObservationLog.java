package dev.devmentor.pbml.log;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.postgres.BinaryCopy;
import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.log.PendingObservation.Identity;
import dev.devmentor.pbml.log.PendingObservation.Said;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the log of observations. In the caller's transaction it locks the owners, drops repeats, finds
 * contradictions, appends what is new, counts it, and notes whose log grew. Folding comes later, beside it.
 *
 * <p>Two observations of one identity say the same if kind, time and data are equal. The identity of an event is its source
 * and id, that of an answer its id alone: the same answer may come in two events.
 */
@ApplicationScoped
public class ObservationLog {
    /** Fewer observations than this are looked up before they are written; a failed write would cost more than it saves. */
    private static final int LOOKED_UP_ALWAYS = 64;
    /** For so many batches after a repeat was met, batches are looked up before they are written. */
    private static final int SUSPICIOUS_BATCHES = 16;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final ThreadLocal<BinaryCopy> COPY = ThreadLocal.withInitial(() -> new BinaryCopy(256 * 1024));

    private final Owners owners;
    private final Tombstones tombstones;
    private final ObservationTable observations;
    private final Touched touched;
    private final Clock clock;
    private final AtomicInteger suspicion = new AtomicInteger(SUSPICIOUS_BATCHES);

    ObservationLog(Owners owners, Tombstones tombstones, ObservationTable observations, Touched touched, Clock clock) {
        this.owners = owners;
        this.tombstones = tombstones;
        this.observations = observations;
        this.touched = touched;
        this.clock = clock;
    }

    /**
     * Records observations of any kinds and owners.
     *
     * @return for each of them, in the same order, what became of it
     */
    public List<Recorded> record(UnitOfWork work, List<Observation> incoming) throws SQLException {
        if (incoming.isEmpty()) {
            return List.of();
        }
        Connection connection = work.connection();
        KeyedPlans.byKey(connection);
        Set<OwnerName> names = new HashSet<>();
        for (Observation observation : incoming) {
            names.add(observation.owner());
        }
        Map<OwnerName, Owner> locked = owners.lock(connection, names);
        CrashPoints.reached("log.locked");

        @Nullable Recorded[] results = new Recorded[incoming.size()];
        List<PendingObservation> pending = pending(connection, incoming, locked, results);
        List<PendingObservation> added = append(connection, pending, results);
        Map<Long, Owner> grown = count(connection, added);
        touched.note(work, grown.keySet(), added.size());
        CrashPoints.reached("log.appended");
        return settled(results, added, grown);
    }

    /**
     * Takes the content of some observations away. Their rows and identities stay, so that a redelivery is a repeat and does
     * nothing; what was learned from them has to be folded anew.
     *
     * @param owner locked by the caller
     * @param events sources and ids by their hash
     * @return how many had any content
     */
    public int forget(UnitOfWork work, Owner owner, Set<EventIdentity> events) throws SQLException {
        return observations.forget(
                work.connection(),
                owner.id(),
                events.stream().map(EventIdentity::uuid).toList());
    }

    private List<PendingObservation> pending(
            Connection connection,
            List<Observation> incoming,
            Map<OwnerName, Owner> locked,
            @Nullable Recorded[] results)
            throws SQLException {
        List<PendingObservation> pending = new ArrayList<>(incoming.size());
        Map<String, Integer> ignored = new HashMap<>();
        for (int i = 0; i < results.length; i++) {
            Observation observation = incoming.get(i);
            Owner owner = locked.get(observation.owner());
            if (owner == null) {
                results[i] = new Recorded.OfErased();
                ignored.merge(observation.owner().name(), 1, Integer::sum);
            } else {
                pending.add(PendingObservation.of(i, observation, owner));
            }
        }
        for (Map.Entry<String, Integer> count : ignored.entrySet()) {
            tombstones.countIgnored(connection, count.getKey(), count.getValue());
        }
        Collections.sort(pending);
        return pending;
    }

    /** An observation with an identity that one before it in the same call has. */
    private record Twin(PendingObservation observation, PendingObservation first, String what) {}

    /** Appends those that are new and says of the others why they are not. */
    private List<PendingObservation> append(
            Connection connection, List<PendingObservation> pending, @Nullable Recorded[] results) throws SQLException {
        List<Twin> twins = new ArrayList<>();
        List<PendingObservation> added = appendUnique(connection, unique(pending, twins), results);
        if (twins.isEmpty()) {
            return added;
        }
        Set<Integer> inLog = HashSet.newHashSet(added.size());
        for (PendingObservation observation : added) {
            inLog.add(observation.index());
        }
        List<PendingObservation> left = new ArrayList<>();
        for (Twin twin : twins) {
            if (inLog.contains(twin.first().index())) {
                results[twin.observation().index()] =
                        compare(twin.observation(), twin.first().said(), twin.what());
            } else {
                // The first was not new itself: what counts is what the log has under that identity.
                left.add(twin.observation());
            }
        }
        if (left.isEmpty()) {
            return added;
        }
        List<PendingObservation> all = new ArrayList<>(added);
        all.addAll(append(connection, left, results));
        return all;
    }

    private List<PendingObservation> appendUnique(
            Connection connection, List<PendingObservation> unique, @Nullable Recorded[] results) throws SQLException {
        if (unique.isEmpty()) {
            return unique;
        }
        long received = Micros.of(clock.instant());
        if (unique.size() >= LOOKED_UP_ALWAYS && suspicion.get() <= 0) {
            List<PendingObservation> ours = new ArrayList<>();
            List<PendingObservation> others = new ArrayList<>(unique.size());
            for (PendingObservation pending : unique) {
                // What came over HTTP is in the log already when its event comes back.
                (pending.observation().source().equals(EventSource.URI) ? ours : others).add(pending);
            }
            Savepoint before = connection.setSavepoint();
            try {
                observations.append(connection, COPY.get(), others, received);
                connection.releaseSavepoint(before);
                List<PendingObservation> alsoNew = withoutRecorded(connection, ours, results);
                observations.append(connection, COPY.get(), alsoNew, received);
                others.addAll(alsoNew);
                return others;
            } catch (SQLException failure) {
                if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    throw failure;
                }
                connection.rollback(before);
            }
        }
        List<PendingObservation> added = withoutRecorded(connection, unique, results);
        observations.append(connection, COPY.get(), added, received);
        if (added.size() < unique.size()) {
            suspicion.set(SUSPICIOUS_BATCHES);
        } else if (unique.size() >= LOOKED_UP_ALWAYS) {
            suspicion.decrementAndGet();
        }
        return added;
    }

    /** Those with identities that none before them has; the others are put aside. */
    private static List<PendingObservation> unique(List<PendingObservation> pending, List<Twin> twins) {
        if (pending.size() < 2) {
            return pending;
        }
        Map<Identity, PendingObservation> byEvent = HashMap.newHashMap(pending.size());
        Map<Identity, PendingObservation> byAnswer = HashMap.newHashMap(pending.size());
        List<PendingObservation> unique = new ArrayList<>(pending.size());
        for (PendingObservation observation : pending) {
            PendingObservation sameEvent = byEvent.putIfAbsent(observation.event(), observation);
            Identity answer = observation.answer();
            PendingObservation sameAnswer =
                    sameEvent != null || answer == null ? null : byAnswer.putIfAbsent(answer, observation);
            if (sameEvent != null) {
                twins.add(new Twin(observation, sameEvent, "event"));
            } else if (sameAnswer != null) {
                twins.add(new Twin(observation, sameAnswer, "answer"));
            } else {
                unique.add(observation);
            }
        }
        return unique;
    }

    private List<PendingObservation> withoutRecorded(
            Connection connection, List<PendingObservation> candidates, @Nullable Recorded[] results)
            throws SQLException {
        if (candidates.isEmpty()) {
            return candidates;
        }
        Map<Identity, Said> recorded = observations.byIdentity(connection, candidates);
        if (recorded.isEmpty()) {
            return candidates;
        }
        List<PendingObservation> unrecorded = new ArrayList<>(candidates.size());
        for (PendingObservation observation : candidates) {
            Said sameEvent = recorded.get(observation.event());
            Said sameAnswer = observation.answer() == null ? null : recorded.get(observation.answer());
            if (sameEvent != null) {
                results[observation.index()] = compare(observation, sameEvent, "event");
            } else if (sameAnswer != null) {
                results[observation.index()] = compare(observation, sameAnswer, "answer");
            } else {
                unrecorded.add(observation);
            }
        }
        return unrecorded;
    }

    private static Recorded compare(PendingObservation observation, Said first, String what) {
        return first.isRepeatedBy(observation.said())
                ? new Recorded.Repeated(observation.owner())
                : new Recorded.Contradicting(what);
    }

    /** Counts what was added; gives the owners whose logs grew as they are now, by id. */
    private Map<Long, Owner> count(Connection connection, List<PendingObservation> added) throws SQLException {
        Map<Long, Owner> grown = new HashMap<>();
        Map<Long, Long> counts = new HashMap<>();
        for (int from = 0; from < added.size(); ) {
            Owner owner = added.get(from).owner();
            int to = from + 1;
            while (to < added.size() && added.get(to).owner().id() == owner.id()) {
                to++;
            }
            long count = counts.merge(owner.id(), (long) to - from, Long::sum);
            grown.put(owner.id(), new Owner(owner.id(), owner.name(), owner.observations() + count));
            from = to;
        }
        owners.countObservations(connection, counts);
        return grown;
    }

    /** Fills in those that were added, and gives owners as they are now. */
    private static List<Recorded> settled(
            @Nullable Recorded[] results, List<PendingObservation> added, Map<Long, Owner> grown) {
        for (PendingObservation observation : added) {
            results[observation.index()] = new Recorded.Added(observation.owner());
        }
        List<Recorded> settled = new ArrayList<>(results.length);
        for (Recorded result : results) {
            settled.add(
                    switch (Objects.requireNonNull(result)) {
                        case Recorded.Added(Owner owner) -> new Recorded.Added(grown.getOrDefault(owner.id(), owner));
                        case Recorded.Repeated(Owner owner) ->
                            new Recorded.Repeated(grown.getOrDefault(owner.id(), owner));
                        case Recorded.Contradicting contradicting -> contradicting;
                        case Recorded.OfErased erased -> erased;
                    });
        }
        return settled;
    }
}
