package dev.devmentor.auth.session;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.account.OperatorPolicy;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.token.AccessTokens;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.auth.token.TokenConfig;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Begins, continues and ends sessions. A refresh token is good once; the same one a second time means that two have it, and ends
 * the session for both (RFC 9700 4.14.2).
 */
@ApplicationScoped
public class Sessions {
    private static final String PREFIX = "rt_";
    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST_TOKEN = 100;
    /** Why a session ended that its person has left; all other reasons are for distrust. */
    static final String LOGOUT = "logout";

    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final SessionTable table;
    private final LiveSessions live;
    private final SessionEndings endings;
    private final Accounts accounts;
    private final Teams teams;
    private final Approvals approvals;
    private final AccessTokens tokens;
    private final TokenConfig tokenConfig;
    private final SessionConfig config;
    private final OperatorPolicy operators;
    private final AuditLog audit;
    private final Clock clock;

    Sessions(
            Transactions transactions,
            SessionTable table,
            LiveSessions live,
            SessionEndings endings,
            Accounts accounts,
            Teams teams,
            Approvals approvals,
            AccessTokens tokens,
            TokenConfig tokenConfig,
            SessionConfig config,
            OperatorPolicy operators,
            AuditLog audit,
            Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.live = live;
        this.endings = endings;
        this.accounts = accounts;
        this.teams = teams;
        this.approvals = approvals;
        this.tokens = tokens;
        this.tokenConfig = tokenConfig;
        this.config = config;
        this.operators = operators;
        this.audit = audit;
        this.clock = clock;
    }

    /** Teams of a person, for their tokens. */
    public interface Teams {
        /** Ids of the teams that a person is a member of. */
        List<String> of(Connection connection, String accountId) throws SQLException;
    }

    /** Programs that a person has let in and that have not come for their session yet. */
    public interface Approvals {
        /** Takes back all of them: whoever gave them may have been somebody else. */
        void withdraw(Connection connection, String accountId) throws SQLException;
    }

    /** What became of a refresh token. */
    public sealed interface Refreshed {
        /** It was good; the answer has its successor. */
        record Good(TokenAnswer answer) implements Refreshed {}

        /** It is good, and stays so; what was asked for is more than its session has. */
        record TooWide() implements Refreshed {}

        /** It is none, has ended, or its session has. */
        record Refused(String reason) implements Refreshed {}
    }

    /** A session as its person sees it. */
    @Schema(name = "Session", examples = """
            {"id": "s-2cvb6hjd9km3znq7t4xw", "client": "devmentor-web", "method": "password", "createdAt": "2026-03-01T10:00:00Z",
             "lastUsedAt": "2026-03-02T08:30:00Z", "lastAddress": "192.0.2.1", "userAgent": "Mozilla/5.0",
             "expiresAt": "2026-03-31T10:00:00Z", "current": true}""")
    public record View(
            String id,
            String client,
            String method,
            Instant createdAt,
            Instant lastUsedAt,
            String lastAddress,
            String userAgent,
            Instant expiresAt,
            boolean current) {}

    /** A begun session and its tokens. */
    TokenAnswer begin(
            UnitOfWork work,
            Account account,
            ClientInfo client,
            String clientId,
            String method,
            List<String> amr,
            Instant authTime,
            String scope)
            throws SQLException {
        Instant now = clock.instant();
        endOldest(work, account.id(), now);
        Session session = new Session(
                accounts.newId("s-"),
                account.id(),
                clientId,
                method,
                amr,
                scope,
                client.address(),
                client.userAgent(),
                now,
                authTime,
                now.plus(config.longest()),
                null);
        table.add(work.connection(), session);
        audit.record(
                work.connection(),
                AuditEntry.of("session.begun", account.id(), client.address())
                        .with("method", method)
                        .with("client", clientId));
        work.onCommit(() -> live.used(session.id(), now, client.address(), config.refreshLifetime()));
        return answer(work.connection(), account, session, scope(session), now);
    }

