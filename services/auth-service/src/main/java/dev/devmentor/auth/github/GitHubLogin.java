package dev.devmentor.auth.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.PublicUrl;
import dev.devmentor.auth.github.GitHubException.Reason;
import dev.devmentor.auth.mail.Letter;
import dev.devmentor.auth.mail.Mails;
import dev.devmentor.auth.registration.Credentials;
import dev.devmentor.auth.secondfactor.SecondFactors;
import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.auth.session.SecondFactorShown;
import dev.devmentor.auth.session.SignIns;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes the way to GitHub and back: OAuth 2.0 with an authorization code, state and PKCE (RFC 6749 4.1, RFC 7636, RFC 9700 2.1). */
@ApplicationScoped
class GitHubLogin {
    static final String CALLBACK = "/api/auth/github/callback";

    private static final String PURPOSE = "github-attempt";
    private static final String METHOD = "github";
    private static final int LONGEST = 4_096;

    private final GitHubConfig config;
    private final GitHubApi api;
    private final GitHubTable table;
    private final Accounts accounts;
    private final Credentials credentials;
    private final SecondFactors secondFactors;
    private final SignIns signIns;
    private final Mails mails;
    private final AuditLog audit;
    private final Secrets secrets;
    private final PublicUrl publicUrl;
    private final ObjectMapper json;
    private final Clock clock;
    private final Transactions transactions;

    GitHubLogin(
            GitHubConfig config,
            GitHubApi api,
            GitHubTable table,
            Accounts accounts,
            Credentials credentials,
            SecondFactors secondFactors,
            SignIns signIns,
            Mails mails,
            AuditLog audit,
            Secrets secrets,
            PublicUrl publicUrl,
            ObjectMapper json,
            Clock clock,
            Transactions transactions) {
        this.config = config;
        this.api = api;
        this.table = table;
        this.accounts = accounts;
        this.credentials = credentials;
        this.secondFactors = secondFactors;
        this.signIns = signIns;
        this.mails = mails;
        this.audit = audit;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
        this.json = json;
        this.clock = clock;
        this.transactions = transactions;
    }

    boolean isEnabled() {
        return config.clientId().filter(id -> !id.isBlank()).isPresent();
    }

    /**
     * A way that begins.
     *
     * @param url at GitHub to go to
     * @param cookie to bring back
     */
    record Begun(String url, String cookie) {}

    /**
     * A way that has come to its end.
     *
     * @param tokens null where an account was linked: its person is logged in already; and where a second factor is to be shown
     * @param waiting what to bring back with the second factor; null if none is asked for
     * @param email of the account
     * @param next path of ours to go to
     */
    record Arrived(@Nullable TokenAnswer tokens, @Nullable String waiting, String email, String next) {}

