package dev.devmentor.auth.erasure;

import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.token.AccessTokens;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Sessions end at once, and their refresh tokens with them. Their rows stay until the gateways have been told, for so long as an
 * access token of theirs could be good.
 */
@ApplicationScoped
class SessionErasure implements OwnErasure {
    private static final String REASON = "erasure";
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final Sessions sessions;
    private final AccessTokens tokens;
    private final Clock clock;

    SessionErasure(Sessions sessions, AccessTokens tokens, Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void endAccess(UnitOfWork work, String accountId) throws SQLException {
        sessions.endAll(work, accountId, null, REASON);
    }

    @Override
    public boolean isReady(UnitOfWork work, String accountId) throws SQLException {
        // One that began while the erasure did: it had found the account in use.
        int begunMeanwhile = sessions.endAll(work, accountId, null, REASON);
        Instant since = clock.instant().minus(tokens.lifetime()).minus(LEEWAY);
        return begunMeanwhile == 0 && !isAnyUntold(work.connection(), accountId, since);
    }

    private static boolean isAnyUntold(Connection connection, String accountId, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT 1 FROM session WHERE account_id = ? AND ended_at > ? AND NOT announced LIMIT 1""")) {
            select.setString(1, accountId);
            select.setTimestamp(2, Timestamp.from(since));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The rows go with the account, and are counted there. */
    @Override
    public Map<String, Long> deleteAllOf(Connection connection, String accountId) {
        return Map.of();
    }
}
