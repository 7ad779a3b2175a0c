package dev.devmentor.learning.learner;

import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Models;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The learners of this service. Whoever changes anything of a learner holds the lock on the learner's row: there is one
 * kind of lock, taken in the order of ids, so that no two transactions wait for each other.
 */
@ApplicationScoped
public class Learners {
    private static final String COLUMNS = "id, sub, settings, settings_at_us, weights, plans_until_day";
    private static final SettingsDetail DEFAULTS =
            new SettingsDetail(LearnerSettings.DEFAULT, Preferences.DEFAULT, false);

    private final Tombstones tombstones;

    Learners(Tombstones tombstones) {
        this.tombstones = tombstones;
    }

    /**
     * Locks learners until the transaction ends, and adds those that are new. Erased ones are missing in the answer.
     *
     * @throws SQLTransientException if one of them was erased between two statements, for which a new transaction is needed
     */
    public Map<String, Learner> lock(Connection connection, Collection<String> subs) throws SQLException {
        Map<String, Learner> locked = lockIfAllExist(connection, subs);
        if (locked.size() == subs.size()) {
            return locked;
        }
        if (!locked.isEmpty()) {
            throw erasedInBetween();
        }
        Set<String> erased = addMissing(connection, subs);
        List<String> others = new ArrayList<>(subs);
        others.removeAll(erased);
        locked = lockIfAllExist(connection, others);
        if (locked.size() < others.size()) {
            throw erasedInBetween();
        }
        return locked;
    }

    /** Locks are held, so only a new transaction may add a row. */
    private static SQLTransientException erasedInBetween() {
        return new SQLTransientException("a learner was erased in between", "40001");
    }

