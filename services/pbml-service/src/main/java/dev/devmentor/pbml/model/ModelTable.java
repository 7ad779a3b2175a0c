package dev.devmentor.pbml.model;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.engine.owner.OwnerState;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/** How far logs are folded, and states as they were saved. */
@ApplicationScoped
class ModelTable {
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();

    /**
     * A place in a log.
     *
     * @param observations rows up to there
     * @param key of the last of them; null without rows
     * @param lookMicros when answers are to be looked through; null if nobody has to
     * @param forgettings how often content of the log was forgotten; a model from before knows too much
     */
    record Place(
            long observations,
            @Nullable EventKey key,
            @Nullable Long lookMicros,
            int forgettings) {
        static final Place BEGINNING = new Place(0, null, null, 0);
    }

    /**
     * A state that was saved.
     *
     * @param observations rows of the log up to its place
     */
    record Saved(long observations, byte[] state) {}

    /** Locks the place of an owner, whose row is held; adds one if there is none. */
    Place lock(Connection connection, long ownerId) throws SQLException {
        Place place = lockIfThere(connection, ownerId);
        if (place != null) {
            return place;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fold (owner_id, observations) VALUES (?, 0) ON CONFLICT (owner_id) DO NOTHING")) {
            insert.setLong(1, ownerId);
            insert.executeUpdate();
        }
        Place added = lockIfThere(connection, ownerId);
        return added == null ? Place.BEGINNING : added;
    }

    private static @Nullable Place lockIfThere(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT observations, look_us, forgettings, at_us, source, event_id FROM fold WHERE owner_id = ? FOR UPDATE")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                String source = rows.getString(5);
                EventKey key = source == null ? null : new EventKey(rows.getLong(4), source, rows.getString(6));
                return new Place(rows.getLong(1), key, rows.getObject(2, Long.class), rows.getInt(3));
            }
        }
    }

    /** How often content of an owner's log was forgotten. */
    int forgettings(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT forgettings FROM fold WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /** Makes every model of an owner, whose place is locked, one from before a forgetting. */
    void startOver(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM model WHERE owner_id = ?")) {
            delete.setLong(1, ownerId);
            delete.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE fold SET observations = 0, forgettings = forgettings + 1 WHERE owner_id = ?")) {
            update.setLong(1, ownerId);
            update.executeUpdate();
        }
    }

    /**
     * What is known of a state that was saved.
     *
     * @param version of its form
     * @param bytes before they were compressed
     */
    record SavedFacts(int version, long observations, long savedMicros, int bytes) {}

    /** What is known of the state that was saved last, of whatever version; null if there is none. */
    @Nullable SavedFacts savedFacts(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT version, observations, saved_us, bytes FROM model WHERE owner_id = ?")) {
            select.setLong(1, ownerId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new SavedFacts(rows.getInt(1), rows.getLong(2), rows.getLong(3), rows.getInt(4))
                        : null;
            }
        }
    }

    /**
     * Those of some owners who have to be folded: whose logs have rows that no fold has seen, or whose answers are to be looked
     * through by now.
     */
    Set<Long> behind(Connection connection, Collection<Long> ownerIds, long nowMicros) throws SQLException {
        Set<Long> behind = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT w.id FROM unnest(?::int8[]) AS i JOIN owner w ON w.id = i LEFT JOIN fold f ON f.owner_id = i
                WHERE f.observations IS DISTINCT FROM w.observations OR f.look_us <= ?""")) {
            select.setArray(
                    1,
                    SqlArrays.int8(
                            connection,
                            ownerIds.stream().mapToLong(Long::longValue).toArray()));
            select.setLong(2, nowMicros);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    behind.add(rows.getLong(1));
                }
            }
        }
        return behind;
    }

    /** Stores the place of an owner, whose row is locked. */
    void store(Connection connection, long ownerId, long observations, OwnerState state, @Nullable Long lookMicros)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE fold SET observations = ?, at_us = ?, source = ?, event_id = ?, look_us = ? WHERE owner_id = ?""")) {
            boolean nothing = state.observations() == 0;
            update.setLong(1, observations);
            update.setObject(2, nothing ? null : state.folded().atMicros());
            update.setString(3, nothing ? null : state.folded().source());
            update.setString(4, nothing ? null : state.folded().id());
            update.setObject(5, lookMicros);
            update.setLong(6, ownerId);
            update.executeUpdate();
        }
    }

    /**
     * The state that was saved last; null if there is none of this version.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    @Nullable Saved saved(Connection connection, long ownerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT observations, bytes, state FROM model WHERE owner_id = ? AND version = ?")) {
            select.setLong(1, ownerId);
            select.setInt(2, OwnerState.VERSION);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new Saved(rows.getLong(1), unpack(rows.getBytes(3), rows.getInt(2))) : null;
            }
        }
    }

    void save(Connection connection, long ownerId, Saved saved, long nowMicros) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO model (owner_id, version, observations, saved_us, bytes, state) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (owner_id) DO UPDATE SET version = EXCLUDED.version, observations = EXCLUDED.observations,
                    saved_us = EXCLUDED.saved_us, bytes = EXCLUDED.bytes, state = EXCLUDED.state""")) {
            upsert.setLong(1, ownerId);
            upsert.setInt(2, OwnerState.VERSION);
            upsert.setLong(3, saved.observations());
            upsert.setLong(4, nowMicros);
            upsert.setInt(5, saved.state().length);
            upsert.setBytes(6, pack(saved.state()));
            upsert.executeUpdate();
        }
    }

    private static byte[] pack(byte[] bytes) {
        return LZ4.fastCompressor().compress(bytes);
    }

    private static byte[] unpack(byte[] packed, int bytes) {
        byte[] unpacked = new byte[bytes];
        try {
            int length = LZ4.safeDecompressor().decompress(packed, unpacked);
            return length == bytes ? unpacked : Arrays.copyOf(unpacked, length);
        } catch (LZ4Exception damaged) {
            throw new IllegalArgumentException("bytes that were not packed", damaged);
        }
    }
}
