package dev.devmentor.pbml.share;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.owner.OwnerKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Contributions of owners, and which sums have to be made anew. */
@ApplicationScoped
class ShareTable {
    private static final String COLUMNS =
            "c.scope, c.scope_id, c.pattern_id, c.kind, c.title, c.evidence, c.support, c.first_us, c.last_us, c.detail";
    /** A sum of many people is read piece by piece. */
    private static final int FETCH_SIZE = 500;

    /** With whom an owner shares, as it was when their rows were written last. */
    record Sharing(boolean withTeams, boolean withEveryone) {}

    /** What a reader does with each contribution. */
    @FunctionalInterface
    interface Visitor {
        void visit(OwnerKind owner, Contribution contribution);
    }

    @Nullable Sharing sharing(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT with_teams, with_everyone FROM sharing WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new Sharing(rows.getBoolean(1), rows.getBoolean(2)) : null;
            }
        }
    }

    void store(Connection connection, long ownerId, Sharing sharing) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO sharing (owner_id, with_teams, with_everyone) VALUES (?, ?, ?)
                ON CONFLICT (owner_id) DO UPDATE SET with_teams = EXCLUDED.with_teams,
                    with_everyone = EXCLUDED.with_everyone""")) {
            upsert.setLong(1, ownerId);
            upsert.setBoolean(2, sharing.withTeams());
            upsert.setBoolean(3, sharing.withEveryone());
            upsert.executeUpdate();
        }
    }

    /** Everything that an owner contributes. */
    Map<SharedKey, Contribution> contributions(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM contribution c WHERE c.owner_id = ?")) {
            select.setLong(1, ownerId);
            return read(select);
        }
    }

    /** What an owner contributes to some patterns, and all that they only judged. */
    Map<SharedKey, Contribution> contributions(Connection connection, long ownerId, Collection<String> patterns)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM contribution c WHERE c.owner_id = ? AND (c.support = 0 OR c.pattern_id = ANY (?))")) {
            select.setLong(1, ownerId);
            select.setArray(2, SqlArrays.text(connection, patterns.toArray(String[]::new)));
            return read(select);
        }
    }

    private static Map<SharedKey, Contribution> read(PreparedStatement select) throws SQLException {
        Map<SharedKey, Contribution> found = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Contribution contribution = read(rows);
                found.put(contribution.key(), contribution);
            }
        }
        return found;
    }

    private static Contribution read(ResultSet rows) throws SQLException {
        return new Contribution(
                new SharedKey(SharedScope.of(rows.getInt(1)), rows.getString(2), rows.getString(3)),
                PatternKind.values()[rows.getInt(4)],
                rows.getString(5),
                Evidence.restore(rows.getBytes(6)),
                rows.getInt(7),
                rows.getLong(8),
                rows.getLong(9),
                Contribution.Detail.parse(rows.getString(10)));
    }

    void store(Connection connection, long ownerId, List<Contribution> contributions) throws SQLException {
        if (contributions.isEmpty()) {
            return;
        }
        int size = contributions.size();
        short[] scopes = new short[size];
        String[] scopeIds = new String[size];
        String[] patterns = new String[size];
        short[] kinds = new short[size];
        String[] titles = new String[size];
        byte[][] evidence = new byte[size][];
        int[] support = new int[size];
        long[] first = new long[size];
        long[] last = new long[size];
        String[] details = new String[size];
        for (int i = 0; i < size; i++) {
            Contribution each = contributions.get(i);
            scopes[i] = (short) each.key().scope().code();
            scopeIds[i] = each.key().scopeId();
            patterns[i] = each.key().pattern();
            kinds[i] = (short) each.kind().ordinal();
            titles[i] = each.title();
            evidence[i] = each.evidence().snapshot();
            support[i] = each.support();
            first[i] = each.firstMicros();
            last[i] = each.lastMicros();
            details[i] = each.detail().toJson();
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO contribution
                    (owner_id, scope, scope_id, pattern_id, kind, title, evidence, support, first_us, last_us, detail)
                SELECT ?, * FROM unnest(?::int2[], ?::text[], ?::text[], ?::int2[], ?::text[], ?::bytea[], ?::int4[], ?::int8[],
                    ?::int8[], ?::text[])
                ON CONFLICT (scope, scope_id, pattern_id, owner_id) DO UPDATE SET kind = EXCLUDED.kind, title = EXCLUDED.title,
                    evidence = EXCLUDED.evidence, support = EXCLUDED.support, first_us = EXCLUDED.first_us,
                    last_us = EXCLUDED.last_us, detail = EXCLUDED.detail""")) {
            upsert.setLong(1, ownerId);
            upsert.setArray(2, SqlArrays.of(connection, "int2", scopes));
            upsert.setArray(3, SqlArrays.text(connection, scopeIds));
            upsert.setArray(4, SqlArrays.text(connection, patterns));
            upsert.setArray(5, SqlArrays.of(connection, "int2", kinds));
            upsert.setArray(6, SqlArrays.text(connection, titles));
            upsert.setArray(7, SqlArrays.of(connection, "bytea", evidence));
            upsert.setArray(8, SqlArrays.of(connection, "int4", support));
            upsert.setArray(9, SqlArrays.int8(connection, first));
            upsert.setArray(10, SqlArrays.int8(connection, last));
            upsert.setArray(11, SqlArrays.text(connection, details));
            upsert.executeUpdate();
        }
    }

    void delete(Connection connection, long ownerId, Collection<SharedKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM contribution c USING unnest(?::int2[], ?::text[], ?::text[]) AS k(s, i, p)
                WHERE c.scope = k.s AND c.scope_id = k.i AND c.pattern_id = k.p AND c.owner_id = ?""")) {
            setKeys(connection, delete, 1, keys);
            delete.setLong(4, ownerId);
            delete.executeUpdate();
        }
    }

    /** Notes whose sums have to be made anew. */
    void note(Connection connection, Collection<SharedKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO contributed (scope, scope_id, pattern_id)
                SELECT * FROM unnest(?::int2[], ?::text[], ?::text[])""")) {
            setKeys(connection, insert, 1, keys);
            insert.executeUpdate();
        }
    }

    /** Takes some notes out of the table; they come back if the transaction fails. */
    SortedSet<SharedKey> take(Connection connection, int atMost) throws SQLException {
        SortedSet<SharedKey> keys = new TreeSet<>();
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM contributed WHERE ctid = ANY (ARRAY(SELECT ctid FROM contributed LIMIT ?))
                RETURNING scope, scope_id, pattern_id""")) {
            delete.setInt(1, atMost);
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    keys.add(new SharedKey(SharedScope.of(rows.getInt(1)), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return keys;
    }

    /** Visits all contributions to some patterns, in no particular order. */
    void visit(Connection connection, Collection<SharedKey> keys, Visitor visitor) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + ", w.kind FROM "
                + "unnest(?::int2[], ?::text[], ?::text[]) AS k(s, i, p) "
                + "JOIN contribution c ON c.scope = k.s AND c.scope_id = k.i AND c.pattern_id = k.p "
                + "JOIN owner w ON w.id = c.owner_id")) {
            select.setFetchSize(FETCH_SIZE);
            setKeys(connection, select, 1, keys);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(OwnerKind.of(rows.getInt(11)), read(rows));
                }
            }
        }
    }

    static void setKeys(Connection connection, PreparedStatement statement, int parameter, Collection<SharedKey> keys)
            throws SQLException {
        short[] scopes = new short[keys.size()];
        String[] scopeIds = new String[keys.size()];
        String[] patterns = new String[keys.size()];
        int i = 0;
        for (SharedKey key : keys) {
            scopes[i] = (short) key.scope().code();
            scopeIds[i] = key.scopeId();
            patterns[i++] = key.pattern();
        }
        statement.setArray(parameter, SqlArrays.of(connection, "int2", scopes));
        statement.setArray(parameter + 1, SqlArrays.text(connection, scopeIds));
        statement.setArray(parameter + 2, SqlArrays.text(connection, patterns));
    }
}
