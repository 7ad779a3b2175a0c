package dev.devmentor.auth.session;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.OAuthClients;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** The last step of every way in: somebody has shown who they are, and gets a session. */
@ApplicationScoped
public class SignIns {
    private final Sessions sessions;
    private final Clock clock;

    SignIns(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Begins a session of a program that is ours.
     *
     * @param method how the person showed who they are, such as {@code password}
     * @throws ProblemException 403 if the account is out of use
     */
    public TokenAnswer signIn(UnitOfWork work, Account account, ClientInfo client, String method) throws SQLException {
        return signIn(work, account, client, OAuthClients.WEB, method, clock.instant(), Scopes.of(account.roles()));
    }

    /**
     * Begins a session of a program.
     *
     * @param authTime when the person showed who they are
     * @param scope of all that the session gives
     */
    public TokenAnswer signIn(
            UnitOfWork work,
            Account account,
            ClientInfo client,
            String clientId,
            String method,
            Instant authTime,
            String scope)
            throws SQLException {
        if (!account.isUsable()) {
            throw ProblemException.forbidden("account-out-of-use", "this account is out of use");
        }
        return sessions.begin(work, account, client, clientId, method, authTime, scope);
    }
}
