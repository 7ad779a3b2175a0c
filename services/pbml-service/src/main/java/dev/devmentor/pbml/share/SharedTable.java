package dev.devmentor.pbml.share;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Patterns of teams and of everyone, their epochs, and what was said of them. */
@ApplicationScoped
class SharedTable {
    /** Held by the instance that makes an epoch. */
    private static final long LOCK = 0x70626d6c_73686172L;

    private static final String COLUMNS =
            "p.scope, p.scope_id, p.pattern_id, p.kind, p.state, p.lower, p.mean, p.support, p.first_us, p.last_us, p.since_us,"
                    + " p.title, p.detail, p.people, p.epoch, p.version";

    /**
     * What was said last of a pattern.
     *
     * @param digest of it; 0 once it was taken back
     */
    record Said(int version, long digest) {}

    /** Whether nobody else makes an epoch until the transaction ends. */
    boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet rows = lock.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Number of the newest epoch; 0 if there is none. */
    int epoch(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT coalesce(max(number), 0) FROM share_epoch")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    void insertEpoch(Connection connection, int number, long madeMicros, int patterns) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO share_epoch (number, made_us, patterns) VALUES (?, ?, ?)")) {
            insert.setInt(1, number);
            insert.setLong(2, madeMicros);
            insert.setInt(3, patterns);
            insert.executeUpdate();
        }
    }

    Map<SharedKey, Said> said(Connection connection, Collection<SharedKey> keys) throws SQLException {
        Map<SharedKey, Said> said = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT a.scope, a.scope_id, a.pattern_id, a.version, a.said
                FROM unnest(?::int2[], ?::text[], ?::text[]) AS k(s, i, p)
                JOIN shared_announcement a ON a.scope = k.s AND a.scope_id = k.i AND a.pattern_id = k.p""")) {
            ShareTable.setKeys(connection, select, 1, keys);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    said.put(
                            new SharedKey(SharedScope.of(rows.getInt(1)), rows.getString(2), rows.getString(3)),
                            new Said(rows.getInt(4), rows.getLong(5)));
                }
            }
        }
        return said;
    }

    void note(Connection connection, Map<SharedKey, Said> said) throws SQLException {
        if (said.isEmpty()) {
            return;
        }
        List<SharedKey> keys = new ArrayList<>();
        int[] versions = new int[said.size()];
        long[] digests = new long[said.size()];
        for (Map.Entry<SharedKey, Said> each : said.entrySet()) {
            versions[keys.size()] = each.getValue().version();
            digests[keys.size()] = each.getValue().digest();
            keys.add(each.getKey());
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO shared_announcement (scope, scope_id, pattern_id, version, said)
                SELECT * FROM unnest(?::int2[], ?::text[], ?::text[], ?::int4[], ?::int8[])
                ON CONFLICT (scope, scope_id, pattern_id) DO UPDATE SET version = EXCLUDED.version, said = EXCLUDED.said""")) {
            ShareTable.setKeys(connection, upsert, 1, keys);
            upsert.setArray(4, SqlArrays.of(connection, "int4", versions));
            upsert.setArray(5, SqlArrays.int8(connection, digests));
            upsert.executeUpdate();
        }
    }

    /** Replaces the members of patterns. */
    void storeMembers(Connection connection, Map<SharedKey, List<String>> members) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM shared_member m USING unnest(?::int2[], ?::text[], ?::text[]) AS k(s, i, p)
                WHERE m.scope = k.s AND m.scope_id = k.i AND m.pattern_id = k.p""")) {
            ShareTable.setKeys(connection, delete, 1, members.keySet());
            delete.executeUpdate();
        }
        List<SharedKey> keys = new ArrayList<>();
        List<String> names = new ArrayList<>();
        members.forEach((key, theirs) -> theirs.forEach(member -> {
            keys.add(key);
            names.add(member);
        }));
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO shared_member (scope, scope_id, pattern_id, member_key)
                SELECT * FROM unnest(?::int2[], ?::text[], ?::text[], ?::text[])""")) {
            ShareTable.setKeys(connection, insert, 1, keys);
            insert.setArray(4, SqlArrays.text(connection, names.toArray(String[]::new)));
            insert.executeUpdate();
        }
    }

    void delete(Connection connection, Collection<SharedKey> keys) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM shared_pattern p USING unnest(?::int2[], ?::text[], ?::text[]) AS k(s, i, p)
                WHERE p.scope = k.s AND p.scope_id = k.i AND p.pattern_id = k.p""")) {
            ShareTable.setKeys(connection, delete, 1, keys);
            delete.executeUpdate();
        }
    }

    /** Stores patterns; a row that would be the same but for its epoch stays as it is. */
    void store(Connection connection, List<SharedPattern> patterns) throws SQLException {
        if (patterns.isEmpty()) {
            return;
        }
        int size = patterns.size();
        List<SharedKey> keys = new ArrayList<>(size);
        short[] kinds = new short[size];
        short[] states = new short[size];
        double[] lower = new double[size];
        double[] mean = new double[size];
        int[] support = new int[size];
        long[] first = new long[size];
        long[] last = new long[size];
        long[] since = new long[size];
        String[] titles = new String[size];
        String[] details = new String[size];
        int[] people = new int[size];
        int[] epochs = new int[size];
        int[] versions = new int[size];
        for (int i = 0; i < size; i++) {
            SharedPattern each = patterns.get(i);
            keys.add(new SharedKey(each.scope(), each.scopeId(), each.id()));
            kinds[i] = (short) each.kind().ordinal();
            states[i] = (short) each.state().ordinal();
            lower[i] = each.lower();
            mean[i] = each.mean();
            support[i] = each.support();
            first[i] = each.firstMicros();
            last[i] = each.lastMicros();
            since[i] = each.sinceMicros();
            titles[i] = each.title();
            details[i] = each.detail();
            people[i] = each.people();
            epochs[i] = each.epoch();
            versions[i] = each.version();
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO shared_pattern AS p (scope, scope_id, pattern_id, kind, state, lower, mean, support, first_us, last_us,
                    since_us, title, detail, people, epoch, version)
                SELECT * FROM unnest(?::int2[], ?::text[], ?::text[], ?::int2[], ?::int2[], ?::float8[], ?::float8[], ?::int4[],
                    ?::int8[], ?::int8[], ?::int8[], ?::text[], ?::text[], ?::int4[], ?::int4[], ?::int4[])
                ON CONFLICT (scope, scope_id, pattern_id) DO UPDATE SET kind = EXCLUDED.kind, state = EXCLUDED.state,
                    lower = EXCLUDED.lower, mean = EXCLUDED.mean, support = EXCLUDED.support, first_us = EXCLUDED.first_us,
                    last_us = EXCLUDED.last_us, since_us = EXCLUDED.since_us, title = EXCLUDED.title,
                    detail = EXCLUDED.detail, people = EXCLUDED.people, epoch = EXCLUDED.epoch, version = EXCLUDED.version
                WHERE (p.kind, p.state, p.lower, p.mean, p.support, p.first_us, p.last_us, p.since_us, p.title, p.detail, p.people,
                       p.version) IS DISTINCT FROM
                    (EXCLUDED.kind, EXCLUDED.state, EXCLUDED.lower, EXCLUDED.mean, EXCLUDED.support, EXCLUDED.first_us,
                     EXCLUDED.last_us, EXCLUDED.since_us, EXCLUDED.title, EXCLUDED.detail, EXCLUDED.people, EXCLUDED.version)""")) {
            ShareTable.setKeys(connection, upsert, 1, keys);
            upsert.setArray(4, SqlArrays.of(connection, "int2", kinds));
            upsert.setArray(5, SqlArrays.of(connection, "int2", states));
            upsert.setArray(6, SqlArrays.of(connection, "float8", lower));
            upsert.setArray(7, SqlArrays.of(connection, "float8", mean));
            upsert.setArray(8, SqlArrays.of(connection, "int4", support));
            upsert.setArray(9, SqlArrays.int8(connection, first));
            upsert.setArray(10, SqlArrays.int8(connection, last));
            upsert.setArray(11, SqlArrays.int8(connection, since));
            upsert.setArray(12, SqlArrays.text(connection, titles));
            upsert.setArray(13, SqlArrays.text(connection, details));
            upsert.setArray(14, SqlArrays.of(connection, "int4", people));
            upsert.setArray(15, SqlArrays.of(connection, "int4", epochs));
            upsert.setArray(16, SqlArrays.of(connection, "int4", versions));
            upsert.executeUpdate();
        }
    }

    @Nullable SharedPattern find(Connection connection, SharedKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM shared_pattern p WHERE p.scope = ? AND p.scope_id = ? AND p.pattern_id = ?")) {
            select.setInt(1, key.scope().code());
            select.setString(2, key.scopeId());
            select.setString(3, key.pattern());
            return first(select);
        }
    }

    /** The team's pattern that most people of it showed, or else everyone's. */
    @Nullable SharedPattern byMember(Connection connection, Collection<String> teams, String member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + """
                 FROM shared_member m
                JOIN shared_pattern p ON p.scope = m.scope AND p.scope_id = m.scope_id AND p.pattern_id = m.pattern_id
                WHERE m.member_key = ? AND (m.scope = 2 AND m.scope_id = ANY (?) OR m.scope = 3 AND m.scope_id = '')
                ORDER BY p.scope, p.people DESC, p.lower DESC, p.scope_id, p.pattern_id LIMIT 1""")) {
            select.setString(1, member);
            select.setArray(2, SqlArrays.text(connection, teams.toArray(String[]::new)));
            return first(select);
        }
    }

    private static @Nullable SharedPattern first(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? new SharedPattern(
                            SharedScope.of(rows.getInt(1)),
                            rows.getString(2),
                            rows.getString(3),
                            PatternKind.values()[rows.getInt(4)],
                            LifeState.values()[rows.getInt(5)],
                            rows.getDouble(6),
                            rows.getDouble(7),
                            rows.getInt(8),
                            rows.getLong(9),
                            rows.getLong(10),
                            rows.getLong(11),
                            rows.getString(12),
                            rows.getString(13),
                            rows.getInt(14),
                            rows.getInt(15),
                            rows.getInt(16))
                    : null;
        }
    }
}
