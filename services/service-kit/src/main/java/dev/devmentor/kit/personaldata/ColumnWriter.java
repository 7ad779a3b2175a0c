package dev.devmentor.kit.personaldata;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** Writes one column of a row that is not null: as a field, as several, or not at all. */
@FunctionalInterface
public interface ColumnWriter {
    /**
     * Writes the column.
     *
     * @param field name that it would have
     * @param column its number, from 1
     */
    void write(JsonGenerator out, String field, ResultSet row, int column) throws SQLException, IOException;

    /** Writes nothing: a key that means nothing outside of the service's tables. */
    ColumnWriter OMITTED = (out, field, row, column) -> {};

    /** A day as a number of days since 1970-01-01, written as a date. */
    ColumnWriter DAY = (out, field, row, column) -> out.writeStringField(
            field, LocalDate.ofEpochDay(row.getLong(column)).toString());

    /** A text that is JSON, written as what it says. One that is none, though it should be, stays a text. */
    ColumnWriter JSON = (out, field, row, column) -> Json.write(out, field, row.getString(column));

    /**
     * A number that stands for a name.
     *
     * @param first number of the first name
     */
    static ColumnWriter named(int first, String... names) {
        return (out, field, row, column) -> {
            int index = row.getInt(column) - first;
            if (index >= 0 && index < names.length) {
                out.writeStringField(field, names[index]);
            } else {
                out.writeNumberField(field, row.getInt(column));
            }
        };
    }

    /** JSON inside of JSON: parsed, so that a line stays a line and nothing breaks out of its place. */
    final class Json {
        private static final JsonFactory FACTORY = new JsonFactory();

        private Json() {}

        static void write(JsonGenerator out, String field, String text) throws IOException {
            out.writeFieldName(field);
            if (!isJson(text)) {
                out.writeString(text);
                return;
            }
            try (JsonParser parser = FACTORY.createParser(text)) {
                parser.nextToken();
                out.copyCurrentStructure(parser);
            }
        }

        private static boolean isJson(String text) throws IOException {
            try (JsonParser parser = FACTORY.createParser(text)) {
                JsonToken first = parser.nextToken();
                if (first == null) {
                    return false;
                }
                parser.skipChildren();
                return parser.nextToken() == null;
            } catch (JacksonException broken) {
                return false;
            }
        }
    }
}
