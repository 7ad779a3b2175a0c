package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.Models;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table of patterns, which follows the models. */
@ApplicationScoped
@Priority(1)
class PatternTable implements Models.Projection {
    static final String COLUMNS =
            "p.pattern_id, p.kind, p.state, p.lower, p.mean, p.support, p.first_us, p.last_us, p.since_us, p.title, p.detail";

    private static final String UPSERT = """
            INSERT INTO pattern AS p (owner_id, pattern_id, kind, state, lower, mean, support, first_us, last_us, since_us, title, detail)
            SELECT ?, * FROM unnest(?::text[], ?::int2[], ?::int2[], ?::float8[], ?::float8[], ?::int4[], ?::int8[], ?::int8[],
                ?::int8[], ?::text[], ?::text[])
            ON CONFLICT (owner_id, pattern_id) DO UPDATE SET kind = EXCLUDED.kind, state = EXCLUDED.state, lower = EXCLUDED.lower,
                mean = EXCLUDED.mean, support = EXCLUDED.support, first_us = EXCLUDED.first_us, last_us = EXCLUDED.last_us,
                since_us = EXCLUDED.since_us, title = EXCLUDED.title, detail = EXCLUDED.detail
            WHERE (p.state, p.lower, p.mean, p.support, p.first_us, p.last_us, p.since_us, p.title, p.detail) IS DISTINCT FROM
                (EXCLUDED.state, EXCLUDED.lower, EXCLUDED.mean, EXCLUDED.support, EXCLUDED.first_us, EXCLUDED.last_us,
                 EXCLUDED.since_us, EXCLUDED.title, EXCLUDED.detail)""";

    @Override
    public void project(UnitOfWork work, Models.Learned learned) throws SQLException {
        long ownerId = learned.owner().id();
        delete(work.connection(), ownerId, learned.removed());
        store(work.connection(), ownerId, learned.changed());
    }

    @Override
    public Set<String> stored(Connection connection, long ownerId) throws SQLException {
        Set<String> ids = new TreeSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT pattern_id FROM pattern WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    private static void delete(Connection connection, long ownerId, Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM pattern WHERE owner_id = ? AND pattern_id = ANY (?)")) {
            delete.setLong(1, ownerId);
            delete.setArray(2, SqlArrays.text(connection, ids.toArray(String[]::new)));
            delete.executeUpdate();
        }
    }

    private static void store(Connection connection, long ownerId, List<PatternView> views) throws SQLException {
        if (views.isEmpty()) {
            return;
        }
        int size = views.size();
        String[] ids = new String[size];
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
        for (int i = 0; i < size; i++) {
            PatternView view = views.get(i);
            ids[i] = view.id();
            kinds[i] = (short) view.kind().ordinal();
            states[i] = (short) view.state().ordinal();
            lower[i] = view.lower();
            mean[i] = view.mean();
            support[i] = view.support();
            first[i] = view.firstMicros();
            last[i] = view.lastMicros();
            since[i] = view.sinceMicros();
            titles[i] = view.title();
            details[i] = PatternDetail.of(view).toJson();
        }
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            upsert.setLong(1, ownerId);
            upsert.setArray(2, SqlArrays.text(connection, ids));
            upsert.setArray(3, SqlArrays.of(connection, "int2", kinds));
            upsert.setArray(4, SqlArrays.of(connection, "int2", states));
            upsert.setArray(5, SqlArrays.of(connection, "float8", lower));
            upsert.setArray(6, SqlArrays.of(connection, "float8", mean));
            upsert.setArray(7, SqlArrays.of(connection, "int4", support));
            upsert.setArray(8, SqlArrays.int8(connection, first));
            upsert.setArray(9, SqlArrays.int8(connection, last));
            upsert.setArray(10, SqlArrays.int8(connection, since));
            upsert.setArray(11, SqlArrays.text(connection, titles));
            upsert.setArray(12, SqlArrays.text(connection, details));
            upsert.executeUpdate();
        }
    }

    /** A pattern of an owner; null if there is none of that id. */
    @Nullable StoredPattern find(Connection connection, long ownerId, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM pattern p WHERE p.owner_id = ? AND p.pattern_id = ?")) {
            select.setLong(1, ownerId);
            select.setString(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    /**
     * From how many rows of the log an owner's patterns are; -1 if the log has more, or if answers are to be looked through by
     * now.
     */
    long folded(Connection connection, long ownerId, long nowMicros) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT f.observations FROM fold f JOIN owner o ON o.id = f.owner_id
                WHERE o.id = ? AND f.observations = o.observations AND (f.look_us IS NULL OR f.look_us > ?)""")) {
            select.setLong(1, ownerId);
            select.setLong(2, nowMicros);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }

    /**
     * Reads all patterns of an owner.
     *
     * @return number of rows that can't be read, which are left out
     */
    int readable(Connection connection, long ownerId, Consumer<StoredPattern> each) throws SQLException {
        int unreadable = 0;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM pattern p WHERE p.owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    try {
                        each.accept(read(rows));
                    } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
                        unreadable++;
                    }
                }
            }
        }
        return unreadable;
    }

    /** Reads {@link #COLUMNS}. */
    static StoredPattern read(ResultSet rows) throws SQLException {
        return new StoredPattern(
                rows.getString(1),
                PatternKind.values()[rows.getInt(2)],
                LifeState.values()[rows.getInt(3)],
                rows.getDouble(4),
                rows.getDouble(5),
                rows.getInt(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                rows.getString(10),
                PatternDetail.parse(rows.getString(11)));
    }
}
