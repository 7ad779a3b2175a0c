package dev.devmentor.pbml.log;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.postgres.BinaryCopy;
import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.log.PendingObservation.Identity;
import dev.devmentor.pbml.log.PendingObservation.Said;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of the log. */
@ApplicationScoped
public class ObservationTable {
    private static final String COPY = """
            COPY observation (owner_id, event_key, answer_key, kind, at_us, received_us, source, event_id, data)
            FROM STDIN (FORMAT binary)""";
    private static final int COLUMNS = 9;
    private static final int FETCH_SIZE = 2_000;
    /** So many look-ups are worth a plan of their own. */
    private static final int MANY = 64;

    private static final String STORED = "SELECT o.at_us, o.source, o.event_id, o.event_key, o.kind, o.data";
    private static final String REFERENCE = "SELECT o.at_us, o.source, o.event_id, o.event_key, o.kind";
    private static final String IN_ORDER = " ORDER BY o.at_us, o.source, o.event_id";

    /** What a reader does with each observation. */
    @FunctionalInterface
    public interface Visitor {
        void visit(StoredObservation observation) throws SQLException;
    }

    void append(Connection connection, BinaryCopy copy, List<PendingObservation> observations, long receivedMicros)
            throws SQLException {
        copy.reset();
        for (PendingObservation pending : observations) {
            write(copy, pending, receivedMicros);
        }
        copy.send(connection, COPY);
    }

    private static void write(BinaryCopy copy, PendingObservation pending, long receivedMicros) {
        Observation observation = pending.observation();
        copy.beginRow(COLUMNS);
        copy.int8(pending.owner().id());
        copy.uuid(pending.event().hash().high(), pending.event().hash().low());
        Identity answer = pending.answer();
        if (answer == null) {
            copy.nothing();
        } else {
            copy.uuid(answer.hash().high(), answer.hash().low());
        }
        copy.int2(observation.kind().code());
        copy.int8(observation.atMicros());
        copy.int8(receivedMicros);
        copy.text(observation.source());
        copy.text(observation.eventId());
        copy.text(observation.data());
    }

    /** What the log says under the identities of candidates; an observation may be found by both of its own. */
    Map<Identity, Said> byIdentity(Connection connection, List<PendingObservation> candidates) throws SQLException {
        Map<Identity, Said> found = new HashMap<>();
        List<Identity> events =
                candidates.stream().map(PendingObservation::event).toList();
        List<Identity> answers = new ArrayList<>();
        for (PendingObservation candidate : candidates) {
            Identity answer = candidate.answer();
            if (answer != null) {
                answers.add(answer);
            }
        }
        // On an empty partition all indexes cost the same to the planner. A plan that was kept from then may have taken
        // one of which only the owner fits, and would read all of an owner's log for each key.
        boolean many = candidates.size() >= MANY;
        if (many) {
            KeyedPlans.eachCall(connection);
        }
        find(connection, BY_EVENT, events, found);
        if (!answers.isEmpty()) {
            find(connection, BY_ANSWER, answers, found);
        }
        if (many) {
            KeyedPlans.byKey(connection);
        }
        return found;
    }

    /** Parameters: owners and keys. */
    static final String BY_EVENT = byKey("event_key");

    static final String BY_ANSWER = byKey("answer_key");

    private static String byKey(String column) {
        return "SELECT o.owner_id, o." + column + ", o.kind, o.at_us, o.data"
                + " FROM unnest(?::int8[], ?::uuid[]) AS k(l, i) JOIN observation o ON o.owner_id = k.l AND o." + column
                + " = k.i";
    }

