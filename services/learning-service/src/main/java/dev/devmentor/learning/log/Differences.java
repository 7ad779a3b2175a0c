package dev.devmentor.learning.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Compares a table that is kept with the view that computes the same from the log. */
public final class Differences {
    private Differences() {}

    /**
     * Number of rows of a learner that only one of the two has.
     *
     * @param columns those that are compared; {@code learner_id} is one of them
     */
    public static long count(Connection connection, long learnerId, String table, String view, String columns)
            throws SQLException {
        String kept = "SELECT " + columns + " FROM " + table + " WHERE learner_id = ?";
        String computed = "SELECT " + columns + " FROM " + view + " WHERE learner_id = ?";
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM ((" + kept + " EXCEPT "
                + computed + ") UNION ALL (" + computed + " EXCEPT " + kept + ")) AS d")) {
            for (int i = 1; i <= 4; i++) {
                select.setLong(i, learnerId);
            }
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
