package dev.devmentor.auth.session;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.OAuthClients;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last step of every way in: somebody has shown who they are, and gets a session. */
@ApplicationScoped
public class SignIns {
    private final Sessions sessions;
    private final SecondFactorCheck secondFactors;
    private final Clock clock;

    SignIns(Sessions sessions, SecondFactorCheck secondFactors, Clock clock) {
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.clock = clock;
    }

    /** Second factors of people. Asked here, so that no way in can forget to. */
    public interface SecondFactorCheck {
        /**
         * Refuses whoever has one and has not shown it.
         *
         * @throws ProblemException 401 {@code second-factor-required}
         */
        void mustBeShown(Connection connection, String accountId, @Nullable SecondFactorShown shown)
                throws SQLException;
    }

    /**
     * Begins a session of a program that is ours, of somebody who has shown nothing beside that method.
     *
     * @param method how the person showed who they are, such as {@code password}
     * @throws ProblemException 403 if the account is out of use, 401 {@code second-factor-required}
     */
    public TokenAnswer signIn(UnitOfWork work, Account account, ClientInfo client, String method) throws SQLException {
        return signIn(work, account, client, method, null);
    }

    /** The same of somebody who has shown a second factor, too. */
    public TokenAnswer signIn(
            UnitOfWork work, Account account, ClientInfo client, String method, @Nullable SecondFactorShown shown)
            throws SQLException {
        mustBeUsable(account);
        secondFactors.mustBeShown(work.connection(), account.id(), shown);
        return sessions.begin(
                work,
                account,
                client,
                OAuthClients.WEB,
                method,
                Amr.of(method, shown != null),
                clock.instant(),
                Scopes.of(account.roles()));
    }

    /**
     * Begins a session of a program that the person has let in.
     *
     * @param amr what the person had shown in the session in which they did
     * @param authTime when they had
     * @param scope of all that the session gives
     */
    public TokenAnswer letIn(
            UnitOfWork work,
            Account account,
            ClientInfo client,
            String clientId,
            List<String> amr,
            Instant authTime,
            String scope)
            throws SQLException {
        mustBeUsable(account);
        return sessions.begin(work, account, client, clientId, "device", amr, authTime, scope);
    }

    private static void mustBeUsable(Account account) {
        if (!account.isUsable()) {
            throw ProblemException.forbidden("account-out-of-use", "this account is out of use");
        }
    }
}
