package dev.devmentor.learning.person;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.person.OrderedReplay;
import dev.devmentor.learning.engine.person.PersonEntry;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.person.PersonStateCodec;
import dev.devmentor.learning.engine.person.SharedKey;
import dev.devmentor.learning.engine.rating.Evidence;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.BufferUnderflowException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The table of people's states, and the log as a person's fold reads it. */
@ApplicationScoped
class PersonTable {
    private static final Logger LOG = Logger.getLogger(PersonTable.class);
    private static final String CURRENT = """
            SELECT p.entries, p.state FROM person_state p
            WHERE p.learner_id = ? AND p.entries = (SELECT count(*) FROM entry e WHERE e.learner_id = ?)""";
    private static final int FETCH_SIZE = 2_000;
    private static final int FETCH_STATES = 50;

    /** Columns of {@link PersonEntries#read}, in its order. */
    private static final String COLUMNS = """
            e.kind, e.at_us, e.received_us, e.source, e.event_id, e.item, e.ref, e.local_day, e.grade, e.response_ms,
            e.skills, e.quiz, e.bloom, e.difficulty, e.origin, e.detail""";

    private final PersonEntries mapping;

    PersonTable(PersonEntries mapping) {
        this.mapping = mapping;
    }

    /**
     * A state as it is kept.
     *
     * @param entries of the log that it was folded from
     * @param state null if it is of a version that this build does not read
     */
    record Kept(long entries, @Nullable PersonState state) {
        static final Kept NOTHING = new Kept(0, null);
    }

    /**
     * The later part of a log.
     *
     * @param entries number of entries in the whole log
     * @param later those that come after what was asked for; more than fit if there are more than were wanted
     */
    record Tail(long entries, List<PersonEntry> later) {}

