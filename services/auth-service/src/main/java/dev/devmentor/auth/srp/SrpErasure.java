package dev.devmentor.auth.srp;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Deletes what this feature has of a person. A login that is under way ends within two minutes and finds no account. */
@ApplicationScoped
public class SrpErasure {
    private final SrpCredentials credentials;

    SrpErasure(SrpCredentials credentials) {
        this.credentials = credentials;
    }

    /** Number of rows by kind. */
    public Map<String, Long> deleteAllOf(Connection connection, String accountId) throws SQLException {
        return Map.of("srpVerifiers", (long) credentials.remove(connection, accountId));
    }
}
