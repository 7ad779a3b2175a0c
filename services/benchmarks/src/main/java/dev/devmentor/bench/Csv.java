package dev.devmentor.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of files that other programs wrote: with a byte order mark, with quotes, with bad rows among the good ones. */
public final class Csv {

    private Csv() {}

    /** Why a row can't be used. It is no fault of the file as a whole: {@link Skipped} counts it. */
    public static final class BadRow extends Exception {

        private static final long serialVersionUID = 1;

        /** @param reason without the number of the line */
        public BadRow(String reason) {
            super(reason, null, false, false); // a large file may have many of them
        }
    }

    /** Rows that can't be used: how many there are, and what is wrong with the first. */
    public static final class Skipped {

        private int count;
        private @Nullable String first;

        /** @param line from 1, the header being the first */
        public void add(int line, BadRow why) {
            if (count++ == 0) {
                first = "line " + line + ": " + why.getMessage();
            }
        }

        /** How many rows. */
        public int count() {
            return count;
        }

        /** For people; empty if no row was skipped. */
        public String sentence() {
            return count == 0 ? "" : String.format(Locale.ROOT, " %,d rows were skipped, the first: %s.", count, first);
        }

        /** What to say of a file of which nothing else is left. */
        public BenchmarkFailed nothingLeft(String file) {
            return new BenchmarkFailed(
                    first == null
                            ? file + " has no row below its header"
                            : file + ": none of its " + count + " rows can be used; " + first);
        }
    }

    /** A line without the mark that some programs put before a file's first character. */
    public static String unmarked(String firstLine) {
        return firstLine.startsWith("\uFEFF") ? firstLine.substring(1) : firstLine;
    }

    /** What a header's cells are separated by: tabs if it has one, otherwise commas. */
    public static char separator(String header) {
        return header.indexOf('\t') >= 0 ? '\t' : ',';
    }

    /** The cells of a line, stripped; a quoted one may hold separators and doubled quotes, but no line end. */
    public static List<String> cells(String line, char separator) {
        List<String> cells = new ArrayList<>(8);
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    /** A cell in quotes for a message, cut off where it is long. */
    public static String shown(String cell) {
        return '"' + (cell.length() <= 40 ? cell : cell.substring(0, 40) + "...") + '"';
    }
}
