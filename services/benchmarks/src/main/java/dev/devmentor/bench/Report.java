package dev.devmentor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a benchmark has to say: a table for people, then one JSON object as the last line for programs. */
public final class Report {

    private final List<String> notes = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final ObjectNode json = new ObjectMapper().createObjectNode();

    /** @param columns headings of the table, the first one for the row's name */
    public Report(String... columns) {
        rows.add(List.of(columns));
    }

    /** A row of the table; the first cell is its name. */
    public Report row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** A line below the table. */
    public Report note(String format, Object... arguments) {
        notes.add(String.format(Locale.ROOT, format, arguments));
        return this;
    }

    /** A value of the JSON object. */
    public Report value(String key, double value) {
        json.put(key, value);
        return this;
    }

    /** A whole number of the JSON object. */
    public Report value(String key, long value) {
        json.put(key, value);
        return this;
    }

    /** A text of the JSON object. */
    public Report value(String key, String value) {
        json.put(key, value);
        return this;
    }

    /** A list or an object of the JSON object. */
    public Report value(String key, JsonNode value) {
        json.set(key, value);
        return this;
    }

    /** Prints table, notes and JSON. */
    public void print(PrintStream out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), widths));
            if (i == 0) {
                out.println("-".repeat(Arrays.stream(widths).sum() + 2 * (columns - 1)));
            }
        }
        notes.forEach(out::println);
        out.println(json);
        out.flush();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
