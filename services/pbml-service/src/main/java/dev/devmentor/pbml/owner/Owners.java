package dev.devmentor.pbml.owner;

import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.postgres.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owners of this service. Whoever changes anything of an owner holds the lock on the owner's row: there is one kind of
 * lock, taken in the order of ids, so that no two transactions wait for each other (docs/adr/0003).
 */
@ApplicationScoped
public class Owners {
    private static final String COLUMNS = "o.id, o.kind, o.name, o.observations";
    private static final String NAMED =
            "unnest(?::int2[], ?::text[]) AS k(k, n) JOIN owner o ON o.kind = k.k AND o.name = k.n";

    private final Tombstones tombstones;

    Owners(Tombstones tombstones) {
        this.tombstones = tombstones;
    }

    /**
     * Locks owners until the transaction ends, and adds those that are new. Erased people are missing in the answer; a
     * repository never is.
     *
     * @throws SQLTransientException if one of them was erased between two statements, for which a new transaction is needed
     */
    public Map<OwnerName, Owner> lock(Connection connection, Collection<OwnerName> names) throws SQLException {
        Set<OwnerName> wanted = Set.copyOf(names);
        Map<OwnerName, Owner> locked = lockIfAllExist(connection, wanted);
        if (locked.size() == wanted.size()) {
            return locked;
        }
        if (!locked.isEmpty()) {
            throw erasedInBetween();
        }
        Set<OwnerName> others = new HashSet<>(wanted);
        others.removeAll(addMissing(connection, wanted));
        locked = lockIfAllExist(connection, others);
        if (locked.size() < others.size()) {
            throw erasedInBetween();
        }
        return locked;
    }

    /** Locks are held, so only a new transaction may add a row. */
    private static SQLTransientException erasedInBetween() {
        return new SQLTransientException("an owner was erased in between", "40001");
    }

