package dev.devmentor.learning.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of separated values (RFC 4180), read one by one. A field in quotes may hold separators, line breaks and, doubled,
 * quotes.
 */
final class Csv {
    private static final int MOST_FIELDS = 100;
    private static final int LARGEST_ROW = 256 * 1024;

    private final BufferedReader in;
    private final char separator;
    private long line = 1;
    private long rowLine = 1;

    Csv(Reader in, char separator) {
        this.in = new BufferedReader(in);
        this.separator = separator;
    }

    /** The line, counted from 1, on which the last row began. */
    long rowLine() {
        return rowLine;
    }

    /**
     * The next row; null at the end. Blank lines are passed over.
     *
     * @throws ImportRefused if a row is larger than 256 KiB, has more than 100 fields, or a quote that never closes
     */
    @Nullable List<String> next() throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        int size = 0;
        rowLine = line;
        while (true) {
            int c = in.read();
            if (++size > LARGEST_ROW || fields.size() > MOST_FIELDS) {
                throw new ImportRefused(
                        "line " + rowLine + " begins a row of more than 256 KiB or 100 columns; is a quote missing?");
            }
            if (c == '\n') {
                line++;
            }
            if (quoted) {
                if (c < 0) {
                    throw new ImportRefused("line " + rowLine + " begins a field in quotes that never ends");
                }
                if (c != '"') {
                    field.append((char) c);
                } else if (peek() == '"') {
                    in.read();
                    field.append('"');
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c == separator) {
                fields.add(field.toString());
                field.setLength(0);
                wasQuoted = false;
            } else if (c < 0 || c == '\n') {
                if (!field.isEmpty() && field.charAt(field.length() - 1) == '\r') {
                    field.setLength(field.length() - 1);
                }
                if (fields.isEmpty() && field.toString().isBlank() && !wasQuoted) {
                    if (c < 0) {
                        return null;
                    }
                    field.setLength(0);
                    rowLine = line;
                    size = 0;
                    continue;
                }
                fields.add(field.toString());
                return fields;
            } else {
                field.append((char) c);
            }
        }
    }

    private int peek() throws IOException {
        in.mark(1);
        int c = in.read();
        in.reset();
        return c;
    }
}
