package dev.devmentor.learning.log;

import dev.devmentor.kit.postgres.BinaryCopy;
import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of the review log. */
@ApplicationScoped
public class EntryTable {
    /** That an answer {@code e} was not taken back; a condition of SQL, answered by the index of undos. */
    public static final String NOT_TAKEN_BACK = """
            NOT EXISTS (SELECT 1 FROM entry u WHERE u.learner_id = e.learner_id AND u.kind = 2 AND u.ref = e.ref)
            """;

    private static final String COPY = """
            COPY entry (learner_id, event_key, answer_key, kind, at_us, received_us, source, event_id, item, ref,
                local_day, zone, grade, correct, response_ms, due_us, skills, quiz, bloom, difficulty, origin, detail)
            FROM STDIN (FORMAT binary)""";
    private static final int COLUMNS = 22;
    private static final String SELECT = """
            SELECT e.learner_id, e.kind, e.at_us, e.source, e.event_id, e.item, e.ref, e.local_day, e.zone, e.grade,
                e.response_ms, e.due_us, e.skills, e.quiz, e.bloom, e.difficulty, e.origin, e.detail
            """;
    private static final int FETCH_SIZE = 2_000;
    /** So many look-ups are worth a plan of their own. */
    private static final int MANY = 64;

    private static final String SELECT_FOLDABLE = """
            SELECT e.learner_id, e.kind, e.item, e.at_us, e.source, e.event_id, e.ref, e.local_day, e.zone, e.grade,
                e.response_ms, e.due_us, e.skills FROM entry e""";

    /** What a reader does with each entry that is folded into a card. */
    @FunctionalInterface
    interface FoldableVisitor {
        void visit(long learnerId, String item, Entry entry, List<String> skills);
    }

    void append(Connection connection, BinaryCopy copy, List<PendingEntry> entries, long receivedMicros)
            throws SQLException {
        copy.reset();
        for (PendingEntry pending : entries) {
            write(copy, pending, receivedMicros);
        }
        copy.send(connection, COPY);
    }

    private static void write(BinaryCopy copy, PendingEntry pending, long receivedMicros) {
        LogEntry entry = pending.entry();
        boolean answer = entry.kind() == EntryKind.ANSWER;
        copy.beginRow(COLUMNS);
        copy.int8(pending.learner().id());
        Identity event = pending.eventIdentity();
        copy.uuid(event.high(), event.low());
        Identity answerIdentity = pending.answerIdentity();
        if (answerIdentity == null) {
            copy.nothing();
        } else {
            copy.uuid(answerIdentity.high(), answerIdentity.low());
        }
        copy.int2(entry.kind().code());
        copy.int8(entry.atMicros());
        copy.int8(receivedMicros);
        copy.text(entry.source());
        copy.text(entry.eventId());
        copy.text(entry.item());
        copy.text(entry.ref());
        if (entry.kind().hasLocalDay()) {
            copy.int4(pending.localDay());
        } else {
            copy.nothing();
        }
        if (answer) {
            copy.text(pending.zone());
            copy.int2(entry.grade());
            copy.bool(entry.grade() > 1);
        } else {
            copy.nothing();
            copy.nothing();
            copy.nothing();
        }
        if (entry.responseMs() < 0) {
            copy.nothing();
        } else {
            copy.int4(entry.responseMs());
        }
        if (entry.kind() == EntryKind.RESCHEDULE || (answer && entry.dueMicros() > 0)) {
            copy.int8(entry.dueMicros());
        } else {
            copy.nothing();
        }
        if (entry.skills().isEmpty()) {
            copy.nothing();
        } else {
            copy.textArray(entry.skills());
        }
        copy.text(entry.quiz());
        if (entry.bloom() == LogEntry.NO_BLOOM) {
            copy.nothing();
        } else {
            copy.int2(entry.bloom());
        }
        if (Double.isNaN(entry.difficulty())) {
            copy.nothing();
        } else {
            copy.float8(entry.difficulty());
        }
        copy.text(entry.origin());
        copy.text(entry.detail());
    }

