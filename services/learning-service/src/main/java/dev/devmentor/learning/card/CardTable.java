package dev.devmentor.learning.card;

import dev.devmentor.kit.postgres.BinaryCopy;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.CardStateCodec;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table of card states. A state is one value, in the form of {@link CardStateCodec}; beside it stand only the columns
 * that queries compare.
 */
@ApplicationScoped
public class CardTable {
    private static final String SELECT = "SELECT c.learner_id, c.item, c.skills, c.due_us, c.suspended, c.state";
    private static final String COPY =
            "COPY card (learner_id, item, skills, due_us, suspended, state) FROM STDIN (FORMAT binary)";
    private static final String UPDATE = """
            UPDATE card c SET due_us = u.due_us, suspended = u.suspended, state = u.state
            FROM unnest(?::int8[], ?::text[], ?::int8[], ?::bool[], ?::bytea[]) AS u(l, i, due_us, suspended, state)
            WHERE c.learner_id = u.l AND c.item = u.i""";

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

    /**
     * All cards of a learner, for whoever looks for damage.
     *
     * @param damaged gets each card whose state cannot be read
     */
    public List<Card> readableOfLearner(Connection connection, long learnerId, Consumer<CardKey> damaged)
            throws SQLException {
        List<Card> cards = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT + " FROM card c WHERE c.learner_id = ?")) {
            select.setLong(1, learnerId);
            select.setFetchSize(2_000);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    try {
                        cards.add(read(rows));
                    } catch (IllegalArgumentException unreadable) {
                        damaged.accept(new CardKey(rows.getLong(1), rows.getString(2)));
                    }
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
        copy.beginRow(6);
        copy.int8(card.key().learnerId());
        copy.text(card.key().item());
        copy.textArray(card.skills());
        copy.int8(state.dueAtMicros());
        copy.bool(state.suspended());
        copy.bytes(CardStateCodec.encode(state));
    }

    /** Rewrites the state of cards that exist; the learners are locked. */
    public void update(Connection connection, List<Card> cards) throws SQLException {
        if (cards.isEmpty()) {
            return;
        }
        int n = cards.size();
        long[] learners = new long[n];
        String[] items = new String[n];
        long[] due = new long[n];
        boolean[] suspended = new boolean[n];
        byte[][] states = new byte[n][];
        for (int i = 0; i < n; i++) {
            Card card = cards.get(i);
            learners[i] = card.key().learnerId();
            items[i] = card.key().item();
            due[i] = card.state().dueAtMicros();
            suspended[i] = card.state().suspended();
            states[i] = CardStateCodec.encode(card.state());
        }
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setArray(1, SqlArrays.int8(connection, learners));
            update.setArray(2, SqlArrays.text(connection, items));
            update.setArray(3, SqlArrays.int8(connection, due));
            update.setArray(4, SqlArrays.of(connection, "bool", suspended));
            update.setArray(5, SqlArrays.of(connection, "bytea", states));
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
        CardState state = CardStateCodec.decode(rows.getBytes(6))
                // What queries look at is what holds; verify finds where the two differ.
                .with(rows.getLong(4), rows.getBoolean(5));
        return new Card(key, state, strings(rows.getArray(3)));
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.copyOf(Arrays.asList((String[]) array.getArray()));
    }
}
