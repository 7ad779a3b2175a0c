package dev.devmentor.learning.log;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What of a learner's log is there already, for whoever wants to add to it once and no more. */
@ApplicationScoped
public class KnownEntries {
    /** Those of the answers that are in the log. */
    public Set<String> answers(Connection connection, long learnerId, Collection<String> answerIds)
            throws SQLException {
        Map<UUID, String> byKey = HashMap.newHashMap(answerIds.size());
        for (String id : answerIds) {
            byKey.put(Identity.ofAnswer(learnerId, id).uuid(), id);
        }
        return known(connection, "answer_key", learnerId, byKey);
    }

    /** Those of the events of one source that are in the log. */
    public Set<String> events(Connection connection, long learnerId, String source, Collection<String> eventIds)
            throws SQLException {
        Map<UUID, String> byKey = HashMap.newHashMap(eventIds.size());
        for (String id : eventIds) {
            byKey.put(Identity.ofEvent(learnerId, source, id).uuid(), id);
        }
        return known(connection, "event_key", learnerId, byKey);
    }

    private static Set<String> known(Connection connection, String column, long learnerId, Map<UUID, String> byKey)
            throws SQLException {
        Set<String> known = HashSet.newHashSet(byKey.size());
        if (byKey.isEmpty()) {
            return known;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + column + " FROM entry WHERE learner_id = ? AND " + column + " = ANY (?)")) {
            select.setLong(1, learnerId);
            select.setArray(2, connection.createArrayOf("uuid", byKey.keySet().toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    @Nullable String id = byKey.get(rows.getObject(1, UUID.class));
                    if (id != null) {
                        known.add(id);
                    }
                }
            }
        }
        return known;
    }

    /** When which item was answered, reset or moved, to the millisecond; nothing of it can be read back. */
    public static final class ItemTimes {
        private final long[] sorted;

        private ItemTimes(long[] sorted) {
            this.sorted = sorted;
        }

        /** Whether the item was answered, reset or moved then. */
        public boolean has(String item, long millis) {
            return Arrays.binarySearch(sorted, hash(item, millis)) >= 0;
        }

        private static long hash(String item, long millis) {
            return Identity.ofAnswer(0, millis + "\0" + item).high();
        }
    }

    /** All answers, resets and moved due dates of a learner. */
    public ItemTimes itemTimes(Connection connection, long learnerId) throws SQLException {
        long[] hashes = new long[1_024];
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT item, at_us FROM entry WHERE learner_id = ? AND kind IN (1, 3, 4)")) {
            select.setLong(1, learnerId);
            select.setFetchSize(2_000);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (count == hashes.length) {
                        hashes = Arrays.copyOf(hashes, 2 * count);
                    }
                    hashes[count++] = hash(rows.getString(1), rows.getLong(2));
                }
            }
        }
        long[] sorted = Arrays.copyOf(hashes, count);
        Arrays.sort(sorted);
        return new ItemTimes(sorted);
    }

    private static long hash(String item, long atMicros) {
        return ItemTimes.hash(item, Math.floorDiv(atMicros, 1_000));
    }
}