    /** Entries that have one of the identities, by identity; an entry may be found by both of its own. */
    Map<Identity, StoredEntry> byIdentity(Connection connection, List<PendingEntry> candidates, Map<Long, String> subs)
            throws SQLException {
        Map<Identity, StoredEntry> found = new HashMap<>();
        List<Identity> events =
                candidates.stream().map(PendingEntry::eventIdentity).toList();
        List<Identity> answers = new ArrayList<>();
        for (PendingEntry candidate : candidates) {
            Identity answer = candidate.answerIdentity();
            if (answer != null) {
                answers.add(answer);
            }
        }
        // On an empty partition both indexes cost the same to the planner. A plan that was kept from then may have
        // taken the one
        // of which only the learner fits, and would read all of a learner's log for each key.
        boolean many = candidates.size() >= MANY;
        if (many) {
            KeyedPlans.eachCall(connection);
        }
        try (PreparedStatement select = connection.prepareStatement(BY_IDENTITY)) {
            setIdentities(connection, select, 1, events);
            setIdentities(connection, select, 3, answers);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredEntry entry = read(rows, subs);
                    UUID key = rows.getObject(19, UUID.class);
                    found.put(
                            new Identity(
                                    entry.learnerId(), key.getMostSignificantBits(), key.getLeastSignificantBits()),
                            entry);
                }
            }
        }
        if (many) {
            KeyedPlans.byKey(connection);
        }
        return found;
    }

    /** Parameters: learners and event keys, learners and answer keys. */
    static final String BY_IDENTITY = byKey("event_key") + " UNION ALL " + byKey("answer_key");

    private static String byKey(String column) {
        return SELECT + ", e." + column + " FROM unnest(?::int8[], ?::uuid[]) AS k(l, i) JOIN entry e"
                + " ON e.learner_id = k.l AND e." + column + " = k.i";
    }

    private static void setIdentities(
            Connection connection, PreparedStatement select, int parameter, List<Identity> identities)
            throws SQLException {
        long[] learners = identities.stream().mapToLong(Identity::learnerId).toArray();
        UUID[] keys = identities.stream().map(Identity::uuid).toArray(UUID[]::new);
        select.setArray(parameter, SqlArrays.int8(connection, learners));
        select.setArray(parameter + 1, connection.createArrayOf("uuid", keys));
    }

    /**
     * Visits all entries that are folded into the given cards, card by card. Reads whole logs of the learners concerned;
     * see docs/adr/0004.
     */
    void visitFoldable(Connection connection, Collection<CardKey> cards, FoldableVisitor visitor) throws SQLException {
        long[] learners =
                cards.stream().mapToLong(CardKey::learnerId).distinct().sorted().toArray();
        String[] items = cards.stream().map(CardKey::item).distinct().sorted().toArray(String[]::new);
        // One learner's item may be in the other learner's log only; those rows are read for nothing, and are few.
        Set<CardKey> wanted = new HashSet<>(cards);
        try (PreparedStatement select = connection.prepareStatement(SELECT_FOLDABLE
                + " WHERE e.learner_id = ANY (?) AND e.item = ANY (?) AND (e.kind BETWEEN 1 AND 6 OR e.kind IN (11, 12))"
                + " ORDER BY e.learner_id, e.item")) {
            select.setArray(1, SqlArrays.int8(connection, learners));
            select.setArray(2, SqlArrays.text(connection, items));
            visitFoldable(select, (learnerId, item, entry, skills) -> {
                if (wanted.contains(new CardKey(learnerId, item))) {
                    visitor.visit(learnerId, item, entry, skills);
                }
            });
        }
    }

    /** Visits all entries of a learner that are folded into cards, card by card. */
    void visitFoldable(Connection connection, long learnerId, FoldableVisitor visitor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_FOLDABLE
                + " WHERE e.learner_id = ? AND (e.kind BETWEEN 1 AND 6 OR e.kind IN (11, 12)) ORDER BY e.item")) {
            select.setLong(1, learnerId);
            visitFoldable(select, visitor);
        }
    }

    private static void visitFoldable(PreparedStatement select, FoldableVisitor visitor) throws SQLException {
        select.setFetchSize(FETCH_SIZE);
        String item = "";
        String source = "";
        String zone = "";
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                // A long log repeats these; one copy of each is enough.
                item = shared(rows.getString(3), item);
                source = shared(rows.getString(5), source);
                zone = shared(Objects.requireNonNullElse(rows.getString(9), ""), zone);
                int responseMs = rows.getInt(11);
                responseMs = rows.wasNull() ? -1 : responseMs;
                List<String> skills = strings(rows.getArray(13));
                Entry entry = StoredEntry.toEngine(
                        EntryKind.of(rows.getInt(2)),
                        new EntryKey(rows.getLong(4), source, rows.getString(6)),
                        rows.getString(7),
                        rows.getInt(8),
                        zone,
                        rows.getInt(10),
                        responseMs,
                        rows.getLong(12),
                        skills);
                visitor.visit(rows.getLong(1), item, entry, skills);
            }
        }
    }

    private static String shared(String value, String last) {
        return value.equals(last) ? last : value;
    }

    /** Number of entries of a learner, of all kinds. */
    public long count(Connection connection, long learnerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM entry WHERE learner_id = ?")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Settings, their undos and weights of learners. */
    Map<Long, List<StoredEntry>> timelinesOf(Connection connection, Collection<Long> learnerIds, Map<Long, String> subs)
            throws SQLException {
        Map<Long, List<StoredEntry>> found = new HashMap<>();
        if (learnerIds.isEmpty()) {
            return found;
        }
        try (PreparedStatement select = connection.prepareStatement(
                SELECT + " FROM entry e WHERE e.learner_id = ANY (?) AND e.kind IN (7, 13, 14)")) {
            select.setArray(1, connection.createArrayOf("int8", learnerIds.toArray(Long[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredEntry entry = read(rows, subs);
                    found.computeIfAbsent(entry.learnerId(), _ -> new ArrayList<>())
                            .add(entry);
                }
            }
        }
        return found;
    }

    /** Details of a learner's weights entries by their time, oldest first. */
    public SortedMap<Long, String> weightsOf(Connection connection, long learnerId) throws SQLException {
        SortedMap<Long, String> found = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT at_us, detail FROM entry WHERE learner_id = ? AND kind = 13")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getLong(1), rows.getString(2));
                }
            }
        }
        return found;
    }

    /** The newest entries of a card, newest first. */
    public List<StoredEntry> newestOfCard(Connection connection, long learnerId, String sub, String item, int limit)
            throws SQLException {
        List<StoredEntry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT + """
                 FROM entry e WHERE e.learner_id = ? AND e.item = ?
                ORDER BY e.at_us DESC, e.source DESC, e.event_id DESC LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setString(2, item);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(read(rows, Map.of(learnerId, sub)));
                }
            }
        }
        return entries;
    }

    /**
     * The answer that an undo takes back: the named one, or the newest that no other undo has taken back.
     *
     * @param undoId event id of the undo itself, so that repeating it finds the same answer
     */
    public @Nullable String answerToUndo(
            Connection connection, long learnerId, String item, @Nullable String answerId, String undoId)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.ref FROM entry e
                WHERE e.learner_id = ? AND e.item = ? AND e.kind = 1 AND (?::text IS NULL OR e.ref = ?)
                  AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.learner_id = e.learner_id AND u.item = e.item
                                  AND u.kind = 2 AND u.ref = e.ref AND u.event_id <> ?)
                ORDER BY e.at_us DESC, e.source DESC, e.event_id DESC LIMIT 1""")) {
            select.setLong(1, learnerId);
            select.setString(2, item);
            select.setString(3, answerId);
            select.setString(4, answerId);
            select.setString(5, undoId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private static StoredEntry read(ResultSet rows, Map<Long, String> subs) throws SQLException {
        long learnerId = rows.getLong(1);
        int grade = rows.getInt(10);
        int responseMs = rows.getInt(11);
        if (rows.wasNull()) {
            responseMs = -1;
        }
        long due = rows.getLong(12);
        int bloom = rows.getInt(15);
        if (rows.wasNull()) {
            bloom = LogEntry.NO_BLOOM;
        }
        double difficulty = rows.getDouble(16);
        if (rows.wasNull()) {
            difficulty = Double.NaN;
        }
        String sub = subs.get(learnerId);
        if (sub == null) {
            throw new IllegalStateException("an entry of a learner that was not asked for");
        }
        LogEntry entry = new LogEntry(
                sub,
                EntryKind.of(rows.getInt(2)),
                rows.getLong(3),
                false,
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getString(9),
                grade,
                responseMs,
                due,
                strings(rows.getArray(13)),
                rows.getString(14),
                bloom,
                difficulty,
                rows.getString(17),
                rows.getString(18),
                null);
        return new StoredEntry(learnerId, entry, rows.getInt(8));
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
