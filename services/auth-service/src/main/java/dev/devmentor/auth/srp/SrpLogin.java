package dev.devmentor.auth.srp;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a proof as at any password: guessing waits longer and longer, and every try is noted. */
@ApplicationScoped
public class SrpLogin {
    private final Handshakes handshakes;
    private final Throttle throttle;
    private final Transactions transactions;
    private final Accounts accounts;
    private final SrpCredentials credentials;
    private final AuditLog audit;

    SrpLogin(
            Handshakes handshakes,
            Throttle throttle,
            Transactions transactions,
            Accounts accounts,
            SrpCredentials credentials,
            AuditLog audit) {
        this.handshakes = handshakes;
        this.throttle = throttle;
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.audit = audit;
    }

    /**
     * What a client sends to prove a password.
     *
     * @param id of the challenge
     * @param a A in hex
     * @param m1 M1 in hex
     */
    public record Proof(
            @Nullable String id,
            @Nullable String a,
            @Nullable String m1) {}

    /**
     * Somebody who has shown who they are.
     *
     * @param m2 our own proof, in hex
     * @param verifier by which they have
     */
    public record Shown(Account account, String m2, BigInteger verifier) {}

    /**
     * The account as it is now, locked.
     *
     * @throws ProblemException 401 {@code login-failed} if it has got another password since, or is gone
     */
    public Account still(Connection connection, Shown shown) throws SQLException {
        String id = shown.account().id();
        Account account = accounts.lock(connection, id).orElseThrow(SrpLogin::failed);
        if (!credentials.isStill(connection, id, shown.verifier())) {
            throw failed();
        }
        return account;
    }

    /**
     * Whose proof it is.
     *
     * @throws ProblemException 401 {@code login-failed} if it is wrong, late or of nobody, 429 if too many were wrong, 400 if a number is
     *     none of the group
     */
    public Shown check(Proof proof, ClientInfo client, @Nullable String device) throws SQLException {
        Optional<Handshakes.Begun> begun = handshakes.take(proof.id());
        if (begun.isEmpty()) {
            // Nothing was tried: an answer that nobody waits for any more.
            throw failed();
        }
        String emailKey = begun.get().emailKey();
        mayTry(emailKey, client, device);
        Optional<Handshakes.Proven> proven = Optional.empty();
        Optional<Account> account = Optional.empty();
        boolean shown = false;
        try {
            proven = handshakes.prove(begun.get(), proof.a(), proof.m1());
            if (proven.isPresent()) {
                String id = proven.get().accountId();
                account = transactions.run(work -> accounts.byId(work.connection(), id));
            }
            shown = account.isPresent();
        } finally {
            if (!shown) {
                throttle.failed(Throttle.Kind.PASSWORD, emailKey, client.address(), device);
            }
        }
        if (proven.isEmpty() || account.isEmpty()) {
            note(begun.get(), client);
            throw failed();
        }
        throttle.succeeded(Throttle.Kind.PASSWORD, emailKey, client.address(), device);
        return new Shown(account.get(), proven.get().m2(), proven.get().verifier());
    }

    /** Lets nobody log in as this person, by whichever password, until the transaction ends. */
    void hold(Connection connection, String accountId) throws SQLException {
        accounts.lock(connection, accountId);
    }

    private void mayTry(String emailKey, ClientInfo client, @Nullable String device) {
        Duration wait = throttle.waitFor(Throttle.Kind.PASSWORD, emailKey, client.address(), device);
        if (wait != null) {
            throw ProblemException.tooMany(wait.plusMillis(999).toSeconds(), "too many failed tries; wait");
        }
    }

    private void note(Handshakes.Begun begun, ClientInfo client) throws SQLException {
        String subject = begun.accountId().isEmpty() ? null : begun.accountId();
        transactions.run(work -> {
            audit.record(
                    work.connection(),
                    AuditEntry.of("login.failed", subject, client.address()).with("method", "zero-knowledge"));
            return true;
        });
    }

    private static ProblemException failed() {
        return ProblemException.unauthenticated(
                "login-failed", "the address and the password do not belong together, or the login took too long");
    }
}
