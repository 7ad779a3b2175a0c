package dev.devmentor.auth.operation;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.secondfactor.SecondFactors;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Accounts, for operators. */
@Path("/api/auth/accounts")
@RolesAllowed(Caller.OPERATOR)
@RunOnVirtualThread
@Tag(name = "Operation")
public class AccountResource {
    private static final Set<String> TIERS = Set.of("free", "premium");
    private static final Set<String> ROLES = Set.of(Caller.LEARNER, Caller.OPERATOR);
    private static final int LONGEST = 254;
    private static final String EXAMPLE = "u-7k2mznq4t8xw5cvb3hjd";

    private final Accounts accounts;
    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final AuditLog audit;
    private final Transactions transactions;
    private final RecentLogin login;
    private final RequestInfo request;
    private final Caller caller;

    AccountResource(
            Accounts accounts,
            Sessions sessions,
            SecondFactors secondFactors,
            AuditLog audit,
            Transactions transactions,
            RecentLogin login,
            RequestInfo request,
            Caller caller) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.audit = audit;
        this.transactions = transactions;
        this.login = login;
        this.request = request;
        this.caller = caller;
    }

    /** @param state {@code active}, {@code suspended} or {@code erasing} */
    @Schema(name = "Account", examples = """
            {"id": "u-7k2mznq4t8xw5cvb3hjd", "emailVerified": true, "roles": ["learner"], "tier": "free", "state": "active",
             "createdAt": "2026-03-01T10:00:00Z"}""")
    public record View(
            String id, boolean emailVerified, List<String> roles, String tier, String state, Instant createdAt) {
        static View of(Account account) {
            return new View(
                    account.id(),
                    account.emailVerified(),
                    account.roles(),
                    account.tier(),
                    account.state().name().toLowerCase(Locale.ROOT),
                    account.createdAt());
        }
    }

    /** What is left out stays. */
    @Schema(
            name = "AccountDecision",
            examples = "{\"tier\": \"premium\", \"roles\": [\"learner\"], \"state\": \"active\"}")
    public record Decision(
            @Nullable String tier,
            @Nullable List<String> roles,
            @Nullable String state) {}

    @GET
    @Operation(summary = "The account of a mail address")
    @APIResponse(responseCode = "200", description = "The account")
    @APIResponse(responseCode = "404", description = "There is none")
    public View byEmail(@Parameter(example = "anna@example.org") @QueryParam("email") @Nullable String email)
            throws SQLException {
        if (email == null || email.isBlank() || email.length() > LONGEST) {
            throw ProblemException.invalid("'email' is a mail address");
        }
        return transactions
                .run(work -> accounts.byEmail(work.connection(), email))
                .map(View::of)
                .orElseThrow(AccountResource::noSuch);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "An account")
    @APIResponse(responseCode = "200", description = "The account")
    @APIResponse(responseCode = "404", description = "There is none")
    public View byId(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        return transactions
                .run(work -> accounts.byId(work.connection(), id))
                .map(View::of)
                .orElseThrow(AccountResource::noSuch);
    }

    @PATCH
    @Path("{id}")
    @Operation(
            summary = "Decide of an account",
            description =
                    "tier: free or premium; roles: learner, operator; state: active or suspended. It needs a login of the last"
                            + " minutes. Whoever is suspended, or loses a role, is logged out everywhere at once.")
    @APIResponse(responseCode = "200", description = "The account as it is now")
    @APIResponse(responseCode = "401", description = "No token, or the login is not recent")
    @APIResponse(responseCode = "404", description = "There is none")
    @APIResponse(responseCode = "409", description = "It is one's own, or is being erased")
    public View decide(@Parameter(example = EXAMPLE) @PathParam("id") String id, @Nullable Decision decision)
            throws SQLException {
        login.mustBeRecent();
        if (decision == null) {
            throw ProblemException.invalid("the body is missing");
        }
        if (decision.tier() != null && !TIERS.contains(decision.tier())) {
            throw ProblemException.invalid("'tier' is free or premium");
        }
        if (decision.roles() != null
                && (decision.roles().isEmpty()
                        || decision.roles().stream().anyMatch(role -> role == null || !ROLES.contains(role)))) {
            throw ProblemException.invalid("'roles' are one or both of learner, operator");
        }
        Account.State state = decision.state() == null ? null : state(decision.state());
        String operator = caller.id();
        if (operator.equals(id) && (state == Account.State.SUSPENDED || decision.roles() != null)) {
            throw ProblemException.conflict("own-account", "nobody suspends themselves, or changes their own roles");
        }
        String address = request.get().address();
        return transactions.runRetrying(work -> {
            Account before = accounts.lock(work.connection(), id).orElseThrow(AccountResource::noSuch);
            if (before.state() == Account.State.ERASING) {
                throw ProblemException.conflict("erasure-under-way", "this account is being erased");
            }
            List<String> roles = decision.roles() == null
                    ? before.roles()
                    : decision.roles().stream().distinct().sorted().toList();
            String tier = decision.tier() == null ? before.tier() : decision.tier();
            Account.State next = state == null ? before.state() : state;
            accounts.decide(work.connection(), id, tier, next, roles);
            if (next == Account.State.SUSPENDED || !roles.containsAll(before.roles())) {
                sessions.endAll(work, id, null, "operator", operator);
            }
            audit.record(
                    work.connection(),
                    AuditEntry.of("account.decided", id, address)
                            .by(operator)
                            .with("tier", tier)
                            .with("roles", String.join(" ", roles))
                            .with("state", next.name().toLowerCase(Locale.ROOT)));
            return View.of(accounts.byId(work.connection(), id).orElseThrow(AccountResource::noSuch));
        });
    }

    @DELETE
    @Path("{id}/second-factor")
    @Operation(
            summary = "Switch off somebody's second factor",
            description =
                    "For who has lost the app and the recovery codes, and has shown an operator otherwise who they are. It needs a"
                            + " login of the last minutes; the person is told by mail.")
    @APIResponse(responseCode = "204", description = "It is off")
    @APIResponse(responseCode = "401", description = "No token, or the login is not recent")
    @APIResponse(responseCode = "404", description = "There is no such account")
    @APIResponse(
            responseCode = "409",
            description = "second-factor-off; own-account: one's own is switched off by a code")
    public void switchOffSecondFactor(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        login.mustBeRecent();
        String operator = caller.id();
        if (operator.equals(id)) {
            throw ProblemException.conflict("own-account", "one's own is switched off by a code");
        }
        String address = request.get().address();
        transactions.executeRetrying(work -> {
            Account account = accounts.lock(work.connection(), id).orElseThrow(AccountResource::noSuch);
            if (!secondFactors.switchOffFor(work, account, operator, address)) {
                throw ProblemException.conflict("second-factor-off", "this account has no second factor");
            }
        });
    }

    private static Account.State state(String name) {
        return switch (name) {
            case "active" -> Account.State.ACTIVE;
            case "suspended" -> Account.State.SUSPENDED;
            default -> throw ProblemException.invalid("'state' is active or suspended");
        };
    }

    private static ProblemException noSuch() {
        return ProblemException.notFound("there is no such account");
    }
}
