package dev.devmentor.learning.transfer;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that is kept of one learner. What tables there are is asked of the database, so that none is forgotten. */
@ApplicationScoped
class ExportTables {
    private static final int FETCH_SIZE = 1_000;

    /** One entry of the log, as stored. Numbers that are not set are null. */
    record Entry(
            int kind,
            long atMicros,
            long receivedMicros,
            String source,
            String eventId,
            @Nullable String item,
            @Nullable String ref,
            @Nullable Integer localDay,
            @Nullable String zone,
            @Nullable Integer grade,
            @Nullable Integer responseMs,
            @Nullable Long due,
            List<String> skills,
            @Nullable String quiz,
            @Nullable Integer bloom,
            @Nullable Double difficulty,
            @Nullable String origin,
            @Nullable String detail) {}

    /** What a reader does with each thing. */
    @FunctionalInterface
    interface Each<T> {
        void take(T thing) throws java.io.IOException, SQLException;
    }

    /** The whole log in the order in which it is folded. */
    void log(Connection connection, long learnerId, Each<Entry> each) throws SQLException, java.io.IOException {
        entries(connection, learnerId, "true", "at_us, source, event_id", each);
    }

    /** Answers, resets and moved due dates, card by card, each in the order in which it is folded. */
    void logByCard(Connection connection, long learnerId, Each<Entry> each) throws SQLException, java.io.IOException {
        entries(connection, learnerId, "kind IN (1, 3, 4)", "item, at_us, source, event_id", each);
    }

    private static void entries(Connection connection, long learnerId, String which, String order, Each<Entry> each)
            throws SQLException, java.io.IOException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kind, at_us, received_us, source, event_id, item, ref, local_day, zone, grade, response_ms, due_us,
                    skills, quiz, bloom, difficulty, origin, detail FROM entry
                WHERE learner_id = ? AND\s""" + which + " ORDER BY " + order)) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    each.take(new Entry(
                            rows.getInt(1),
                            rows.getLong(2),
                            rows.getLong(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getString(7),
                            integer(rows, 8),
                            rows.getString(9),
                            integer(rows, 10),
                            integer(rows, 11),
                            number(rows, 12),
                            strings(rows.getArray(13)),
                            rows.getString(14),
                            integer(rows, 15),
                            fraction(rows, 16),
                            rows.getString(17),
                            rows.getString(18)));
                }
            }
        }
    }

    private static @Nullable Integer integer(ResultSet rows, int column) throws SQLException {
        int value = rows.getInt(column);
        return rows.wasNull() ? null : value;
    }

    private static @Nullable Long number(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? null : value;
    }

    private static @Nullable Double fraction(ResultSet rows, int column) throws SQLException {
        double value = rows.getDouble(column);
        return rows.wasNull() ? null : value;
    }

    private static List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    /** Ids of the answers that were taken back. */
    Set<String> undone(Connection connection, long learnerId) throws SQLException {
        Set<String> undone = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT ref FROM entry WHERE learner_id = ? AND kind = 2")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    undone.add(rows.getString(1));
                }
            }
        }
        return undone;
    }

    /** A note with its text, which only the log has. */
    record NoteText(
            String title, @Nullable String text, @Nullable String deck, List<String> skills) {}

    /** Notes by item. */
    Map<String, NoteText> notes(Connection connection, long learnerId) throws SQLException {
        Map<String, NoteText> notes = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT n.item, n.title, e.detail::json ->> 'text', n.deck, n.skills
                FROM note n LEFT JOIN entry e ON e.learner_id = n.learner_id AND e.kind = 10 AND e.ref = n.memory_id
                    AND e.source = n.source AND e.event_id = n.event_id
                WHERE n.learner_id = ? AND (n.offered OR EXISTS
                    (SELECT 1 FROM card c WHERE c.learner_id = n.learner_id AND c.item = n.item))""")) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    notes.put(
                            rows.getString(1),
                            new NoteText(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    strings(rows.getArray(5))));
                }
            }
        }
        return notes;
    }

    /** Tables that hold something of a learner, and their columns without the learner's key. */
    Map<String, List<String>> tables(Connection connection) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
                  AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'learner_id'
                  AND EXISTS (SELECT 1 FROM pg_attribute l WHERE l.attrelid = c.oid AND l.attname = 'learner_id')
                ORDER BY c.relname, a.attnum""");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return tables;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Rows of a table, each as a JSON object. */
    void json(Connection connection, String table, List<String> columns, long learnerId, Each<String> each)
            throws SQLException, java.io.IOException {
        StringBuilder names = new StringBuilder();
        for (String column : columns) {
            names.append(names.isEmpty() ? "" : ", ").append("t.").append(quoted(column));
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT row_to_json(r) FROM (SELECT " + names
                + " FROM " + quoted(table) + " t WHERE t.learner_id = ?) r")) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    each.take(rows.getString(1));
                }
            }
        }
    }

    /** Rows of a table, each as texts; null where there is nothing. */
    void texts(Connection connection, String table, List<String> columns, long learnerId, Each<@Nullable String[]> each)
            throws SQLException, java.io.IOException {
        StringBuilder names = new StringBuilder();
        for (String column : columns) {
            names.append(names.isEmpty() ? "" : ", ")
                    .append("t.")
                    .append(quoted(column))
                    .append("::text");
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + names + " FROM " + quoted(table) + " t WHERE t.learner_id = ?")) {
            select.setLong(1, learnerId);
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    @Nullable String[] row = new String[columns.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = rows.getString(i + 1);
                    }
                    each.take(row);
                }
            }
        }
    }
}
