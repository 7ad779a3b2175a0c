package dev.devmentor.kit.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Arrays as parameters of {@code unnest} and {@code ANY}; primitive ones travel in binary, without boxing. */
public final class SqlArrays {
    private SqlArrays() {}

    /** A {@code bigint[]}. */
    public static Array int8(Connection connection, long[] values) throws SQLException {
        return of(connection, "int8", values);
    }

    /** A {@code text[]}. */
    public static Array text(Connection connection, String[] values) throws SQLException {
        return of(connection, "text", values);
    }

    /**
     * An array of any element type.
     *
     * @param values a Java array, primitive or not
     */
    public static Array of(Connection connection, String type, Object values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, values);
    }
}