    /** A kept state, if it is folded from the whole log; null if not. */
    @Nullable PersonState current(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CURRENT)) {
            select.setLong(1, learnerId);
            select.setLong(2, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? kept(rows.getLong(1), rows.getBytes(2)).state() : null;
            }
        }
    }

    /** Those of some learners whose kept state is of another version or not folded from the whole log, which is counted and not read. */
    Set<Long> behind(Connection connection, long[] learnerIds) throws SQLException {
        Set<Long> behind = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT l FROM unnest(?::int8[]) AS l LEFT JOIN person_state p ON p.learner_id = l
                WHERE p.entries IS DISTINCT FROM (SELECT count(*) FROM entry e WHERE e.learner_id = l)
                   OR substring(p.state FROM 1 FOR 1) IS DISTINCT FROM ?""")) {
            select.setArray(1, SqlArrays.int8(connection, learnerIds));
            select.setBytes(2, new byte[] {PersonStateCodec.VERSION});
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    behind.add(rows.getLong(1));
                }
            }
        }
        return behind;
    }

    /** Locks the states of learners in the order of their ids; adds rows for those that have none. */
    Map<Long, Kept> lock(Connection connection, long[] learnerIds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO person_state (learner_id, entries, epoch, state)
                SELECT l, 0, 0, ''::bytea FROM unnest(?::int8[]) AS l ORDER BY l ON CONFLICT (learner_id) DO NOTHING""")) {
            insert.setArray(1, SqlArrays.int8(connection, learnerIds));
            insert.executeUpdate();
        }
        Map<Long, Kept> kept = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT learner_id, entries, state FROM person_state WHERE learner_id = ANY (?)
                ORDER BY learner_id FOR UPDATE""")) {
            select.setArray(1, SqlArrays.int8(connection, learnerIds));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    kept.put(rows.getLong(1), kept(rows.getLong(2), rows.getBytes(3)));
                }
            }
        }
        return kept;
    }

    private static Kept kept(long entries, byte[] state) {
        if (!PersonStateCodec.isCurrent(state)) {
            return new Kept(entries, null);
        }
        try {
            return new Kept(entries, PersonStateCodec.decode(state));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            LOG.error("the state of a person is damaged and is folded again", damaged);
            return new Kept(entries, null);
        }
    }

    /** The bytes of a kept state, if it is folded from the whole log; null if not. */
    byte @Nullable [] bytes(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CURRENT)) {
            select.setLong(1, learnerId);
            select.setLong(2, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getBytes(2) : null;
            }
        }
    }

    /**
     * The later parts of logs, all as of one moment.
     *
     * @param after for each learner, after what
     * @param most entries that are read of one learner
     */
    Map<Long, Tail> tails(Connection connection, Map<Long, EntryKey> after, int most) throws SQLException {
        Map<Long, Tail> tails = new HashMap<>();
        if (after.isEmpty()) {
            return tails;
        }
        long[] learners =
                after.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        long[] since = new long[learners.length];
        for (int i = 0; i < learners.length; i++) {
            since[i] = after.getOrDefault(learners[i], new EntryKey(0, "", "")).atMicros();
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                , p.l, c.n FROM unnest(?::int8[], ?::int8[]) AS p(l, since)
                CROSS JOIN LATERAL (SELECT count(*) AS n FROM entry WHERE learner_id = p.l) AS c
                LEFT JOIN LATERAL (SELECT * FROM entry WHERE learner_id = p.l AND at_us >= p.since LIMIT ?) AS e ON true""")) {
            select.setArray(1, SqlArrays.int8(connection, learners));
            select.setArray(2, SqlArrays.int8(connection, since));
            select.setInt(3, most + 1);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long learner = rows.getLong(17);
                    Tail tail = tails.get(learner);
                    if (tail == null) {
                        tail = new Tail(rows.getLong(18), new ArrayList<>());
                        tails.put(learner, tail);
                    }
                    rows.getInt(1);
                    if (rows.wasNull()) {
                        continue; // a log without any such entry
                    }
                    PersonEntry entry = mapping.read(rows);
                    EntryKey key = after.get(learner);
                    if (key == null || entry.key().compareTo(key) > 0) {
                        tail.later().add(entry);
                    }
                }
            }
        }
        return tails;
    }

    /** Gives a whole log to a replay, in its order, all as of one moment. */
    void replay(Connection connection, long learnerId, OrderedReplay replay) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                , e.kind = 1 AND e.ref IN (SELECT u.ref FROM entry u WHERE u.learner_id = ? AND u.kind = 2)
                FROM entry e WHERE e.learner_id = ? ORDER BY e.at_us, e.source, e.event_id""")) {
            select.setLong(1, learnerId);
            select.setLong(2, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    replay.add(mapping.read(rows), rows.getBoolean(17));
                }
            }
        }
    }

    /** Stores states whose rows are locked. */
    void update(Connection connection, Map<Long, Folded> folded) throws SQLException {
        if (folded.isEmpty()) {
            return;
        }
        int count = folded.size();
        long[] learners = new long[count];
        long[] entries = new long[count];
        Integer[] epochs = new Integer[count];
        byte[][] states = new byte[count][];
        int i = 0;
        for (Map.Entry<Long, Folded> person : folded.entrySet()) {
            learners[i] = person.getKey();
            entries[i] = person.getValue().entries();
            epochs[i] = person.getValue().state().epoch();
            states[i] = PersonStateCodec.encode(person.getValue().state());
            i++;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE person_state p SET entries = n.entries, epoch = n.epoch, state = n.state
                FROM unnest(?::int8[], ?::int8[], ?::int4[], ?::bytea[]) AS n(learner_id, entries, epoch, state)
                WHERE p.learner_id = n.learner_id""")) {
            update.setArray(1, SqlArrays.int8(connection, learners));
            update.setArray(2, SqlArrays.int8(connection, entries));
            update.setArray(3, connection.createArrayOf("int4", epochs));
            update.setArray(4, connection.createArrayOf("bytea", states));
            update.executeUpdate();
        }
    }

    /**
     * A state to keep.
     *
     * @param entries of the log that it was folded from
     */
    record Folded(long entries, PersonState state) {}

    /**
     * What all people's answers of an epoch say.
     *
     * @param learners who left evidence
     * @param answers they gave
     * @param layer what they say of the layer's weights
     */
    record EpochEvidence(long learners, long answers, SortedMap<SharedKey, Sum> byKey, LayerEvidence layer) {}

    /**
     * What answers say about one difficulty.
     *
     * @param learners whose answers they are
     */
    record Sum(Evidence evidence, int learners) {
        Sum plus(Evidence more) {
            return new Sum(evidence.plus(more), learners + 1);
        }
    }

    /** Sums up the evidence of an epoch over all people. */
    EpochEvidence evidence(Connection connection, int epoch) throws SQLException {
        SortedMap<SharedKey, Sum> sums = new TreeMap<>();
        LayerEvidence layer = new LayerEvidence();
        long learners = 0;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT state FROM person_state WHERE epoch = ? AND entries > 0")) {
            select.setInt(1, epoch);
            select.setFetchSize(FETCH_STATES);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    PersonState state = kept(0, rows.getBytes(1)).state();
                    if (state == null || state.evidence().isEmpty()) {
                        continue;
                    }
                    learners++;
                    layer.merge(state.layerEvidence());
                    state.evidence()
                            .forEach((key, evidence) -> sums.merge(
                                    key, new Sum(evidence, 1), (before, one) -> before.plus(one.evidence())));
                }
            }
        }
        Sum all = sums.get(SharedKey.EVERYTHING);
        return new EpochEvidence(learners, all == null ? 0 : all.evidence().answers(), sums, layer);
    }

    /** Ids among those of a person's achievements that were not announced before; they count as announced from now on. */
    List<String> announceable(Connection connection, long learnerId, Map<String, Long> unlocked) throws SQLException {
        List<String> news = new ArrayList<>();
        if (unlocked.isEmpty()) {
            return news;
        }
        String[] ids = unlocked.keySet().toArray(String[]::new);
        long[] times = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            times[i] = unlocked.getOrDefault(ids[i], 0L);
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO achievement (learner_id, achievement, unlocked_us)
                SELECT ?, a, t FROM unnest(?::text[], ?::int8[]) AS u(a, t)
                ON CONFLICT (learner_id, achievement) DO NOTHING RETURNING achievement""")) {
            insert.setLong(1, learnerId);
            insert.setArray(2, SqlArrays.text(connection, ids));
            insert.setArray(3, SqlArrays.int8(connection, times));
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    news.add(rows.getString(1));
                }
            }
        }
        return news;
    }

    /** Achievements that were announced, and when each was reached. */
    SortedMap<String, Long> announced(Connection connection, long learnerId) throws SQLException {
        SortedMap<String, Long> announced = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT achievement, unlocked_us FROM achievement WHERE learner_id = ?")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    announced.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return announced;
    }

    /** Ids of learners, as keys of other tables. */
    static long[] ids(Collection<Long> learnerIds) {
        return learnerIds.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
