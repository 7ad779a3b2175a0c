package dev.devmentor.auth.login;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.password.PasswordPolicy;
import dev.devmentor.auth.password.Passwords;
import dev.devmentor.auth.registration.Credentials;
import dev.devmentor.auth.registration.Links;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.srp.SrpCredentials;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.throttle.Throttle.Kind;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes the password of somebody who is logged in. */
@ApplicationScoped
class ChangePassword {
    private final Accounts accounts;
    private final Credentials credentials;
    private final SrpCredentials verifiers;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final Links links;
    private final Sessions sessions;
    private final RecentLogin recent;
    private final Throttle throttle;
    private final AuditLog audit;
    private final Transactions transactions;

    ChangePassword(
            Accounts accounts,
            Credentials credentials,
            SrpCredentials verifiers,
            Passwords passwords,
            PasswordPolicy policy,
            Links links,
            Sessions sessions,
            RecentLogin recent,
            Throttle throttle,
            AuditLog audit,
            Transactions transactions) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.verifiers = verifiers;
        this.passwords = passwords;
        this.policy = policy;
        this.links = links;
        this.sessions = sessions;
        this.recent = recent;
        this.throttle = throttle;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Whose it is, and the hash of the present password. */
    private record Present(Account account, @Nullable String phc) {}

    /**
     * Sets another password and ends all sessions but this one.
     *
     * @return the address of the account
     * @throws ProblemException 401 if the present password is another, 400 if the new one is too easy to guess
     */
    String change(
            String accountId,
            @Nullable String session,
            @Nullable String current,
            String next,
            ClientInfo client,
            @Nullable String device)
            throws SQLException {
        Present present = transactions.run(work -> {
            Account account = accounts.byId(work.connection(), accountId)
                    .filter(Account::isUsable)
                    .orElseThrow(() -> ProblemException.notFound("there is no account of this id"));
            if (verifiers.has(work.connection(), accountId)) {
                throw ProblemException.conflict(
                        "already-zero-knowledge",
                        "your password never comes here: change it by /api/auth/srp/password");
            }
            Optional<Credentials.Known> known = credentials.of(work.connection(), accountId);
            return new Present(
                    account,
                    known.filter(it -> !it.pending())
                            .map(Credentials.Known::phc)
                            .orElse(null));
        });
        String email = present.account().email();
        if (present.phc() == null) {
            recent.mustBeRecent();
        } else if (current == null) {
            throw ProblemException.invalid("'current' is missing");
        } else {
            check(present, current, client, device);
        }
        if (next.equals(current)) {
            throw ProblemException.invalid("the new password is the present one");
        }
        policy.require(next, email, present.account().name());
        String phc = passwords.hash(next);
        transactions.runRetrying(work -> {
            if (accounts.lock(work.connection(), accountId)
                    .filter(Account::isUsable)
                    .isEmpty()) {
                throw ProblemException.notFound("there is no account of this id");
            }
            credentials.set(work.connection(), accountId, phc);
            sessions.endAll(work, accountId, session, "password-changed");
            links.sendPasswordChanged(work, present.account());
            audit.record(
                    work.connection(),
                    AuditEntry.of("password.changed", accountId, client.address())
                            .with("agent", client.userAgent()));
            return true;
        });
        return email;
    }

    private void check(Present present, String current, ClientInfo client, @Nullable String device)
            throws SQLException {
        String email = present.account().email();
        Login.mayTry(throttle, email, client, device);
        if (passwords.check(current, present.phc()) instanceof Passwords.Checked.Wrong) {
            throttle.failed(Kind.PASSWORD, email, client.address(), device);
            transactions.runRetrying(work -> {
                audit.record(
                        work.connection(),
                        AuditEntry.of("login.failed", present.account().id(), client.address())
                                .with("method", "password-change")
                                .with("agent", client.userAgent()));
                return true;
            });
            throw ProblemException.unauthenticated("login-failed", "the present password is another one");
        }
        throttle.succeeded(Kind.PASSWORD, email, client.address(), device);
    }
}
