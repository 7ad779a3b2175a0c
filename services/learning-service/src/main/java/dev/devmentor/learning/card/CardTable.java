package dev.devmentor.learning.card;

import dev.devmentor.kit.postgres.BinaryCopy;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of card states. */
@ApplicationScoped
public class CardTable {
    private static final Phase[] PHASES = Phase.values();
    private static final Scheduler[] SCHEDULERS = Scheduler.values();

    /** Column list shared by every statement; the order is that of {@link #read} and of the writers. */
    private static final List<String> STATE = List.of(
            "phase",
            "suspended",
            "due_us",
            "due_moved",
            "scheduled_days",
            "scheduled_by",
            "scheduled_retention",
            "sm2_ease",
            "sm2_interval",
            "sm2_repetitions",
            "fsrs6_stability",
            "fsrs6_difficulty",
            "answers",
            "lapses",
            "last_grade",
            "last_us",
            "last_day",
            "last_zone",
            "negative_gaps",
            "open_undos",
            "folded_us",
            "folded_source",
            "folded_id");

    private static final List<String> TYPES = List.of(
            "int2", "bool", "int8", "bool", "int4", "int2", "float8", "float8", "int4", "int4", "float8", "float8",
            "int4", "int4", "int2", "int8", "int4", "text", "int4", "int4", "int8", "text", "text");

    private static final String SELECT = "SELECT c.learner_id, c.item, c.skills, c." + String.join(", c.", STATE);
    private static final String COPY =
            "COPY card (learner_id, item, skills, " + String.join(", ", STATE) + ") FROM STDIN (FORMAT binary)";
    private static final String UPDATE = update();

    private static String update() {
        StringBuilder set = new StringBuilder("UPDATE card c SET ");
        StringBuilder arrays = new StringBuilder("?::int8[], ?::text[]");
        StringBuilder names = new StringBuilder("k_learner, k_item");
        for (int i = 0; i < STATE.size(); i++) {
            String column = STATE.get(i);
            set.append(i == 0 ? "" : ", ").append(column).append(" = u.").append(column);
            arrays.append(", ?::").append(TYPES.get(i)).append("[]");
            names.append(", ").append(column);
        }
        return set + " FROM unnest(" + arrays + ") AS u(" + names
                + ") WHERE c.learner_id = u.k_learner AND c.item = u.k_item";
    }

