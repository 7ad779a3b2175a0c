package dev.devmentor.auth.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.client.PublicUrl;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.session.SignIns;
import dev.devmentor.auth.token.OAuthException;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.auth.token.TokenGrant;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The device authorization grant (RFC 8628). */
@ApplicationScoped
public class DeviceFlow implements TokenGrant {
    private static final int SLOWER_BY_SECONDS = 5; // RFC 8628 3.5
    private static final int MOST_ATTEMPTS = 10;

    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final DeviceGrantTable table;
    private final Accounts accounts;
    private final SignIns signIns;
    private final Sessions sessions;
    private final PublicUrl publicUrl;
    private final DeviceConfig config;
    private final AuditLog audit;
    private final Clock clock;

    DeviceFlow(
            Transactions transactions,
            DeviceGrantTable table,
            Accounts accounts,
            SignIns signIns,
            Sessions sessions,
            PublicUrl publicUrl,
            DeviceConfig config,
            AuditLog audit,
            Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.accounts = accounts;
        this.signIns = signIns;
        this.sessions = sessions;
        this.publicUrl = publicUrl;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** RFC 8628 3.2. */
    @Schema(name = "DeviceAuthorization", examples = """
            {"device_code": "shown-to-the-program-alone…", "user_code": "WDJB-MJHT",
             "verification_uri": "http://127.0.0.1:8080/auth/device",
             "verification_uri_complete": "http://127.0.0.1:8080/auth/device?code=WDJB-MJHT", "expires_in": 600, "interval": 5}""")
    @RegisterForReflection
    public record Started(
            @JsonProperty("device_code") String deviceCode,
            @JsonProperty("user_code") String userCode,
            @JsonProperty("verification_uri") String verificationUri,
            @JsonProperty("verification_uri_complete") String verificationUriComplete,
            @JsonProperty("expires_in") long expiresIn,
            long interval) {}

    /** A program that waits, as the person sees it who may let it in. */
    @Schema(examples = """
            {"userCode": "WDJB-MJHT", "client": "devmentor-cli", "scope": "learning:read", "address": "192.0.2.1",
             "userAgent": "devmentor", "startedAt": "2026-03-01T10:00:00Z", "expiresAt": "2026-03-01T10:10:00Z"}""")
    public record Waiting(
            String userCode,
            String client,
            String scope,
            String address,
            String userAgent,
            Instant startedAt,
            Instant expiresAt) {}

    /**
     * A program asks to be let in.
     *
     * @param wantedScope null for all that the person may give
     * @throws OAuthException {@code invalid_scope}
     */
    Started start(OAuthClient client, @Nullable String wantedScope, ClientInfo from) throws SQLException {
        String scope = Scopes.narrow(wantedScope, Scopes.ofPeople());
        if (scope == null) {
            throw OAuthException.of("invalid_scope", "one of the scopes is none that people can give");
        }
        String deviceCode = DeviceCodes.deviceCode(random);
        return transactions.run(work -> {
            Instant now = clock.instant();
            table.deleteExpired(work.connection(), now.minus(config.lifetime()));
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                DeviceGrantTable.Row row = new DeviceGrantTable.Row(
                        DeviceCodes.hash(deviceCode),
                        DeviceCodes.userCode(random),
                        client.id(),
                        scope,
                        from.address(),
                        from.userAgent(),
                        now,
                        now.plus(config.lifetime()),
                        "waiting",
                        null,
                        null,
                        null,
                        (int) config.interval().toSeconds(),
                        List.of());
                if (table.add(work.connection(), row)) {
                    return new Started(
                            deviceCode,
                            row.userCode(),
                            publicUrl.of("/auth/device"),
                            publicUrl.of("/auth/device?code=" + row.userCode()),
                            config.lifetime().toSeconds(),
                            row.intervalSeconds());
                }
            }
            throw new IllegalStateException("no free user code was found in " + MOST_ATTEMPTS + " attempts");
        });
    }

    /**
     * The program that waits with this code; empty if there is none, or no longer.
     *
     * @param mayGive scope that who asks could give
     */
    Optional<Waiting> waiting(String typed, String mayGive) throws SQLException {
        String code = DeviceCodes.typed(typed);
        if (code == null) {
            return Optional.empty();
        }
        return transactions.run(work -> table.lockByUserCode(work.connection(), code, clock.instant())
                .map(row -> new Waiting(
                        row.userCode(),
                        row.clientId(),
                        Scopes.both(row.scope(), mayGive),
                        row.address(),
                        row.userAgent(),
                        row.createdAt(),
                        row.expiresAt())));
    }