    private static void find(Connection connection, String sql, List<Identity> identities, Map<Identity, Said> found)
            throws SQLException {
        long[] owners = identities.stream().mapToLong(Identity::ownerId).toArray();
        UUID[] keys =
                identities.stream().map(identity -> identity.hash().uuid()).toArray(UUID[]::new);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, SqlArrays.int8(connection, owners));
            select.setArray(2, connection.createArrayOf("uuid", keys));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            new Identity(rows.getLong(1), EventIdentity.of(rows.getObject(2, UUID.class))),
                            new Said(ObservationKind.of(rows.getInt(3)), rows.getLong(4), rows.getString(5)));
                }
            }
        }
    }

    /**
     * Visits an owner's observations in the order of their folding: time, source, id. Those whose content was forgotten are
     * among them.
     *
     * @param after where it begins, exclusive; null for the beginning
     * @param limit how many at most
     */
    public void visit(Connection connection, long ownerId, @Nullable EventKey after, int limit, Visitor visitor)
            throws SQLException {
        String from = after == null ? "" : " AND o.at_us >= ? AND (o.at_us, o.source, o.event_id) > (?, ?, ?)";
        try (PreparedStatement select = connection.prepareStatement(
                STORED + " FROM observation o WHERE o.owner_id = ?" + from + IN_ORDER + " LIMIT ?")) {
            int parameter = 1;
            select.setLong(parameter++, ownerId);
            if (after != null) {
                select.setLong(parameter++, after.atMicros());
                select.setLong(parameter++, after.atMicros());
                select.setString(parameter++, after.source());
                select.setString(parameter++, after.id());
            }
            select.setInt(parameter, limit);
            visit(select, visitor);
        }
    }

    /**
     * Visits all of an owner's observations behind one, in the order of their folding.
     *
     * @param after where it begins, exclusive; null for the beginning
     * @return how many the whole log has, as of the moment of which the observations are
     */
    public long visitBehind(Connection connection, long ownerId, @Nullable EventKey after, Visitor visitor)
            throws SQLException {
        String from = after == null ? "" : " AND o.at_us >= ? AND (o.at_us, o.source, o.event_id) > (?, ?, ?)";
        // One statement, so that the number and the rows are those of one moment.
        try (PreparedStatement select = connection.prepareStatement(STORED + ", w.observations FROM owner w"
                + " LEFT JOIN LATERAL (SELECT * FROM observation o WHERE o.owner_id = w.id" + from + ") o ON true"
                + " WHERE w.id = ?" + IN_ORDER)) {
            int parameter = 1;
            if (after != null) {
                select.setLong(parameter++, after.atMicros());
                select.setLong(parameter++, after.atMicros());
                select.setString(parameter++, after.source());
                select.setString(parameter++, after.id());
            }
            select.setLong(parameter, ownerId);
            select.setFetchSize(FETCH_SIZE);
            long observations = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    observations = rows.getLong(7);
                    String source = rows.getString(2);
                    if (source != null) {
                        visitor.visit(stored(rows, source));
                    }
                }
            }
            return observations;
        }
    }

    /** What people did with patterns, in order. */
    public List<StoredObservation> controls(Connection connection, long ownerId) throws SQLException {
        List<StoredObservation> controls = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                STORED + " FROM observation o WHERE o.owner_id = ? AND o.kind >= 10" + IN_ORDER)) {
            select.setLong(1, ownerId);
            visit(select, controls::add);
        }
        return controls;
    }

    private static void visit(PreparedStatement select, Visitor visitor) throws SQLException {
        select.setFetchSize(FETCH_SIZE);
        String source = "";
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                // A long log repeats it; one copy is enough.
                String next = rows.getString(2);
                source = next.equals(source) ? source : next;
                visitor.visit(stored(rows, source));
            }
        }
    }

    private static StoredObservation stored(ResultSet rows, String source) throws SQLException {
        return new StoredObservation(
                new EventKey(rows.getLong(1), source, rows.getString(3)),
                rows.getObject(4, UUID.class),
                ObservationKind.of(rows.getInt(5)),
                rows.getString(6));
    }

    /** Those of the named observations that are in the owner's log, in order. */
    public List<ObservationReference> references(Connection connection, long ownerId, Collection<UUID> eventKeys)
            throws SQLException {
        if (eventKeys.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement select = connection.prepareStatement(
                REFERENCE + " FROM observation o WHERE o.owner_id = ? AND o.event_key = ANY (?)" + IN_ORDER)) {
            select.setLong(1, ownerId);
            select.setArray(2, connection.createArrayOf("uuid", eventKeys.toArray(UUID[]::new)));
            return readReferences(select);
        }
    }

    /**
     * Observations from a moment on, with what they say, in order.
     *
     * @param fromMicros first microsecond since 1970-01-01T00:00Z
     * @param limit how many at most
     */
    public List<StoredObservation> from(Connection connection, long ownerId, long fromMicros, int limit)
            throws SQLException {
        List<StoredObservation> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                STORED + " FROM observation o WHERE o.owner_id = ? AND o.at_us >= ?" + IN_ORDER + " LIMIT ?")) {
            select.setLong(1, ownerId);
            select.setLong(2, fromMicros);
            select.setInt(3, limit);
            visit(select, found::add);
        }
        return found;
    }

    /**
     * Observations of a span of time, in order.
     *
     * @param fromMicros first microsecond since 1970-01-01T00:00Z
     * @param toMicros last microsecond, which belongs to the span
     * @param limit how many at most
     */
    public List<ObservationReference> between(
            Connection connection, long ownerId, long fromMicros, long toMicros, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REFERENCE
                + " FROM observation o WHERE o.owner_id = ? AND o.at_us BETWEEN ? AND ?" + IN_ORDER + " LIMIT ?")) {
            select.setLong(1, ownerId);
            select.setLong(2, fromMicros);
            select.setLong(3, toMicros);
            select.setInt(4, limit);
            return readReferences(select);
        }
    }

    private static List<ObservationReference> readReferences(PreparedStatement select) throws SQLException {
        List<ObservationReference> references = new ArrayList<>();
        select.setFetchSize(FETCH_SIZE);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                references.add(new ObservationReference(
                        new EventKey(rows.getLong(1), rows.getString(2), rows.getString(3)),
                        rows.getObject(4, UUID.class),
                        ObservationKind.of(rows.getInt(5))));
            }
        }
        return references;
    }

    /**
     * Takes the content away of some observations; that they happened, and their identities, stay, so that a redelivery does
     * nothing. What says which contexts were saved and taken up again has no content, and stays as it is.
     *
     * @return how many had any
     */
    public int forget(Connection connection, long ownerId, Collection<UUID> eventKeys) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE observation SET data = '' WHERE owner_id = ? AND event_key = ANY (?) AND data <> '' AND kind NOT IN (17, 18)""")) {
            update.setLong(1, ownerId);
            update.setArray(2, connection.createArrayOf("uuid", eventKeys.toArray(UUID[]::new)));
            return update.executeUpdate();
        }
    }

    /** An observation by its identity; null if it is not in the owner's log. */
    public @Nullable StoredObservation find(Connection connection, long ownerId, String source, String eventId)
            throws SQLException {
        List<StoredObservation> found = new ArrayList<>(1);
        try (PreparedStatement select =
                connection.prepareStatement(STORED + " FROM observation o WHERE o.owner_id = ? AND o.event_key = ?")) {
            select.setLong(1, ownerId);
            select.setObject(2, EventIdentity.of(source, eventId).uuid());
            visit(select, found::add);
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** When the last observation of an owner's log happened; null if there is none. */
    public @Nullable Long lastMicros(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT max(at_us) FROM observation WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getObject(1, Long.class);
            }
        }
    }

    /** How many observations, of what patterns are made of, lie between two places of the order. */
    public long countBetween(Connection connection, long ownerId, EventKey after, EventKey before) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*) FROM observation o WHERE o.owner_id = ? AND o.kind < 10 AND o.data <> '' AND o.at_us BETWEEN ? AND ?
                    AND (o.at_us, o.source, o.event_id) > (?, ?, ?) AND (o.at_us, o.source, o.event_id) < (?, ?, ?)""")) {
            select.setLong(1, ownerId);
            select.setLong(2, after.atMicros());
            select.setLong(3, before.atMicros());
            set(select, 4, after);
            set(select, 7, before);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void set(PreparedStatement statement, int parameter, EventKey key) throws SQLException {
        statement.setLong(parameter, key.atMicros());
        statement.setString(parameter + 1, key.source());
        statement.setString(parameter + 2, key.id());
    }

    /** Number of an owner's observations, of all kinds. */
    public long count(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM observation WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
