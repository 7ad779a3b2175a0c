package dev.devmentor.auth.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's account. */
@Path("/api/auth")
@RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
@RunOnVirtualThread
@Tag(name = "Account")
public class MeResource {
    private static final int LONGEST_NAME = 100;

    private final Accounts accounts;
    private final Transactions transactions;
    private final Caller caller;
    private final OperatorPolicy operators;

    MeResource(Accounts accounts, Transactions transactions, Caller caller, OperatorPolicy operators) {
        this.accounts = accounts;
        this.transactions = transactions;
        this.caller = caller;
        this.operators = operators;
    }

    /**
     * An account as its person sees it.
     *
     * @param secondFactorNeeded true for an operator whose login has nothing of that role because it was without a second factor; else
     *     absent
     */
    @Schema(examples = """
            {"id": "u-7k2mznq4t8xw5cvb3hjd", "email": "anna@example.org", "emailVerified": true, "name": "Anna", "roles": ["learner"],
             "tier": "free", "teams": ["t-5w9x3cvb7hjd2kmznq4t"], "createdAt": "2026-03-01T10:00:00Z"}""")
    public record Me(
            String id,
            String email,
            boolean emailVerified,
            String name,
            List<String> roles,
            String tier,
            List<String> teams,
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean secondFactorNeeded) {}

    /** Claims of OpenID Connect Core 5.1. */
    @Schema(
            examples =
                    "{\"sub\": \"u-7k2mznq4t8xw5cvb3hjd\", \"email\": \"anna@example.org\", \"email_verified\": true, \"name\": \"Anna\"}")
    @RegisterForReflection
    public record UserInfo(
            String sub,
            String email,
            @JsonProperty("email_verified") boolean emailVerified,
            String name) {}

    /** What a person may change. */
    @Schema(examples = "{\"name\": \"Anna\"}")
    public record Change(@Nullable String name) {}

    @GET
    @Path("me")
    @Operation(summary = "Who I am")
    public Me me() throws SQLException {
        Account account = account();
        return new Me(
                account.id(),
                account.email(),
                account.emailVerified(),
                account.name(),
                account.roles(),
                account.tier(),
                caller.teams(),
                account.createdAt(),
                operators.isWithheld(account, caller) ? true : null);
    }

    @PATCH
    @Path("me")
    @Operation(summary = "Change my name")
    public Me change(@Nullable Change change) throws SQLException {
        if (change == null) {
            throw ProblemException.invalid("the body is missing");
        }
        if (change.name() == null) {
            return me(); // what is not named stays
        }
        String name = change.name().strip();
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    "'name' has at most " + LONGEST_NAME + " characters, none of them a control");
        }
        String id = account().id();
        transactions.execute(work -> {
            accounts.rename(work.connection(), id, name);
        });
        return me();
    }

    @GET
    @Path("userinfo")
    @Operation(summary = "Who I am, as OpenID Connect says it")
    public UserInfo userinfo() throws SQLException {
        return claims();
    }

    /** OpenID Connect Core 5.3: by both methods. */
    @POST
    @Path("userinfo")
    @Operation(
            summary = "The same by POST",
            description = "Some clients of OpenID Connect ask this way. The token is in Authorization.")
    public UserInfo userinfoByPost() throws SQLException {
        return claims();
    }

    private UserInfo claims() throws SQLException {
        Account account = account();
        return new UserInfo(account.id(), account.email(), account.emailVerified(), account.name());
    }

    private Account account() throws SQLException {
        String id = caller.id();
        return transactions
                .run(work -> accounts.byId(work.connection(), id))
                .orElseThrow(() -> ProblemException.notFound("there is no account of this id"));
    }
}
