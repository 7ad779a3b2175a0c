package dev.devmentor.auth.registration;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.password.PasswordPolicy;
import dev.devmentor.auth.password.Passwords;
import dev.devmentor.auth.registration.MailTokens.Purpose;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.srp.SrpCredentials;
import dev.devmentor.auth.srp.SrpParameters;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts that begin with a mail, and passwords that are set by one. */
@ApplicationScoped
class Registration {
    private final Accounts accounts;
    private final Credentials credentials;
    private final SrpCredentials verifiers;
    private final MailTokens tokens;
    private final Links links;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Transactions transactions;
    private final Event<PasswordReset> resets;

    Registration(
            Accounts accounts,
            Credentials credentials,
            SrpCredentials verifiers,
            MailTokens tokens,
            Links links,
            Passwords passwords,
            PasswordPolicy policy,
            Sessions sessions,
            AuditLog audit,
            Transactions transactions,
            Event<PasswordReset> resets) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.verifiers = verifiers;
        this.tokens = tokens;
        this.links = links;
        this.passwords = passwords;
        this.policy = policy;
        this.sessions = sessions;
        this.audit = audit;
        this.transactions = transactions;
        this.resets = resets;
    }

    /**
     * Whether somebody may take a password.
     *
     * @throws ProblemException 400 if it is too easy to guess
     */
    void mustBeGood(EmailAddress email, String password, String name) {
        policy.require(password, email.key(), name);
    }

    /** Opens an account that is of no use before its address is confirmed; or tells the one who has one already. */
    void register(EmailAddress email, String password, String name, ClientInfo client) throws SQLException {
        register(email, passwords.hash(password), null, name, client);
    }

    /**
     * As the other, with a password that never comes here: whether it is easy to guess nobody sees but its owner.
     *
     * @throws ProblemException 400 if the parameters are not as documented
     */
    void register(EmailAddress email, SrpParameters srp, String name, ClientInfo client) throws SQLException {
        register(email, null, srp.line(), name, client);
    }

    private void register(
            EmailAddress email, @Nullable String phc, @Nullable String srp, String name, ClientInfo client)
            throws SQLException {
        transactions.runRetrying(work -> {
            Optional<Account> created = accounts.create(work, email, name);
            if (created.isPresent()) {
                links.sendVerification(work, created.get(), phc, srp);
                record(work, "account.registered", created.get().id(), client);
                return true;
            }
            Optional<Account> known = accounts.byEmail(work.connection(), email.key());
            if (known.isPresent() && known.get().isUsable()) {
                if (known.get().emailVerified()) {
                    links.sendKnownAlready(work, known.get());
                } else {
                    links.sendVerification(work, known.get(), phc, srp);
                }
                record(work, "account.registered-again", known.get().id(), client);
            }
            return true;
        });
    }

    /** Whose address a link confirms; it is used up. Empty if it is none that is still good. */
    Optional<Account> verify(String token, ClientInfo client) throws SQLException {
        return transactions.runRetrying(work -> {
            Optional<MailTokens.Sent> sent = tokens.use(work.connection(), token, Purpose.VERIFY);
            if (sent.isEmpty()) {
                return Optional.empty();
            }
            String id = sent.get().accountId();
            accounts.verified(work.connection(), id);
            set(work, id, sent.get().phc(), sent.get().srp());
            record(work, "email.verified", id, client);
            return accounts.byId(work.connection(), id);
        });
    }

    /** Sends a link to whoever has an account of this address. */
    void requestReset(EmailAddress email, ClientInfo client) throws SQLException {
        transactions.runRetrying(work -> {
            Optional<Account> account = accounts.byEmail(work.connection(), email.key());
            if (account.isPresent() && account.get().isUsable()) {
                links.sendReset(work, account.get());
                record(work, "password.reset-requested", account.get().id(), client);
            }
            return true;
        });
    }

    /**
     * Sets a new password by a link, ends all sessions, and confirms the address: the link came by it.
     *
     * @return whose it is; empty if the link is none that is still good
     * @throws ProblemException 400 if the password is too easy to guess; the link stays good
     */
    Optional<Account> reset(String token, String password, ClientInfo client) throws SQLException {
        Optional<Account> whose = transactions.run(work -> {
            Optional<MailTokens.Sent> sent = tokens.look(work.connection(), token, Purpose.RESET);
            return sent.isEmpty()
                    ? Optional.empty()
                    : accounts.byId(work.connection(), sent.get().accountId());
        });
        if (whose.isEmpty() || !whose.get().isUsable()) {
            return Optional.empty();
        }
        policy.require(password, whose.get().email(), whose.get().name());
        return reset(token, passwords.hash(password), null, client);
    }

    /**
     * As the other, with a password that never comes here.
     *
     * @throws ProblemException 400 if the parameters are not as documented; the link stays good
     */
    Optional<Account> reset(String token, SrpParameters srp, ClientInfo client) throws SQLException {
        return reset(token, null, srp.line(), client);
    }

    private Optional<Account> reset(String token, @Nullable String phc, @Nullable String srp, ClientInfo client)
            throws SQLException {
        return transactions.runRetrying(work -> {
            Optional<MailTokens.Sent> sent = tokens.use(work.connection(), token, Purpose.RESET);
            if (sent.isEmpty()) {
                return Optional.empty();
            }
            String id = sent.get().accountId();
            // Whoever registered before with a password of theirs does not bring it back by an older link.
            tokens.withdraw(work.connection(), id, Purpose.VERIFY);
            accounts.verified(work.connection(), id);
            set(work, id, phc, srp);
            sessions.endAll(work, id, null, "password-reset");
            resets.fire(new PasswordReset(work, id));
            Optional<Account> account = accounts.byId(work.connection(), id);
            if (account.isPresent()) {
                links.sendPasswordChanged(work, account.get());
            }
            record(work, "password.reset", id, client);
            return account;
        });
    }

    /** An account has one kind of password: the new one takes the place of the other. */
    private void set(UnitOfWork work, String id, @Nullable String phc, @Nullable String srp) throws SQLException {
        if (phc != null) {
            verifiers.remove(work.connection(), id);
            credentials.set(work.connection(), id, phc);
        } else if (srp != null) {
            credentials.remove(work.connection(), id);
            verifiers.store(work.connection(), id, SrpParameters.ofLine(srp));
        }
    }

    private void record(UnitOfWork work, String action, String subject, ClientInfo client) throws SQLException {
        audit.record(
                work.connection(),
                AuditEntry.of(action, subject, client.address()).with("agent", client.userAgent()));
    }
}
