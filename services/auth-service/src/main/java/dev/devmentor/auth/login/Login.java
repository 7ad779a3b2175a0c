package dev.devmentor.auth.login;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.password.Passwords;
import dev.devmentor.auth.registration.Credentials;
import dev.devmentor.auth.registration.Links;
import dev.devmentor.auth.secondfactor.SecondFactors;
import dev.devmentor.auth.session.SecondFactorShown;
import dev.devmentor.auth.session.SignIns;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.throttle.Throttle.Kind;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets somebody in by a password. */
@ApplicationScoped
class Login {
    private static final String METHOD = "password";

    private final Accounts accounts;
    private final Credentials credentials;
    private final Passwords passwords;
    private final Links links;
    private final SecondFactors secondFactors;
    private final SignIns signIns;
    private final Throttle throttle;
    private final AuditLog audit;
    private final Transactions transactions;

    Login(
            Accounts accounts,
            Credentials credentials,
            Passwords passwords,
            Links links,
            SecondFactors secondFactors,
            SignIns signIns,
            Throttle throttle,
            AuditLog audit,
            Transactions transactions) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.passwords = passwords;
        this.links = links;
        this.secondFactors = secondFactors;
        this.signIns = signIns;
        this.throttle = throttle;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Whom an address names, and what a password is checked against. */
    private record Candidate(@Nullable Account account, Credentials.@Nullable Known known) {}

    /**
     * Tokens for who has the password, and the second factor if there is one.
     *
     * @param code of the second factor
     * @throws ProblemException 401 {@code login-failed} for a wrong password and for an unknown address, 429 after many of these, 401
     *     {@code second-factor-required} or {@code wrong-second-factor} for a right password alone, 403
     *     {@code email-not-verified} for a right password of an address that is not confirmed (a new link is sent), 403 if the account
     *     is out of use, 503 if too many log in at once
     */
    TokenAnswer logIn(String email, String password, @Nullable String code, ClientInfo client, @Nullable String device)
            throws SQLException {
        mayTry(throttle, email, client, device);
        Candidate candidate = candidate(email);
        Account account = candidate.account();
        Credentials.Known known = candidate.known();
        Passwords.Checked checked = passwords.check(password, known == null ? null : known.phc());
        if (account == null || known == null || !(checked instanceof Passwords.Checked.Right right)) {
            throttle.failed(Kind.PASSWORD, email, client.address(), device);
            note("login.failed", account, client);
            throw wrong();
        }
        throttle.succeeded(Kind.PASSWORD, email, client.address(), device);
        if (known.pending()) {
            sendLinkAgain(account, known, right, email, client, device);
            throw ProblemException.forbidden(
                    "email-not-verified", "confirm your address first: a link was sent to it by mail");
        }
        SecondFactorShown shown = secondFactors.prove(account, code, client, device);
        return transactions.runRetrying(work -> {
            // Read again: it may have been taken out of use, erased, or got another password while this one was
            // checked.
            Account current = accounts.lock(work.connection(), account.id())
                    .orElseThrow(() -> ProblemException.forbidden("account-out-of-use", "this account is out of use"));
            if (!credentials.isStill(work.connection(), account.id(), known)) {
                throw wrong();
            }
            if (right.rehashed() != null) {
                credentials.rehash(work.connection(), account.id(), known.phc(), right.rehashed());
            }
            TokenAnswer tokens = signIns.signIn(work, current, client, METHOD, shown);
            audit.record(work.connection(), entry("login.succeeded", account, client));
            return tokens;
        });
    }

    private static ProblemException wrong() {
        return ProblemException.unauthenticated("login-failed", "the address and the password do not belong together");
    }

    static void mayTry(Throttle throttle, String email, ClientInfo client, @Nullable String device) {
        Duration wait = throttle.waitFor(Kind.PASSWORD, email, client.address(), device);
        if (wait != null) {
            throw ProblemException.tooMany(
                    wait.plusMillis(999).toSeconds(),
                    "too many failed tries; wait, or ask for a link by mail to set a new password");
        }
    }

    /** The same two questions to the database, whether there is such an account or not. */
    private Candidate candidate(String email) throws SQLException {
        return transactions.run(work -> {
            Optional<Account> account = accounts.byEmail(work.connection(), email);
            Optional<Credentials.Known> known =
                    credentials.of(work.connection(), account.map(Account::id).orElse(""));
            return new Candidate(account.orElse(null), known.orElse(null));
        });
    }

    private void sendLinkAgain(
            Account account,
            Credentials.Known known,
            Passwords.Checked.Right right,
            String email,
            ClientInfo client,
            @Nullable String device)
            throws SQLException {
        boolean mayMail = throttle.waitFor(Kind.MAIL, email, client.address(), device) == null;
        transactions.runRetrying(work -> {
            if (mayMail && account.isUsable()) {
                links.sendVerification(work, account, right.rehashed() == null ? known.phc() : right.rehashed());
            }
            audit.record(work.connection(), entry("login.not-verified", account, client));
            return true;
        });
    }

    private void note(String action, @Nullable Account account, ClientInfo client) throws SQLException {
        transactions.runRetrying(work -> {
            audit.record(work.connection(), entry(action, account, client));
            return true;
        });
    }

    private static AuditEntry entry(String action, @Nullable Account account, ClientInfo client) {
        return AuditEntry.of(action, account == null ? null : account.id(), client.address())
                .with("method", METHOD)
                .with("agent", client.userAgent());
    }
}