    /**
     * A person lets a program in, or doesn't.
     *
     * @param session of the person; null without one
     * @param authTime when the person showed who they are
     * @return whether a program waits with this code
     * @throws ProblemException 401 {@code session-ended}
     */
    boolean decide(
            String typed,
            String accountId,
            @Nullable String session,
            boolean approve,
            Instant authTime,
            ClientInfo from)
            throws SQLException {
        String code = DeviceCodes.typed(typed);
        if (code == null) {
            return false;
        }
        return transactions.runRetrying(work -> {
            Optional<DeviceGrantTable.Row> row = table.lockByUserCode(work.connection(), code, clock.instant());
            if (row.isEmpty()) {
                return false;
            }
            if (session != null && !sessions.holdLive(work.connection(), session)) {
                throw ProblemException.unauthenticated("session-ended", "the session has ended");
            }
            table.decide(
                    work.connection(),
                    row.get().hash(),
                    approve ? "approved" : "denied",
                    accountId,
                    approve ? authTime : null,
                    session);
            audit.record(
                    work.connection(),
                    AuditEntry.of(approve ? "device.approved" : "device.denied", accountId, from.address())
                            .with("client", row.get().clientId()));
            return true;
        });
    }

    @Override
    public String type() {
        return Grants.DEVICE_CODE;
    }

    @Override
    public Object grant(OAuthClient client, Form form, ClientInfo from) throws SQLException {
        byte[] hash = DeviceCodes.hash(form.required("device_code"));
        // Again if it met somebody who was just ending all sessions of the person.
        Polled polled = transactions.runRetrying(work -> {
            Instant now = clock.instant();
            Optional<DeviceGrantTable.Row> found = table.lockByDeviceCode(work.connection(), hash)
                    .filter(row -> row.clientId().equals(client.id()));
            if (found.isEmpty()) {
                return Polled.refused("invalid_grant", "there is no such device code");
            }
            DeviceGrantTable.Row row = found.get();
            boolean tooSoon = row.polledAt() != null
                    && row.polledAt()
                            .plusSeconds(row.intervalSeconds())
                            .minusMillis(500)
                            .isAfter(now);
            int interval = tooSoon ? row.intervalSeconds() + SLOWER_BY_SECONDS : row.intervalSeconds();
            table.polled(work.connection(), hash, now, interval);
            if (!row.expiresAt().isAfter(now)) {
                return Polled.refused("expired_token", "the code was not approved in time");
            }
            return switch (row.state()) {
                case "waiting" ->
                    tooSoon
                            ? Polled.refused("slow_down", "ask every " + interval + " seconds")
                            : Polled.refused("authorization_pending", "nobody has approved the code yet");
                case "denied" -> Polled.refused("access_denied", "the person has refused");
                case "approved" -> {
                    Optional<Account> account = row.accountId() == null
                            ? Optional.empty()
                            : accounts.byId(work.connection(), row.accountId());
                    if (account.isEmpty() || !account.get().isUsable() || row.authTime() == null) {
                        yield Polled.refused("access_denied", "the account is out of use");
                    }
                    String scope =
                            Scopes.both(row.scope(), Scopes.of(account.get().roles()));
                    if (scope.isEmpty()) {
                        yield Polled.refused("access_denied", "the person has nothing of what was asked for to give");
                    }
                    table.used(work.connection(), hash);
                    yield new Polled(
                            signIns.letIn(work, account.get(), from, client.id(), row.amr(), row.authTime(), scope),
                            null);
                }
                default -> Polled.refused("invalid_grant", "the code was used before");
            };
        });
        if (polled.refusal != null) {
            throw polled.refusal;
        }
        return java.util.Objects.requireNonNull(polled.answer);
    }

    /** What the program is told: the time of its question is kept either way. */
    private record Polled(@Nullable Object answer, @Nullable OAuthException refusal) {
        static Polled refused(String error, String description) {
            return new Polled(null, OAuthException.of(error, description));
        }
    }
}