    /** Adds those that are not there; gives those that must not be added because they were erased. */
    private Set<OwnerName> addMissing(Connection connection, Set<OwnerName> names) throws SQLException {
        Set<OwnerName> missing = new HashSet<>(names);
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM " + NAMED)) {
            setNames(connection, select, 1, names);
            missing.removeAll(read(select).keySet());
        }
        insert(connection, missing);
        // Only now: the insert has waited for an erasure of the same person that was under way.
        List<String> people = missing.stream()
                .filter(name -> name.kind() == OwnerKind.PERSON)
                .map(OwnerName::name)
                .toList();
        Set<OwnerName> erased = new HashSet<>();
        for (String person : tombstones.among(connection, people)) {
            erased.add(OwnerName.person(person));
        }
        delete(connection, erased);
        return erased;
    }

    /**
     * Locks owners if all of them exist, and else none: rows are added before any lock is held, for a lock first and an
     * insert after it could wait in a circle with another transaction that does the same.
     */
    private static Map<OwnerName, Owner> lockIfAllExist(Connection connection, Set<OwnerName> names)
            throws SQLException {
        if (names.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM " + NAMED
                + " WHERE (SELECT count(*) FROM " + NAMED + ") = ? ORDER BY o.id FOR NO KEY UPDATE OF o")) {
            setNames(connection, select, 1, names);
            setNames(connection, select, 3, names);
            select.setInt(5, names.size());
            return read(select);
        }
    }

    /** Reads an owner without a lock; null if unknown. */
    public @Nullable Owner find(Connection connection, OwnerName name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM owner o WHERE o.kind = ? AND o.name = ?")) {
            select.setInt(1, name.kind().code());
            select.setString(2, name.name());
            return read(select).get(name);
        }
    }

    /**
     * Locks owners that exist.
     *
     * @param ids keys in this service's tables; those that don't exist are left out
     */
    public List<Owner> lockByIds(Connection connection, long[] ids) throws SQLException {
        return byIds(connection, ids, "FOR NO KEY UPDATE");
    }

    /**
     * Keeps owners from being erased until the transaction ends; who changes something of theirs does not wait for it.
     *
     * @param ids keys in this service's tables; those that don't exist are left out
     */
    public List<Owner> hold(Connection connection, long[] ids) throws SQLException {
        return byIds(connection, ids, "FOR KEY SHARE");
    }

    private static List<Owner> byIds(Connection connection, long[] ids, String lock) throws SQLException {
        List<Owner> found = new ArrayList<>(ids.length);
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM owner o WHERE o.id = ANY (?) ORDER BY o.id " + lock)) {
            select.setArray(1, SqlArrays.int8(connection, ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
        }
        return found;
    }

    /** Those of some ids of which there is no owner any more. */
    public List<Long> missing(Connection connection, long[] ids) throws SQLException {
        List<Long> missing = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT i FROM unnest(?::int8[]) AS i WHERE NOT EXISTS (SELECT 1 FROM owner WHERE id = i)")) {
            select.setArray(1, SqlArrays.int8(connection, ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    missing.add(rows.getLong(1));
                }
            }
        }
        return missing;
    }

    /** Ids of owners after a given one, in order. */
    public long[] idsAfter(Connection connection, long id, int limit) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM owner WHERE id > ? ORDER BY id LIMIT ?")) {
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
     * Locks an owner for removal, adding the row if there is none, so that nobody else can add it meanwhile.
     *
     * @return the owner's id
     */
    public long lockForErasure(Connection connection, OwnerName name) throws SQLException {
        insert(connection, Set.of(name));
        // The strongest lock: it also waits for those who only hold the owner.
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM owner WHERE kind = ? AND name = ? FOR UPDATE")) {
            select.setInt(1, name.kind().code());
            select.setString(2, name.name());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLTransientException("the owner is being erased elsewhere", "40001");
                }
                return rows.getLong(1);
            }
        }
    }

    /** Removes an owner who is locked for that, and of whom no other table holds anything. */
    public void remove(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM owner WHERE id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    /**
     * Notes by how much the logs of locked owners grew.
     *
     * @param added rows that were appended, by the owner's id
     */
    public void countObservations(Connection connection, Map<Long, Long> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        long[] ids = added.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        long[] counts = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            counts[i] = Objects.requireNonNull(added.get(ids[i]));
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE owner o SET observations = o.observations + k.c FROM unnest(?::int8[], ?::int8[]) AS k(i, c)
                WHERE o.id = k.i""")) {
            update.setArray(1, SqlArrays.int8(connection, ids));
            update.setArray(2, SqlArrays.int8(connection, counts));
            update.executeUpdate();
        }
    }

    private static Map<OwnerName, Owner> read(PreparedStatement select) throws SQLException {
        Map<OwnerName, Owner> found = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Owner owner = read(rows);
                found.put(owner.name(), owner);
            }
        }
        return found;
    }

    private static Owner read(ResultSet rows) throws SQLException {
        return new Owner(
                rows.getLong(1), new OwnerName(OwnerKind.of(rows.getInt(2)), rows.getString(3)), rows.getLong(4));
    }

    private static void setNames(
            Connection connection, PreparedStatement statement, int parameter, Collection<OwnerName> names)
            throws SQLException {
        short[] kinds = new short[names.size()];
        String[] texts = new String[names.size()];
        int i = 0;
        for (OwnerName name : names) {
            kinds[i] = (short) name.kind().code();
            texts[i++] = name.name();
        }
        statement.setArray(parameter, SqlArrays.of(connection, "int2", kinds));
        statement.setArray(parameter + 1, SqlArrays.text(connection, texts));
    }

    private static void insert(Connection connection, Set<OwnerName> names) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO owner (kind, name) SELECT k, n FROM unnest(?::int2[], ?::text[]) AS a(k, n) ORDER BY k, n COLLATE "C"
                ON CONFLICT (kind, name) DO NOTHING""")) {
            setNames(connection, insert, 1, names);
            insert.executeUpdate();
        }
    }

    private static void delete(Connection connection, Set<OwnerName> names) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM owner o USING unnest(?::int2[], ?::text[]) AS k(k, n) WHERE o.kind = k.k AND o.name = k.n")) {
            setNames(connection, delete, 1, names);
            delete.executeUpdate();
        }
    }
}
