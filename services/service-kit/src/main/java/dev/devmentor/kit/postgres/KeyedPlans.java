package dev.devmentor.kit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Plans for transactions that name each row by its key. For a join of {@code unnest} with a partitioned table the planner adds
 * up a look into every partition for every key, since it does not know yet which one the key is in; it would read the whole
 * table instead, batch after batch, until the table has grown to some millions of rows. And a plan that was made while a
 * partition was empty would read all of it for each key when it has filled.
 */
public final class KeyedPlans {
    private static final String BY_KEY =
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;"
                    + " SET LOCAL plan_cache_mode = force_generic_plan";
    private static final String EACH_CALL = "SET LOCAL plan_cache_mode = force_custom_plan";

    private KeyedPlans() {}

    /**
     * Until the transaction ends, joins look rows up by their keys, and a statement is planned once for a connection and not
     * for each call. Not for a transaction that joins many rows without keys.
     */
    public static void byKey(Connection connection) throws SQLException {
        set(connection, BY_KEY);
    }

    /** From here on statements are planned for each call: a long list that only filters is hashed then. */
    public static void eachCall(Connection connection) throws SQLException {
        set(connection, EACH_CALL);
    }

    private static void set(Connection connection, String settings) throws SQLException {
        try (Statement set = connection.createStatement()) {
            set.execute(settings);
        }
    }
}