    Begun begin(String next, @Nullable String linkTo, boolean repositories) {
        String verifier = secrets.newToken();
        GitHubAttempt attempt = new GitHubAttempt(
                secrets.newToken(),
                verifier,
                next,
                linkTo,
                repositories,
                clock.instant().plus(config.attemptLifetime()).getEpochSecond());
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Secrets.sha256(verifier.getBytes(StandardCharsets.US_ASCII)));
        String url = config.authorizeUrl() + "?"
                + GitHubApi.form(Map.of(
                        "client_id",
                        config.clientId().orElseThrow(),
                        "redirect_uri",
                        publicUrl.of(CALLBACK),
                        "scope",
                        repositories ? "read:user user:email repo" : "read:user user:email",
                        "state",
                        attempt.state(),
                        "code_challenge",
                        challenge,
                        "code_challenge_method",
                        "S256"));
        return new Begun(url, seal(attempt));
    }

    /** Takes a browser that comes back from GitHub. */
    Arrived arrive(
            @Nullable String cookie,
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            ClientInfo client)
            throws GitHubException, SQLException {
        GitHubAttempt attempt = open(cookie, GitHubAttempt.class)
                .filter(it -> state != null
                        && MessageDigest.isEqual(
                                it.state().getBytes(StandardCharsets.US_ASCII), state.getBytes(StandardCharsets.UTF_8)))
                .filter(it -> clock.instant().getEpochSecond() < it.until())
                .orElseThrow(() -> new GitHubException(Reason.STATE));
        if (!transactions.run(work -> table.use(work.connection(), attempt.state(), attempt.until()))) {
            throw new GitHubException(Reason.STATE);
        }
        if (error != null) {
            throw new GitHubException(Reason.DENIED);
        }
        if (code == null || code.isEmpty() || code.length() > 500) {
            throw new GitHubException(Reason.STATE);
        }
        GitHubApi.Token token = api.exchange(code, attempt.verifier(), publicUrl.of(CALLBACK));
        GitHubApi.Profile profile = api.profile(token);
        if (attempt.linkTo() != null) {
            return link(attempt, attempt.linkTo(), profile, token, client);
        }
        Optional<Account> account = account(profile);
        return account.isPresent() && isAskedForMore(account.get())
                ? new Arrived(null, seal(waiting(profile)), account.get().email(), attempt.next())
                : logIn(profile, attempt.next(), null, null, client);
    }

    /**
     * Logs somebody in who came from GitHub and was asked for a second factor.
     *
     * @throws ProblemException 401 {@code login-failed} if it takes too long, or was done before; {@code second-factor-required} and
     *     {@code wrong-second-factor}
     */
    Arrived goOn(@Nullable String cookie, @Nullable String code, ClientInfo client, @Nullable String device)
            throws GitHubException, SQLException {
        GitHubWaiting waiting = open(cookie, GitHubWaiting.class)
                .filter(it -> clock.instant().getEpochSecond() < it.until())
                .orElseThrow(GitHubLogin::tooLate);
        Optional<Account> account = account(waiting.profile());
        SecondFactorShown shown = account.isEmpty() ? null : secondFactors.prove(account.get(), code, client, device);
        return logIn(waiting.profile(), "", waiting, shown, client);
    }

    private GitHubWaiting waiting(GitHubApi.Profile profile) {
        return new GitHubWaiting(
                secrets.newToken(),
                profile.id(),
                profile.login(),
                profile.name(),
                profile.email().orElse(null),
                clock.instant().plus(config.attemptLifetime()).getEpochSecond());
    }

    private static ProblemException tooLate() {
        return ProblemException.unauthenticated(
                "login-failed", "the login with GitHub took too long, or was done before: begin again");
    }

    /** Whose the account of GitHub is, as far as it is somebody's already. */
    private Optional<Account> account(GitHubApi.Profile profile) throws SQLException {
        return transactions.run(work -> {
            Optional<GitHubTable.Link> known = table.ofGitHub(work.connection(), profile.id());
            if (known.isPresent()) {
                return accounts.byId(work.connection(), known.get().accountId());
            }
            Optional<String> email = profile.email();
            return email.isEmpty() ? Optional.empty() : accounts.byEmail(work.connection(), email.get());
        });
    }

    private boolean isAskedForMore(Account account) throws SQLException {
        return transactions.run(work -> secondFactors.isOn(work.connection(), account.id()));
    }

    /** What came of a transaction; a reason ends it without a change. */
    private record Outcome(
            @Nullable Arrived arrived, @Nullable Reason refused) {
        static Outcome refused(Reason reason) {
            return new Outcome(null, reason);
        }

        Arrived orThrow() throws GitHubException {
            if (arrived == null) {
                throw new GitHubException(refused == null ? Reason.UNAVAILABLE : refused);
            }
            return arrived;
        }
    }

    private Arrived logIn(
            GitHubApi.Profile profile,
            String next,
            @Nullable GitHubWaiting waiting,
            @Nullable SecondFactorShown shown,
            ClientInfo client)
            throws SQLException, GitHubException {
        return transactions
                .runRetrying(work -> {
                    if (waiting != null && !table.use(work.connection(), waiting.id(), waiting.until())) {
                        throw tooLate();
                    }
                    Optional<GitHubTable.Link> known = table.ofGitHub(work.connection(), profile.id());
                    Account account;
                    if (known.isPresent()) {
                        account = accounts.lock(work.connection(), known.get().accountId())
                                .orElse(null);
                        table.named(work.connection(), profile);
                    } else {
                        Optional<EmailAddress> email = profile.email().flatMap(EmailAddress::parse);
                        if (email.isEmpty()) {
                            return Outcome.refused(Reason.EMAIL);
                        }
                        account = byAddress(work, email.get(), profile, client);
                    }
                    if (account == null || !account.isUsable()) {
                        return Outcome.refused(Reason.ACCOUNT);
                    }
                    if (known.isEmpty()) {
                        // The token has done its work; nobody has agreed to more.
                        table.link(work.connection(), account.id(), profile, null);
                        audit.record(work.connection(), entry("github.linked", account.id(), client));
                    }
                    TokenAnswer tokens = signIns.signIn(work, account, client, METHOD, shown);
                    audit.record(work.connection(), entry("login.succeeded", account.id(), client));
                    return new Outcome(new Arrived(tokens, null, account.email(), next), null);
                })
                .orThrow();
    }

    /** The account of an address that GitHub has verified; a new one if there is none. */
    private @Nullable Account byAddress(
            UnitOfWork work, EmailAddress email, GitHubApi.Profile profile, ClientInfo client) throws SQLException {
        Optional<Account> known = accounts.byEmail(work.connection(), email.key());
        if (known.isEmpty()) {
            Account created = accounts.create(
                            work, accounts.newId("u-"), email, profile.name(), List.of("learner"), true)
                    .orElse(null);
            if (created != null) {
                audit.record(work.connection(), entry("account.registered", created.id(), client));
            }
            return created;
        }
        Account account = known.get();
        if (!account.isUsable()
                || table.ofAccount(work.connection(), account.id()).isPresent()) {
            // Linked with another account of GitHub: nobody takes that one's place without being logged in.
            return null;
        }
        if (account.emailVerified()) {
            tellLinked(
                    work,
                    account,
                    "Somebody who has shown to GitHub that this address is theirs has logged in to your account at DevMentor.");
        } else {
            // Whoever registered it without confirming the address loses the way in that they prepared.
            credentials.remove(work.connection(), account.id());
            accounts.verified(work.connection(), account.id());
            audit.record(work.connection(), entry("email.verified", account.id(), client));
        }
        return account;
    }

    private void tellLinked(UnitOfWork work, Account account, String what) throws SQLException {
        mails.send(
                work,
                Letter.to(
                                account.id(),
                                account.email(),
                                "github-linked",
                                Duration.ofDays(2),
                                "You can log in with GitHub now")
                        .text(what)
                        .text("If it was not you, look at your account and at your mailbox.")
                        .link("Your account", publicUrl.of("/auth/account")));
    }

    private Arrived link(
            GitHubAttempt attempt,
            String accountId,
            GitHubApi.Profile profile,
            GitHubApi.Token token,
            ClientInfo client)
            throws SQLException, GitHubException {
        boolean repositories = attempt.repositories()
                && Arrays.asList(token.scope().split("[ ,]+")).contains("repo");
        return transactions
                .runRetrying(work -> {
                    Optional<Account> account = accounts.lock(work.connection(), accountId);
                    if (account.isEmpty() || !account.get().isUsable()) {
                        return Outcome.refused(Reason.ACCOUNT);
                    }
                    if (!table.link(work.connection(), accountId, profile, repositories ? token : null)) {
                        return Outcome.refused(Reason.LINKED_ELSEWHERE);
                    }
                    audit.record(
                            work.connection(),
                            entry("github.linked", accountId, client)
                                    .with("repositories", Boolean.toString(repositories)));
                    tellLinked(
                            work,
                            account.get(),
                            "Somebody who was logged in to your account at DevMentor has linked it with an account of GitHub, and can"
                                    + " log in by that from now on.");
                    return new Outcome(new Arrived(null, null, account.get().email(), attempt.next()), null);
                })
                .orThrow();
    }

    Optional<GitHubTable.Link> linkOf(String accountId) throws SQLException {
        return transactions.run(work -> table.ofAccount(work.connection(), accountId));
    }

    boolean unlink(String accountId, ClientInfo client) throws SQLException {
        return transactions.runRetrying(work -> {
            boolean was = table.unlink(work.connection(), accountId);
            if (was) {
                audit.record(work.connection(), entry("github.unlinked", accountId, client));
            }
            return was;
        });
    }

    private static AuditEntry entry(String action, String subject, ClientInfo client) {
        return AuditEntry.of(action, subject, client.address())
                .with("method", METHOD)
                .with("agent", client.userAgent());
    }

    /** @param way a part of a way, for the browser that goes it */
    private String seal(Record way) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(secrets.seal(PURPOSE, way.getClass().getSimpleName(), json.writeValueAsBytes(way)));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private <T extends Record> Optional<T> open(@Nullable String cookie, Class<T> part) {
        if (cookie == null || cookie.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> text = secrets.open(
                    PURPOSE, part.getSimpleName(), Base64.getUrlDecoder().decode(cookie));
            return text.isEmpty() ? Optional.empty() : Optional.of(json.readValue(text.get(), part));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        } catch (IOException otherVersion) {
            return Optional.empty();
        }
    }
}
