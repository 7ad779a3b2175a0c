package dev.devmentor.kit.personaldata;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.kit.time.Micros;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query as JSON objects, one after the other, with some hundred of them in memory. Names are in camel case; what is null
 * is absent; times are RFC 3339 in UTC, also those of columns {@code …_us} (microseconds since 1970), which lose that ending;
 * bytes are base64; {@code json} is what it says. A column that is added to a table later is written without anybody's doing.
 */
public final class PersonalRows {
    private static final int FETCH_SIZE = 500;
    private static final String MICROS = "_us";

    private PersonalRows() {}

    /** What stands before and after the object of a row. */
    @FunctionalInterface
    public interface RowFrame {
        /** Writes the row by calling {@code row} once, at the place where an object may stand. */
        void around(JsonGenerator out, RowBody row) throws SQLException, IOException;
    }

    /** Writes the object of one row. */
    @FunctionalInterface
    public interface RowBody {
        /** Writes it. */
        void write() throws SQLException, IOException;
    }

    /**
     * Writes the rows of a query. The connection is in a transaction, for otherwise all rows would be read at once.
     *
     * @param key the query's only parameter
     * @return number of rows
     */
    public static long write(
            Connection connection, JsonGenerator out, String query, Object key, Map<String, ColumnWriter> columns)
            throws SQLException, IOException {
        return write(connection, out, query, key, columns, (generator, row) -> row.write());
    }

    /** The same, each row in a frame. */
    public static long write(
            Connection connection,
            JsonGenerator out,
            String query,
            Object key,
            Map<String, ColumnWriter> columns,
            RowFrame frame)
            throws SQLException, IOException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(FETCH_SIZE);
            select.setObject(1, key);
            try (ResultSet rows = select.executeQuery()) {
                Column[] plan = plan(rows.getMetaData(), columns);
                long count = 0;
                while (rows.next()) {
                    frame.around(out, () -> object(out, rows, plan));
                    count++;
                }
                return count;
            }
        }
    }

    private static void object(JsonGenerator out, ResultSet row, Column[] plan) throws SQLException, IOException {
        out.writeStartObject();
        for (int i = 0; i < plan.length; i++) {
            if (row.getObject(i + 1) != null) {
                plan[i].writer().write(out, plan[i].field(), row, i + 1);
            }
        }
        out.writeEndObject();
    }

    private record Column(String field, ColumnWriter writer) {}

    private static Column[] plan(ResultSetMetaData meta, Map<String, ColumnWriter> columns) throws SQLException {
        Column[] plan = new Column[meta.getColumnCount()];
        for (int i = 0; i < plan.length; i++) {
            String name = meta.getColumnLabel(i + 1);
            int type = meta.getColumnType(i + 1);
            boolean micros = name.endsWith(MICROS) && type == Types.BIGINT;
            String field = camel(micros ? name.substring(0, name.length() - MICROS.length()) : name);
            ColumnWriter special = columns.get(name);
            plan[i] =
                    new Column(field, special != null ? special : writer(type, meta.getColumnTypeName(i + 1), micros));
        }
        return plan;
    }

    private static ColumnWriter writer(int type, String typeName, boolean micros) {
        if (typeName.equals("json") || typeName.equals("jsonb")) {
            return ColumnWriter.JSON;
        }
        return switch (type) {
            case Types.BIGINT ->
                micros ? PersonalRows::micros : (out, field, row, i) -> out.writeNumberField(field, row.getLong(i));
            case Types.INTEGER, Types.SMALLINT -> (out, field, row, i) -> out.writeNumberField(field, row.getInt(i));
            case Types.DOUBLE, Types.REAL -> (out, field, row, i) -> out.writeNumberField(field, row.getDouble(i));
            case Types.NUMERIC -> (out, field, row, i) -> out.writeNumberField(field, row.getBigDecimal(i));
            case Types.BIT, Types.BOOLEAN -> (out, field, row, i) -> out.writeBooleanField(field, row.getBoolean(i));
            case Types.BINARY, Types.VARBINARY -> (out, field, row, i) -> out.writeBinaryField(field, row.getBytes(i));
            case Types.ARRAY -> PersonalRows::array;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> PersonalRows::timestamp;
            default -> (out, field, row, i) -> out.writeStringField(field, row.getString(i));
        };
    }

    private static void micros(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        out.writeStringField(field, Micros.toInstant(row.getLong(column)).toString());
    }

    private static void timestamp(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        Instant instant = row.getObject(column, OffsetDateTime.class).toInstant();
        out.writeStringField(field, instant.toString());
    }

    private static void array(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        out.writeArrayFieldStart(field);
        Array array = row.getArray(column);
        for (@Nullable Object element : (@Nullable Object[]) array.getArray()) {
            switch (element) {
                case null -> out.writeNull();
                case Number number
                when number instanceof Double || number instanceof Float -> out.writeNumber(number.doubleValue());
                case Number number -> out.writeNumber(number.longValue());
                case Boolean bool -> out.writeBoolean(bool);
                case byte[] bytes -> out.writeBinary(bytes);
                default -> out.writeString(element.toString());
            }
        }
        array.free();
        out.writeEndArray();
    }

    static String camel(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = camel.length() > 0;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }
}
