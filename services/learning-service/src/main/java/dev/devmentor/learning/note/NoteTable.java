package dev.devmentor.learning.note;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.Differences;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The notes that are or were offered as cards. */
@ApplicationScoped
public class NoteTable {
    private static final String ITEM_PREFIX = "note:";

    /** The item under which a note is asked. */
    public static String item(String memoryId) {
        return ITEM_PREFIX + memoryId;
    }

    void put(Connection connection, long learnerId, MemoryUpdated memory, Envelope envelope) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO note (learner_id, memory_id, item, title, skills, version, updated_us, offered, source, event_id,
                    deck, sibling_group)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (learner_id, memory_id) DO UPDATE
                SET title = EXCLUDED.title, skills = EXCLUDED.skills, version = EXCLUDED.version,
                    updated_us = EXCLUDED.updated_us, offered = EXCLUDED.offered,
                    source = EXCLUDED.source, event_id = EXCLUDED.event_id,
                    deck = EXCLUDED.deck, sibling_group = EXCLUDED.sibling_group
                WHERE (note.version, note.updated_us, note.source, note.event_id)
                    < (EXCLUDED.version, EXCLUDED.updated_us, EXCLUDED.source, EXCLUDED.event_id)""")) {
            upsert.setLong(1, learnerId);
            upsert.setString(2, memory.memoryId());
            upsert.setString(3, item(memory.memoryId()));
            upsert.setString(4, memory.title());
            upsert.setArray(5, SqlArrays.text(connection, memory.skills().toArray(String[]::new)));
            upsert.setLong(6, memory.version());
            upsert.setLong(7, Micros.of(memory.updatedAt()));
            upsert.setBoolean(8, memory.review() && !memory.deleted());
            upsert.setString(9, envelope.source());
            upsert.setString(10, envelope.id());
            upsert.setString(11, memory.deck());
            upsert.setString(12, memory.group());
            upsert.executeUpdate();
        }
    }

    /**
     * Notes that are offered and not taken up yet, oldest first; also those whose card is new again, or only lies in a deck.
     *
     * @param onlySkill if not null, only notes of this skill
     */
    public List<Note> offered(
            Connection connection, long learnerId, long untilMicros, @Nullable String onlySkill, int limit)
            throws SQLException {
        List<Note> offers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT n.memory_id, n.item, n.title, n.skills, n.updated_us FROM note n
                WHERE n.learner_id = ? AND n.offered AND n.updated_us <= ?
                  AND (?::text IS NULL OR ? = ANY (n.skills))
                  AND NOT EXISTS (SELECT 1 FROM card c WHERE c.learner_id = n.learner_id AND c.item = n.item
                                  AND (c.suspended OR c.due_us <> 9223372036854775807))
                ORDER BY n.updated_us, n.memory_id LIMIT ?""")) {
            select.setLong(1, learnerId);
            select.setLong(2, untilMicros);
            select.setString(3, onlySkill);
            select.setString(4, onlySkill);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    offers.add(new Note(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            List.of((String[]) rows.getArray(4).getArray()),
                            rows.getLong(5)));
                }
            }
        }
        return offers;
    }

    /** Titles of those items that are notes. */
    public Map<String, String> titles(Connection connection, long learnerId, Collection<String> items)
            throws SQLException {
        Map<String, String> titles = new HashMap<>();
        String[] notes =
                items.stream().filter(item -> item.startsWith(ITEM_PREFIX)).toArray(String[]::new);
        if (notes.length == 0) {
            return titles;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT item, title FROM note WHERE learner_id = ? AND item = ANY (?)")) {
            select.setLong(1, learnerId);
            select.setArray(2, SqlArrays.text(connection, notes));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    titles.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return titles;
    }

    /**
     * Which event each of these memories was last changed by.
     *
     * @return by memory id; those that are not known are missing
     */
    public Map<String, EventName> lastChanges(Connection connection, long learnerId, Collection<String> memoryIds)
            throws SQLException {
        Map<String, EventName> changes = HashMap.newHashMap(memoryIds.size());
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT memory_id, source, event_id FROM note WHERE learner_id = ? AND memory_id = ANY (?)")) {
            select.setLong(1, learnerId);
            select.setArray(2, SqlArrays.text(connection, memoryIds.toArray(String[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    changes.put(rows.getString(1), new EventName(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return changes;
    }

    /** The identity of an event. */
    public record EventName(String source, String id) {}

    /** Number of rows in which the table and the log differ for a learner. */
    public long differences(Connection connection, long learnerId) throws SQLException {
        return Differences.count(
                connection,
                learnerId,
                "note",
                "note_of_log",
                "learner_id, memory_id, item, title, skills, version, updated_us, offered, source, event_id, deck,"
                        + " sibling_group");
    }
}
