package dev.devmentor.kit.transaction;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Tells failures that may pass by themselves from those that the same input will cause again. */
public final class Failures {
    private Failures() {}

    /**
     * Whether trying again later may succeed: the database or the broker is down or overloaded, or two transactions
     * stood in each other's way. Classes of SQLSTATE as in PostgreSQL's appendix A.
     */
    public static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof RetriableException
                    || cause instanceof IOException && !(cause instanceof JacksonException)) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state == null) {
                    // Agroal reports a pool that cannot connect without a state.
                    return sql.getCause() == null || isTransient(sql.getCause());
                }
                if (isTransientState(state)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTransientState(String state) {
        return state.startsWith("08") // connection
                || state.startsWith("0A") // a cached plan that a migration has made useless
                || state.startsWith("25P") && !state.equals("25P02") // idle or transaction timeout
                || state.startsWith("28") // password or role being changed
                || state.startsWith("40") // rollback: serialisation, deadlock
                || state.startsWith("42") // schema not migrated yet, right being granted: statements are constant
                || state.startsWith("53") // resources
                || state.startsWith("55") // object in use, lock not available
                || state.startsWith("57") // operator intervention, shutdown, cannot connect now
                || state.startsWith("58") // system error outside PostgreSQL
                || state.startsWith("XX") // the server's own mistake or a damaged page
                || state.equals("25006") // read-only: a standby not promoted yet
                || state.equals("3D000"); // database being restored
    }

    /** SQLSTATE of the first SQL failure in the chain, or null. */
    public static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