    /** Those of the cards that exist. */
    public Map<CardKey, Card> find(Connection connection, Collection<CardKey> keys) throws SQLException {
        Map<CardKey, Card> found = HashMap.newHashMap(keys.size());
        if (keys.isEmpty()) {
            return found;
        }
        long[] learners = new long[keys.size()];
        String[] items = new String[keys.size()];
        int i = 0;
        for (CardKey key : keys) {
            learners[i] = key.learnerId();
            items[i++] = key.item();
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT
                + " FROM unnest(?::int8[], ?::text[]) AS k(l, i) JOIN card c ON c.learner_id = k.l AND c.item = k.i")) {
            select.setArray(1, SqlArrays.int8(connection, learners));
            select.setArray(2, SqlArrays.text(connection, items));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Card card = read(rows);
                    found.put(card.key(), card);
                }
            }
        }
        return found;
    }

    /**
     * Cards that are due at a time, and those of some skills, due or not; never suspended ones.
     *
     * @param onlySkill if not null, only cards of this skill
     */
    public List<Card> dueOrOfSkills(
            Connection connection, long learnerId, long atMicros, Collection<String> skills, @Nullable String onlySkill)
            throws SQLException {
        List<Card> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT
                + " FROM card c WHERE c.learner_id = ? AND NOT c.suspended AND (c.due_us <= ? OR c.skills && ?)"
                + " AND (?::text IS NULL OR ? = ANY (c.skills))")) {
            select.setLong(1, learnerId);
            select.setLong(2, atMicros);
            select.setArray(3, SqlArrays.text(connection, skills.toArray(String[]::new)));
            select.setString(4, onlySkill);
            select.setString(5, onlySkill);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
        }
        return found;
    }

    /** All cards of a learner. */
    public List<Card> ofLearner(Connection connection, long learnerId) throws SQLException {
        List<Card> cards = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT + " FROM card c WHERE c.learner_id = ?")) {
            select.setLong(1, learnerId);
            select.setFetchSize(2_000);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    cards.add(read(rows));
                }
            }
        }
        return cards;
    }

    /** Adds cards that do not exist; the learners are locked. */
    public void insert(Connection connection, BinaryCopy copy, List<Card> cards) throws SQLException {
        copy.reset();
        for (Card card : cards) {
            write(copy, card);
        }
        copy.send(connection, COPY);
    }

    private static void write(BinaryCopy copy, Card card) {
        CardState state = card.state();
        copy.beginRow(3 + STATE.size());
        copy.int8(card.key().learnerId());
        copy.text(card.key().item());
        copy.textArray(card.skills());
        copy.int2(state.phase().ordinal());
        copy.bool(state.suspended());
        copy.int8(state.dueAtMicros());
        copy.bool(state.dueMoved());
        copy.int4(state.scheduledDays());
        Scheduler by = state.scheduledBy();
        if (by == null) {
            copy.nothing();
        } else {
            copy.int2(by.ordinal());
        }
        copy.float8(state.scheduledRetention());
        copy.float8(state.sm2().ease());
        copy.int4(state.sm2().intervalDays());
        copy.int4(state.sm2().repetitions());
        Fsrs6Memory fsrs6 = state.fsrs6();
        if (fsrs6 == null) {
            copy.nothing();
            copy.nothing();
        } else {
            copy.float8(fsrs6.stability());
            copy.float8(fsrs6.difficulty());
        }
        copy.int4(state.answers());
        copy.int4(state.lapses());
        copy.int2(state.lastGrade());
        copy.int8(state.lastAtMicros());
        copy.int4(state.lastLocalDay());
        copy.text(state.lastZone());
        copy.int4(state.negativeGaps());
        copy.int4(state.openUndos());
        copy.int8(state.foldedAtMicros());
        copy.text(state.foldedSource());
        copy.text(state.foldedId());
    }

    /** Rewrites the state of cards that exist; the learners are locked. */
    public void update(Connection connection, List<Card> cards) throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        int n = cards.size();
        long[] learner = new long[n];
        String[] item = new String[n];
        short[] phase = new short[n];
        boolean[] suspended = new boolean[n];
        long[] due = new long[n];
        boolean[] dueMoved = new boolean[n];
        int[] scheduledDays = new int[n];
        Short[] scheduledBy = new Short[n];
        double[] scheduledRetention = new double[n];
        double[] ease = new double[n];
        int[] interval = new int[n];
        int[] repetitions = new int[n];
        Double[] stability = new Double[n];
        Double[] difficulty = new Double[n];
        int[] answers = new int[n];
        int[] lapses = new int[n];
        short[] lastGrade = new short[n];
        long[] lastAt = new long[n];
        int[] lastDay = new int[n];
        String[] lastZone = new String[n];
        int[] negativeGaps = new int[n];
        int[] openUndos = new int[n];
        long[] foldedAt = new long[n];
        String[] foldedSource = new String[n];
        String[] foldedId = new String[n];
        for (int i = 0; i < n; i++) {
            CardState state = cards.get(i).state();
            learner[i] = cards.get(i).key().learnerId();
            item[i] = cards.get(i).key().item();
            phase[i] = (short) state.phase().ordinal();
            suspended[i] = state.suspended();
            due[i] = state.dueAtMicros();
            dueMoved[i] = state.dueMoved();
            scheduledDays[i] = state.scheduledDays();
            Scheduler by = state.scheduledBy();
            scheduledBy[i] = by == null ? null : (short) by.ordinal();
            scheduledRetention[i] = state.scheduledRetention();
            ease[i] = state.sm2().ease();
            interval[i] = state.sm2().intervalDays();
            repetitions[i] = state.sm2().repetitions();
            Fsrs6Memory fsrs6 = state.fsrs6();
            stability[i] = fsrs6 == null ? null : fsrs6.stability();
            difficulty[i] = fsrs6 == null ? null : fsrs6.difficulty();
            answers[i] = state.answers();
            lapses[i] = state.lapses();
            lastGrade[i] = (short) state.lastGrade();
            lastAt[i] = state.lastAtMicros();
            lastDay[i] = state.lastLocalDay();
            lastZone[i] = state.lastZone();
            negativeGaps[i] = state.negativeGaps();
            openUndos[i] = state.openUndos();
            foldedAt[i] = state.foldedAtMicros();
            foldedSource[i] = state.foldedSource();
            foldedId[i] = state.foldedId();
        }
        Object[] arrays = {
            phase,
            suspended,
            due,
            dueMoved,
            scheduledDays,
            scheduledBy,
            scheduledRetention,
            ease,
            interval,
            repetitions,
            stability,
            difficulty,
            answers,
            lapses,
            lastGrade,
            lastAt,
            lastDay,
            lastZone,
            negativeGaps,
            openUndos,
            foldedAt,
            foldedSource,
            foldedId
        };
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setArray(1, SqlArrays.int8(connection, learner));
            update.setArray(2, SqlArrays.text(connection, item));
            for (int i = 0; i < arrays.length; i++) {
                update.setArray(3 + i, SqlArrays.of(connection, TYPES.get(i), arrays[i]));
            }
            int updated = update.executeUpdate();
            if (updated != n) {
                throw new IllegalStateException("updated " + updated + " of " + n + " cards");
            }
        }
    }

    /** Stores skills that changed, which is rare. */
    public void updateSkills(Connection connection, List<Card> cards) throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE card SET skills = ? WHERE learner_id = ? AND item = ?")) {
            for (Card card : cards) {
                update.setArray(
                        1, connection.createArrayOf("text", card.skills().toArray(String[]::new)));
                update.setLong(2, card.key().learnerId());
                update.setString(3, card.key().item());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static Card read(ResultSet rows) throws SQLException {
        CardKey key = new CardKey(rows.getLong(1), rows.getString(2));
        List<String> skills = strings(rows.getArray(3));
        int scheduledBy = rows.getInt(9);
        Scheduler by = rows.wasNull() ? null : SCHEDULERS[scheduledBy];
        double stability = rows.getDouble(14);
        Fsrs6Memory fsrs6 = rows.wasNull() ? null : new Fsrs6Memory(stability, rows.getDouble(15));
        CardState state = new CardState(
                PHASES[rows.getInt(4)],
                rows.getBoolean(5),
                new Sm2Memory(rows.getDouble(11), rows.getInt(12), rows.getInt(13)),
                fsrs6,
                rows.getInt(16),
                rows.getInt(17),
                rows.getInt(18),
                rows.getLong(19),
                rows.getInt(20),
                rows.getString(21),
                rows.getLong(6),
                rows.getBoolean(7),
                rows.getInt(8),
                by,
                rows.getDouble(10),
                rows.getInt(22),
                rows.getInt(23),
                rows.getLong(24),
                rows.getString(25),
                rows.getString(26));
        return new Card(key, state, skills);
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.copyOf(Arrays.asList((String[]) array.getArray()));
    }
}