    /**
     * Continues a session.
     *
     * @param clientId that the session belongs to; null for any, where the token came in a cookie of ours
     * @param wantedScope null for that of the session
     */
    public Refreshed refresh(
            String refreshToken, @Nullable String clientId, @Nullable String wantedScope, ClientInfo client)
            throws SQLException {
        if (refreshToken.length() > LONGEST_TOKEN || !refreshToken.startsWith(PREFIX)) {
            return new Refreshed.Refused("not a refresh token");
        }
        byte[] hash = hash(refreshToken);
        return transactions.runRetrying(work -> {
            Connection connection = work.connection();
            Optional<SessionTable.Refresh> found = table.refresh(connection, hash);
            if (found.isEmpty()) {
                return new Refreshed.Refused("not a refresh token");
            }
            // Whoever comes with the same token at the same time waits here, and finds it used.
            Optional<Session> locked = table.lock(connection, found.get().sessionId());
            SessionTable.Refresh token = table.refresh(connection, hash).orElse(found.get());
            Instant now = clock.instant();
            if (locked.isEmpty()) {
                return new Refreshed.Refused("the session has ended");
            }
            Session session = locked.get();
            if (clientId != null && !clientId.equals(session.clientId())) {
                return new Refreshed.Refused("the token belongs to another client");
            }
            if (token.usedAt() != null) {
                if (session.endedAt() == null) {
                    approvals.withdraw(connection, session.accountId());
                    audit.record(
                            connection,
                            AuditEntry.of("session.refresh-reused", session.accountId(), client.address())
                                    .with("session", session.id()));
                }
                end(work, session, "refresh-reused", now);
                return new Refreshed.Refused("the token was used before; the session has ended");
            }
            if (session.endedAt() != null
                    || !session.expiresAt().isAfter(now)
                    || !token.expiresAt().isAfter(now)) {
                return new Refreshed.Refused("the session has ended");
            }
            Optional<Account> account = accounts.byId(connection, session.accountId());
            if (account.isEmpty() || !account.get().isUsable()) {
                end(work, session, "account", now);
                return new Refreshed.Refused("the session has ended");
            }
            String scope = Scopes.narrow(wantedScope, scope(session));
            if (scope == null) {
                return new Refreshed.TooWide();
            }
            table.used(connection, hash, now);
            work.onCommit(() -> live.used(session.id(), now, client.address(), config.refreshLifetime()));
            return new Refreshed.Good(answer(connection, account.get(), session, scope, now));
        });
    }

    /** Sessions of a person, the one that began last first. */
    public List<View> list(String accountId, @Nullable String current) throws SQLException {
        List<Session> sessions = transactions.run(work -> table.live(work.connection(), accountId, clock.instant()));
        var uses = live.uses(sessions.stream().map(Session::id).toList());
        return sessions.stream()
                .map(session -> {
                    LiveSessions.Use use = uses.getOrDefault(
                            session.id(), new LiveSessions.Use(session.createdAt(), session.address()));
                    return new View(
                            session.id(),
                            session.clientId(),
                            session.method(),
                            session.createdAt(),
                            use.at(),
                            use.address(),
                            session.userAgent(),
                            session.expiresAt(),
                            session.id().equals(current));
                })
                .toList();
    }

    /**
     * Ends a session of a person.
     *
     * @return whether they have one of that id
     */
    public boolean end(UnitOfWork work, String accountId, String sessionId, String reason) throws SQLException {
        Optional<Session> session = table.lock(work.connection(), sessionId);
        if (session.isEmpty() || !session.get().accountId().equals(accountId)) {
            return false;
        }
        if (!reason.equals(LOGOUT)) {
            approvals.withdraw(work.connection(), accountId);
        }
        end(work, session.get(), reason, clock.instant());
        return true;
    }

    /**
     * Ends all sessions of a person.
     *
     * @param but one that goes on; null for none
     * @return how many
     */
    public int endAll(UnitOfWork work, String accountId, @Nullable String but, String reason) throws SQLException {
        return endAll(work, accountId, but, reason, null);
    }

    /**
     * The same, by somebody else.
     *
     * @param actor who does it; null if it is the person
     */
    public int endAll(UnitOfWork work, String accountId, @Nullable String but, String reason, @Nullable String actor)
            throws SQLException {
        Instant now = clock.instant();
        approvals.withdraw(work.connection(), accountId);
        List<Session> ended = new ArrayList<>();
        for (Session session : table.live(work.connection(), accountId, now)) {
            if (!session.id().equals(but) && table.end(work.connection(), session.id(), now, reason)) {
                ended.add(session);
            }
        }
        // Once more: one that was given by a session which was just being ended. The log comes last, for all stand in
        // line there.
        approvals.withdraw(work.connection(), accountId);
        for (Session session : ended) {
            tell(work, session, reason, actor);
        }
        return ended.size();
    }

    /** Ends the session of a refresh token, if it has one; says nothing if not (RFC 7009 2.2). */
    public void revoke(String refreshToken, @Nullable String clientId, ClientInfo client) throws SQLException {
        if (refreshToken.length() > LONGEST_TOKEN || !refreshToken.startsWith(PREFIX)) {
            return;
        }
        byte[] hash = hash(refreshToken);
        transactions.executeRetrying(work -> {
            Optional<SessionTable.Refresh> token = table.refresh(work.connection(), hash);
            if (token.isPresent()) {
                Optional<Session> session =
                        table.lock(work.connection(), token.get().sessionId());
                if (session.isPresent()
                        && (clientId == null || clientId.equals(session.get().clientId()))) {
                    end(work, session.get(), LOGOUT, clock.instant());
                }
            }
        });
    }