    /** Adds those that are not there; gives those that must not be added because they were erased. */
    private Set<String> addMissing(Connection connection, Collection<String> subs) throws SQLException {
        List<String> missing = new ArrayList<>(subs);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT l.sub FROM unnest(?::text[]) AS k(s) JOIN learner l ON l.sub = k.s")) {
            select.setArray(1, SqlArrays.text(connection, subs.toArray(String[]::new)));
            Set<String> present = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    present.add(rows.getString(1));
                }
            }
            missing.removeAll(present);
        }
        insert(connection, missing);
        // Only now: the insert has waited for an erasure of the same person that was under way.
        Set<String> erased = tombstones.among(connection, missing);
        delete(connection, erased);
        return erased;
    }

    /**
     * Locks learners if all of them exist, and else none: rows are added before any lock is held, for a lock first and an
     * insert after it could wait in a circle with another transaction that does the same.
     */
    private static Map<String, Learner> lockIfAllExist(Connection connection, Collection<String> subs)
            throws SQLException {
        Map<String, Learner> locked = HashMap.newHashMap(subs.size());
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                 FROM unnest(?::text[]) AS k(s) JOIN learner l ON l.sub = k.s
                WHERE (SELECT count(*) FROM unnest(?::text[]) AS k(s) JOIN learner l ON l.sub = k.s) = ?
                ORDER BY id FOR NO KEY UPDATE OF l""")) {
            Array all = SqlArrays.text(connection, subs.toArray(String[]::new));
            select.setArray(1, all);
            select.setArray(2, all);
            select.setInt(3, subs.size());
            read(select, locked);
        }
        return locked;
    }

    /** Reads a learner without a lock; null if unknown. */
    public @Nullable Learner find(Connection connection, String sub) throws SQLException {
        Map<String, Learner> found = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM learner WHERE sub = ?")) {
            select.setString(1, sub);
            read(select, found);
        }
        return found.get(sub);
    }

    /**
     * Locks learners that exist.
     *
     * @param ids keys in this service's tables
     */
    public List<Learner> lockByIds(Connection connection, long[] ids) throws SQLException {
        List<Learner> locked = new ArrayList<>(ids.length);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM learner WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
            select.setArray(1, SqlArrays.int8(connection, ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    locked.add(read(rows));
                }
            }
        }
        return locked;
    }

    /**
     * Keeps learners from being erased until the transaction ends; who changes something of theirs does not wait for it.
     *
     * @param ids keys in this service's tables; those that don't exist are left out
     */
    public List<Learner> hold(Connection connection, long[] ids) throws SQLException {
        List<Learner> held = new ArrayList<>(ids.length);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM learner WHERE id = ANY (?) ORDER BY id FOR KEY SHARE")) {
            select.setArray(1, SqlArrays.int8(connection, ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    held.add(read(rows));
                }
            }
        }
        return held;
    }

    /** Ids of learners after a given one, in order. */
    public long[] idsAfter(Connection connection, long id, int limit) throws SQLException {
        List<Long> ids = new ArrayList<>(limit);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM learner WHERE id > ? ORDER BY id LIMIT ?")) {
            select.setLong(1, id);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Locks a learner for removal, adding the row if there is none, so that nobody else can add it meanwhile.
     *
     * @return the learner's id
     */
    public long lockForErasure(Connection connection, String sub) throws SQLException {
        insert(connection, List.of(sub));
        // The strongest lock: it also waits for those who only hold the learner.
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM learner WHERE sub = ? FOR UPDATE")) {
            select.setString(1, sub);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLTransientException("the learner is being erased elsewhere", "40001");
                }
                return rows.getLong(1);
            }
        }
    }

    /** Removes a learner who is locked for that, and of whom no other table holds anything. */
    public void remove(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM learner WHERE id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    /** Stores what the settings entries of a locked learner add up to. */
    public void storeSettings(Connection connection, long learnerId, SettingsDetail newest, long atMicros)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE learner SET settings = ?, settings_at_us = ? WHERE id = ?")) {
            update.setString(1, newest.toJson());
            update.setLong(2, atMicros);
            update.setLong(3, learnerId);
            update.executeUpdate();
        }
    }

    /** Stores the newest weights of a locked learner. */
    public void storeWeights(Connection connection, long learnerId, WeightsDetail newest) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE learner SET weights = ? WHERE id = ?")) {
            update.setString(1, newest.toJson());
            update.setLong(2, learnerId);
            update.executeUpdate();
        }
    }

    /** Notes for a locked learner that a plan has something to say of answers until a day. */
    public void notePlan(Connection connection, long learnerId, int untilDay) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE learner SET plans_until_day = greatest(plans_until_day, ?) WHERE id = ?")) {
            update.setInt(1, untilDay);
            update.setLong(2, learnerId);
            update.executeUpdate();
        }
    }

    private static void read(PreparedStatement select, Map<String, Learner> into) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Learner learner = read(rows);
                into.put(learner.sub(), learner);
            }
        }
    }

    private static Learner read(ResultSet rows) throws SQLException {
        String json = rows.getString(3);
        long settingsAt = rows.getLong(4);
        Long settingsAtMicros = rows.wasNull() ? null : settingsAt;
        SettingsDetail settings = json == null ? DEFAULTS : SettingsDetail.parse(json);
        String weights = rows.getString(5);
        return new Learner(
                rows.getLong(1),
                rows.getString(2),
                settings.settings(),
                settings.preferences(),
                settingsAtMicros,
                weights == null ? Models.DEFAULT : WeightsDetail.parse(weights).models(),
                rows.getObject(6, Integer.class));
    }

    private static void insert(Connection connection, List<String> subs) throws SQLException {
        if (subs.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO learner (sub) SELECT s FROM unnest(?::text[]) AS s ORDER BY s ON CONFLICT (sub) DO NOTHING")) {
            insert.setArray(1, connection.createArrayOf("text", subs.toArray(String[]::new)));
            insert.executeUpdate();
        }
    }

    private static void delete(Connection connection, Set<String> subs) throws SQLException {
        if (subs.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM learner WHERE sub = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("text", subs.toArray(String[]::new)));
            delete.executeUpdate();
        }
    }
}
