package dev.devmentor.auth.erasure;

import dev.devmentor.kit.transaction.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * What a feature of this service does when a person is forgotten. Tables with a foreign key to the account need nobody: what they
 * hold of the person goes, counted by table, after all of these have run, and the account last.
 */
public interface OwnErasure {
    /** Ends what still lets the person in; in the transaction of the request, and at once. */
    default void endAccess(UnitOfWork work, String accountId) throws SQLException {}

    /**
     * Whether what others have to be told first has been told; if not, it is asked again a moment later. What it changes is kept in
     * either case.
     */
    default boolean isReady(UnitOfWork work, String accountId) throws SQLException {
        return true;
    }

    /**
     * Deletes what the feature has of the person, or makes it anonymous.
     *
     * @return how many things of each kind there were
     */
    Map<String, Long> deleteAllOf(Connection connection, String accountId) throws SQLException;
}