    /** Ends the session of an access token. */
    void revoke(AccessTokens.Read token) throws SQLException {
        String session = token.session();
        if (session != null) {
            transactions.runRetrying(work -> end(work, token.subject(), session, LOGOUT));
        }
    }

    /** Whether an access token is still worth what it says: its session goes on, and its person is not out of use. */
    boolean isGood(AccessTokens.Read token) throws SQLException {
        String session = token.session();
        return transactions.run(work -> (session == null || isLive(work.connection(), session))
                && accounts.byId(work.connection(), token.subject())
                        .map(Account::isUsable)
                        .orElse(true));
    }

    /** The account and scope of a refresh token that is good; empty if it is not. For introspection. */
    public Optional<Introspected> introspect(String refreshToken) throws SQLException {
        if (refreshToken.length() > LONGEST_TOKEN || !refreshToken.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return transactions.run(work -> {
            Optional<SessionTable.Refresh> token = table.refresh(work.connection(), hash(refreshToken));
            Instant now = clock.instant();
            if (token.isEmpty()
                    || token.get().usedAt() != null
                    || !token.get().expiresAt().isAfter(now)) {
                return Optional.empty();
            }
            return table.lock(work.connection(), token.get().sessionId())
                    .filter(session ->
                            session.endedAt() == null && session.expiresAt().isAfter(now))
                    .map(session -> new Introspected(
                            session.accountId(),
                            session.clientId(),
                            scope(session),
                            token.get().expiresAt().getEpochSecond()));
        });
    }

    /** Notes that the person has shown a second factor in a session that began without. */
    public void secondFactorShown(Connection connection, String sessionId) throws SQLException {
        Optional<Session> session = table.lock(connection, sessionId);
        if (session.isPresent()) {
            table.amr(connection, sessionId, Amr.and(session.get().amr()));
        }
    }

    /** Whether a session goes on. */
    boolean isLive(Connection connection, String sessionId) throws SQLException {
        return table.isLive(connection, sessionId, clock.instant());
    }

    /** Whether a session goes on; it does then until the transaction ends. */
    public boolean holdLive(Connection connection, String sessionId) throws SQLException {
        Instant now = clock.instant();
        return table.lock(connection, sessionId)
                .filter(session ->
                        session.endedAt() == null && session.expiresAt().isAfter(now))
                .isPresent();
    }

    /** What is known of a refresh token that is good. */
    public record Introspected(String accountId, String clientId, String scope, long expiresAt) {}

    private void end(UnitOfWork work, Session session, String reason, Instant now) throws SQLException {
        if (table.end(work.connection(), session.id(), now, reason)) {
            tell(work, session, reason, null);
        }
    }

    private void tell(UnitOfWork work, Session session, String reason, @Nullable String actor) throws SQLException {
        AuditEntry entry = AuditEntry.of("session.ended", session.accountId(), null)
                .with("session", session.id())
                .with("reason", reason);
        audit.record(work.connection(), actor == null ? entry : entry.by(actor));
        work.onCommit(endings::announce);
    }

    private void endOldest(UnitOfWork work, String accountId, Instant now) throws SQLException {
        List<Session> sessions = table.live(work.connection(), accountId, now);
        for (int i = config.most() - 1; i < sessions.size(); i++) {
            end(work, sessions.get(i), "too-many", now);
        }
    }

    private TokenAnswer answer(Connection connection, Account account, Session session, String scope, Instant now)
            throws SQLException {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String refresh = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant expires = now.plus(config.refreshLifetime());
        table.addRefresh(
                connection,
                hash(refresh),
                session.id(),
                now,
                expires.isBefore(session.expiresAt()) ? expires : session.expiresAt());
        String access = tokens.mint(new AccessTokens.Subject(
                account.id(),
                roles(account, session),
                scope,
                account.tier(),
                teams.of(connection, account.id()),
                session.id(),
                session.clientId(),
                session.authTime(),
                session.amr()));
        return new TokenAnswer(access, "Bearer", tokenConfig.accessLifetime().toSeconds(), refresh, scope);
    }

    /** Whether a session gets nothing of an operator, whoever its person is. */
    private boolean isWithheld(Session session) {
        return operators.needsSecondFactor() && !session.amr().contains(Amr.OTP);
    }

    /** An operator without a second factor is a learner, who can get one. */
    private List<String> roles(Account account, Session session) {
        return isWithheld(session) && account.roles().contains(Caller.OPERATOR)
                ? List.of(Caller.LEARNER)
                : account.roles();
    }

    private String scope(Session session) {
        return isWithheld(session) ? Scopes.withoutOperator(session.scope()) : session.scope();
    }

    /** 256 random bits need no slow hash. */
    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
