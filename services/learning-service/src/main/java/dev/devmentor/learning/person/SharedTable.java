package dev.devmentor.learning.person;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.learning.engine.person.SharedKey;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.SharedRating;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of epochs and of what is in force in them. */
@ApplicationScoped
class SharedTable {
    /** "devmentor epochs" as a number; one database belongs to one service. */
    private static final long LOCK = 0x65706F6368730001L;

    private static final SharedKey.Kind[] KINDS = SharedKey.Kind.values();

    /**
     * An epoch.
     *
     * @param fromMicros event time from which it is in force
     * @param madeMicros when it was written
     * @param learners who left evidence in the epoch before
     * @param answers they gave
     */
    record Epoch(int number, long fromMicros, long madeMicros, long learners, long answers) {}

    /** Waits until nobody else makes epochs; until the transaction ends. */
    void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    /** Whether nobody else makes epochs until the transaction ends. */
    boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet rows = lock.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** The newest epoch; null if there is none. */
    @Nullable Epoch newest(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT number, from_us, made_us, learners, answers FROM epoch ORDER BY number DESC LIMIT 1")) {
            return rows.next()
                    ? new Epoch(rows.getInt(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5))
                    : null;
        }
    }

    /** What is known, with what came after its newest epoch. */
    Difficulties loadAfter(Connection connection, Difficulties known) throws SQLException {
        List<Long> from = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT from_us FROM epoch WHERE number > ? ORDER BY number")) {
            select.setInt(1, known.newest());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    from.add(rows.getLong(1));
                }
            }
        }
        int newest = known.newest() + from.size();
        List<Difficulties.Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, id, epoch, difficulty, variance, answers, guess, seconds FROM shared_rating
                WHERE epoch > ? AND epoch <= ? ORDER BY epoch""")) {
            select.setInt(1, known.newest());
            select.setInt(2, newest);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    double guess = rows.getDouble(7);
                    guess = rows.wasNull() ? Double.NaN : guess;
                    steps.add(new Difficulties.Step(
                            new SharedKey(KINDS[rows.getInt(1)], rows.getString(2)),
                            new SharedRating(rows.getInt(3), rows.getDouble(4), rows.getDouble(5), rows.getLong(6)),
                            guess,
                            rows.getInt(8)));
                }
            }
        }
        return known.with(
                from.stream().mapToLong(Long::longValue).toArray(), steps, layers(connection, known.newest(), newest));
    }

    /** Layers that came into force after one epoch and not after another. */
    private static Map<Integer, Layer> layers(Connection connection, int after, int until) throws SQLException {
        Map<Integer, Layer> layers = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT epoch, weights, precisions FROM shared_layer WHERE epoch > ? AND epoch <= ?")) {
            select.setInt(1, after);
            select.setInt(2, until);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    layers.put(rows.getInt(1), Layer.of(doubles(rows.getArray(2)), doubles(rows.getArray(3))));
                }
            }
        }
        return layers;
    }

    private static double[] doubles(Array array) throws SQLException {
        return Arrays.stream((Double[]) array.getArray())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Writes the layer that is in force from an epoch on. */
    void insert(Connection connection, int epoch, Layer layer) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO shared_layer (epoch, weights, precisions) VALUES (?, ?, ?)")) {
            insert.setInt(1, epoch);
            insert.setArray(2, SqlArrays.of(connection, "float8", layer.weights()));
            insert.setArray(3, SqlArrays.of(connection, "float8", layer.precisions()));
            insert.executeUpdate();
        }
    }

    /** Writes an epoch and what it changes. */
    void insert(Connection connection, Epoch epoch, Collection<Difficulties.Step> steps) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO epoch (number, from_us, made_us, learners, answers) VALUES (?, ?, ?, ?, ?)")) {
            insert.setInt(1, epoch.number());
            insert.setLong(2, epoch.fromMicros());
            insert.setLong(3, epoch.madeMicros());
            insert.setLong(4, epoch.learners());
            insert.setLong(5, epoch.answers());
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO shared_rating (kind, id, epoch, difficulty, variance, answers, guess, seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (Difficulties.Step step : steps) {
                insert.setInt(1, step.key().kind().ordinal());
                insert.setString(2, step.key().id());
                insert.setInt(3, step.rating().epoch());
                insert.setDouble(4, step.rating().difficulty());
                insert.setDouble(5, step.rating().variance());
                insert.setLong(6, step.rating().answers());
                if (step.ofBank()) {
                    insert.setDouble(7, step.guess());
                    insert.setInt(8, step.seconds());
                } else {
                    insert.setNull(7, Types.DOUBLE);
                    insert.setNull(8, Types.INTEGER);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
