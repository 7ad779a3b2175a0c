package dev.devmentor.auth.erasure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that belong to an account by a foreign key, whichever feature has them: asked of the database, so that a table which somebody
 * adds is counted and goes too. Names come from the catalogue and are quoted by it.
 */
final class AccountRows {
    private static final String REFERENCES = """
            SELECT c.conrelid::regclass::text, quote_ident(a.attname)
            FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid = 'account'::regclass AND cardinality(c.conkey) = 1
            ORDER BY 1, 2""";

    private AccountRows() {}

    private record Reference(String table, String column) {}

    /**
     * Deletes all of them, and the account.
     *
     * @return number of rows by table; of tables that had none too
     */
    static Map<String, Long> delete(Connection connection, String accountId) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (Reference reference : references(connection)) {
            long rows = delete(connection, reference.table(), reference.column(), accountId);
            counts.merge(reference.table(), rows, Long::sum);
        }
        counts.put("account", delete(connection, "account", "id", accountId));
        return counts;
    }

    private static long delete(Connection connection, String table, String column, String accountId)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE " + column + " = ?")) {
            delete.setString(1, accountId);
            return delete.executeLargeUpdate();
        }
    }

    private static List<Reference> references(Connection connection) throws SQLException {
        List<Reference> found = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(REFERENCES)) {
            while (rows.next()) {
                found.add(new Reference(rows.getString(1), rows.getString(2)));
            }
        }
        return found;
    }
}
