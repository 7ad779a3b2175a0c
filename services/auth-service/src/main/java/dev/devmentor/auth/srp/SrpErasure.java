package dev.devmentor.auth.srp;

import dev.devmentor.auth.erasure.OwnErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Deletes what this feature has of a person. A login that is under way ends within two minutes and finds no account. */
@ApplicationScoped
public class SrpErasure implements OwnErasure {
    private final SrpCredentials credentials;

    SrpErasure(SrpCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Map<String, Long> deleteAllOf(Connection connection, String accountId) throws SQLException {
        long removed = credentials.remove(connection, accountId);
        return removed == 0 ? Map.of() : Map.of("srpVerifiers", removed);
    }
}
