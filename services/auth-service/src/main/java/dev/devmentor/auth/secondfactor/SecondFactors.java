package dev.devmentor.auth.secondfactor;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.secondfactor.SecondFactorTable.Factor;
import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.auth.session.SecondFactorShown;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.session.SignIns;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.throttle.Throttle.Kind;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The door of this package: second factors are switched on and off, and shown. */
@ApplicationScoped
public class SecondFactors implements SignIns.SecondFactorCheck {
    private static final int LONGEST = 64;
    private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

    private final Totp totp = new Totp();
    private final SecondFactorTable table;
    private final SecondFactorLetters letters;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Throttle throttle;
    private final AuditLog audit;
    private final Secrets secrets;
    private final Clock clock;
    private final Transactions transactions;

    SecondFactors(
            SecondFactorTable table,
            SecondFactorLetters letters,
            Accounts accounts,
            Sessions sessions,
            Throttle throttle,
            AuditLog audit,
            Secrets secrets,
            Clock clock,
            Transactions transactions) {
        this.table = table;
        this.letters = letters;
        this.accounts = accounts;
        this.sessions = sessions;
        this.throttle = throttle;
        this.audit = audit;
        this.secrets = secrets;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Whether somebody is asked for a second factor. */
    record Status(@Nullable Instant since, int codesLeft) {}

    /** What an app makes codes of. */
    record Secret(String base32, String uri) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Secret";
        }
    }

    Status status(String accountId) throws SQLException {
        return transactions.run(
                work -> new Status(since(work.connection(), accountId), table.codesLeft(work.connection(), accountId)));
    }

    /**
     * A new secret, which nobody is asked for before {@link #confirm}.
     *
     * @throws ProblemException 409 {@code second-factor-on}
     */
    Secret begin(String accountId) throws SQLException {
        byte[] secret = secrets.newBytes(Totp.SECRET_BYTES);
        return transactions.runRetrying(work -> {
            Account account = usable(work.connection(), accountId);
            if (!table.begin(work.connection(), accountId, secret)) {
                throw alreadyOn();
            }
            return new Secret(Base32.encode(Base32.STANDARD, secret), Totp.uri(secret, account.email()));
        });
    }

    /**
     * Switches on what was begun; all other sessions end.
     *
     * @param session of the person, which has shown the second factor by that; null without one
     * @return the recovery codes
     * @throws ProblemException 401 {@code wrong-second-factor}, 409 {@code second-factor-on} and {@code second-factor-off}
     */
    List<String> confirm(String accountId, @Nullable String session, String code, ClientInfo client)
            throws SQLException {
        return transactions.runRetrying(work -> {
            Connection connection = work.connection();
            Account account = usable(connection, accountId);
            Factor begun = table.find(connection, accountId).orElseThrow(SecondFactors::isOff);
            if (begun.since() != null) {
                throw alreadyOn();
            }
            Instant now = clock.instant();
            // Whoever has begun knows the secret: there is nothing to guess.
            OptionalLong step = step(begun, plain(code), now, 0);
            if (step.isEmpty()) {
                throw wrong();
            }
            table.switchOn(connection, accountId, now, step.getAsLong());
            List<String> codes = newCodes(connection, accountId);
            if (session != null) {
                sessions.secondFactorShown(connection, session);
            }
            sessions.endAll(work, accountId, session, "second-factor-on");
            letters.on(work, account);
            audit.record(connection, entry("second-factor.on", accountId, client));
            return codes;
        });
    }

    /** New recovery codes in the place of the old, for who shows the factor. */
    List<String> newCodes(String accountId, String code, ClientInfo client, @Nullable String device)
            throws SQLException {
        SecondFactorShown shown = shownBy(accountId, code, client, device);
        return transactions.runRetrying(work -> {
            Account account = usable(work.connection(), accountId);
            mustBeShown(work.connection(), accountId, shown);
            List<String> codes = newCodes(work.connection(), accountId);
            letters.newCodes(work, account);
            audit.record(work.connection(), entry("second-factor.new-codes", accountId, client));
            return codes;
        });
    }

    /** Switches it off, for who shows it. */
    void switchOff(String accountId, String code, ClientInfo client, @Nullable String device) throws SQLException {
        SecondFactorShown shown = shownBy(accountId, code, client, device);
        transactions.executeRetrying(work -> {
            Account account = usable(work.connection(), accountId);
            mustBeShown(work.connection(), accountId, shown);
            remove(work, account, null, client.address());
        });
    }

    /**
     * Switches it off for somebody who can show nothing any more.
     *
     * @param operator who does
     * @return whether it was on
     */
    public boolean switchOffFor(UnitOfWork work, Account account, String operator, String address) throws SQLException {
        return remove(work, account, operator, address);
    }

    private boolean remove(UnitOfWork work, Account account, @Nullable String operator, String address)
            throws SQLException {
        boolean wasOn = since(work.connection(), account.id()) != null;
        table.delete(work.connection(), account.id());
        if (wasOn) {
            letters.off(work, account, operator != null);
            AuditEntry entry = AuditEntry.of("second-factor.off", account.id(), address);
            audit.record(work.connection(), operator == null ? entry : entry.by(operator));
        }
        return wasOn;
    }

    /**
     * What somebody has typed for a code, before anything else is looked at.
     *
     * @param typed null for none
     * @throws ProblemException 400 if it is longer than a code with blanks in it
     */
    public static @Nullable String typed(@Nullable String typed) {
        if (typed != null && typed.length() > LONGEST) {
            throw ProblemException.invalid("'code' has at most " + LONGEST + " characters");
        }
        return typed;
    }

    /**
     * The same where there has to be one.
     *
     * @throws ProblemException 400 if there is none, too
     */
    public static String needed(@Nullable String typed) {
        String code = typed(typed);
        if (code == null || code.isBlank()) {
            throw ProblemException.invalid("'code' is missing");
        }
        return code;
    }

    /** Whether somebody is asked for a second factor. */
    public boolean isOn(Connection connection, String accountId) throws SQLException {
        return since(connection, accountId) != null;
    }

    /**
     * Looks at the second factor of somebody whose first one was right. A code that is right is used up.
     *
     * @param code of the app, or for recovery; null if none was given
     * @return null if the person has no second factor
     * @throws ProblemException 401 {@code second-factor-required} and {@code wrong-second-factor}, 429 after many of these
     */
    public @Nullable SecondFactorShown prove(
            Account account, @Nullable String code, ClientInfo client, @Nullable String device) throws SQLException {
        Optional<Factor> factor = transactions.run(work -> table.find(work.connection(), account.id()));
        Instant since = factor.isEmpty() ? null : factor.get().since();
        if (since == null) {
            return null;
        }
        if (code == null || code.isBlank()) {
            note(entry("login.code-asked", account.id(), client));
            throw required();
        }
        String typed = plain(code);
        // Six digits are guessed at for one account by all together. 80 bits are not guessed: they wait as other
        // secrets
        // do, so that who guesses digits, or passwords, keeps nobody from using one.
        Kind kind = Totp.isCode(typed) ? Kind.SECOND_FACTOR : Kind.SECRET;
        mayTry(kind, account, client, device);
        boolean right = false;
        try {
            right = transactions.runRetrying(work -> use(work, account, typed, client));
        } finally {
            if (right) {
                throttle.succeeded(kind, account.email(), client.address(), device);
            } else {
                throttle.failed(kind, account.email(), client.address(), device);
            }
        }
        if (!right) {
            boolean again = isUsedAlready(account, typed);
            note(entry("login.failed", account.id(), client)
                    .with("method", "second-factor")
                    .with("why", again ? "used-before" : "wrong"));
            if (again) {
                warn(account);
            }
            throw wrong();
        }
        return new SecondFactorShown(since);
    }

    @Override
    public void mustBeShown(Connection connection, String accountId, @Nullable SecondFactorShown shown)
            throws SQLException {
        Instant since = since(connection, accountId);
        if (since != null && (shown == null || !since.equals(shown.since()))) {
            throw required();
        }
    }

    private SecondFactorShown shownBy(String accountId, String code, ClientInfo client, @Nullable String device)
            throws SQLException {
        Account account = transactions.run(work -> usable(work.connection(), accountId));
        SecondFactorShown shown = prove(account, code, client, device);
        if (shown == null) {
            throw isOff();
        }
        return shown;
    }

    private void mayTry(Kind kind, Account account, ClientInfo client, @Nullable String device) throws SQLException {
        Duration wait = throttle.waitFor(kind, account.email(), client.address(), device);
        if (wait == null) {
            return;
        }
        if (kind == Kind.SECOND_FACTOR) {
            warn(account);
        }
        throw ProblemException.tooMany(
                wait.plusMillis(999).toSeconds(), "too many wrong codes; wait, or use a recovery code");
    }

    private void warn(Account account) throws SQLException {
        transactions.executeRetrying(work -> {
            if (table.warn(work.connection(), account.id(), clock.instant(), BETWEEN_WARNINGS)) {
                letters.guessed(work, account);
            }
        });
    }

    /** Whether a code would be right had it not been used: somebody has seen it (OWASP ASVS 2.8.5), or is in a hurry. */
    private boolean isUsedAlready(Account account, String typed) throws SQLException {
        Optional<Factor> factor = transactions.run(work -> table.find(work.connection(), account.id()));
        return factor.isPresent()
                && step(factor.get(), typed, clock.instant(), 0).isPresent();
    }

    private boolean use(UnitOfWork work, Account account, String typed, ClientInfo client) throws SQLException {
        Connection connection = work.connection();
        if (Totp.isCode(typed)) {
            // As it is now: what another has used up meanwhile does not match any more.
            Optional<Factor> factor = table.find(connection, account.id());
            OptionalLong step = factor.isEmpty()
                    ? OptionalLong.empty()
                    : step(factor.get(), typed, clock.instant(), factor.get().lastStep());
            return step.isPresent() && table.use(connection, account.id(), step.getAsLong());
        }
        if (!table.useCode(connection, account.id(), typed)) {
            return false;
        }
        int left = table.codesLeft(connection, account.id());
        letters.codeUsed(work, account, left);
        audit.record(
                connection,
                entry("second-factor.recovery-code-used", account.id(), client).with("left", Integer.toString(left)));
        return true;
    }

    private OptionalLong step(Factor factor, String typed, Instant now, long after) {
        return factor.secret().isEmpty()
                ? OptionalLong.empty()
                : totp.step(factor.secret().get(), typed, now, after);
    }

    private List<String> newCodes(Connection connection, String accountId) throws SQLException {
        List<String> codes = Stream.generate(() -> RecoveryCode.fresh(secrets))
                .limit(RecoveryCode.COUNT)
                .toList();
        table.replaceCodes(connection, accountId, codes);
        return codes;
    }

    private @Nullable Instant since(Connection connection, String accountId) throws SQLException {
        Optional<Factor> factor = table.find(connection, accountId);
        return factor.isEmpty() ? null : factor.get().since();
    }

    /** The account of somebody who is logged in; nothing of it changes until the transaction ends. */
    private Account usable(Connection connection, String accountId) throws SQLException {
        return accounts.lock(connection, accountId)
                .filter(Account::isUsable)
                .orElseThrow(() -> ProblemException.notFound("there is no account of this id"));
    }

    private void note(AuditEntry entry) throws SQLException {
        transactions.executeRetrying(work -> audit.record(work.connection(), entry));
    }

    private static String plain(String typed) {
        return typed.replaceAll("\\s+", "");
    }

    private static AuditEntry entry(String action, String accountId, ClientInfo client) {
        return AuditEntry.of(action, accountId, client.address()).with("agent", client.userAgent());
    }

    private static ProblemException required() {
        return ProblemException.unauthenticated(
                "second-factor-required", "'code' is missing: a code of your app, or a recovery code");
    }

    private static ProblemException wrong() {
        return ProblemException.unauthenticated(
                "wrong-second-factor", "the code is wrong, too old, or was used before; wait for the next one");
    }

    private static ProblemException alreadyOn() {
        return ProblemException.conflict("second-factor-on", "the second factor is on; switch it off first");
    }

    private static ProblemException isOff() {
        return ProblemException.conflict("second-factor-off", "the second factor is off; begin to switch it on");
    }
}
