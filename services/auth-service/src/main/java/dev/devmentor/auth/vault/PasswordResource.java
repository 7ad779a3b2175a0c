package dev.devmentor.auth.vault;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.registration.Links;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.srp.SrpCredentials;
import dev.devmentor.auth.srp.SrpLogin;
import dev.devmentor.auth.srp.SrpParameters;
import dev.devmentor.auth.throttle.Devices;
import dev.devmentor.auth.vault.VaultViews.KeysView;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A zero-knowledge password changes together with the wrapping of the vault key, or not at all. */
@Path("/api/auth/srp/password")
@RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
@RunOnVirtualThread
@Tag(name = "Zero-knowledge login")
public class PasswordResource {
    private final SrpLogin login;
    private final SrpCredentials credentials;
    private final VaultKeys keys;
    private final Sessions sessions;
    private final Links links;
    private final Transactions transactions;
    private final AuditLog audit;
    private final Caller caller;
    private final JsonWebToken token;
    private final RequestInfo request;

    PasswordResource(
            SrpLogin login,
            SrpCredentials credentials,
            VaultKeys keys,
            Sessions sessions,
            Links links,
            Transactions transactions,
            AuditLog audit,
            Caller caller,
            JsonWebToken token,
            RequestInfo request) {
        this.login = login;
        this.credentials = credentials;
        this.keys = keys;
        this.sessions = sessions;
        this.links = links;
        this.transactions = transactions;
        this.audit = audit;
        this.caller = caller;
        this.token = token;
        this.request = request;
    }

    /**
     * A new password.
     *
     * @param id of a challenge for the old password
     * @param next what belongs to the new one
     * @param keys of the vault, wrapped for the new one; needed if the old one opens the vault
     */
    @Schema(examples = """
            {"id": "EBESExQVFhcYGRobHB0eHyAh", "A": "3f9a…", "M1": "b21c…",
             "new": {"salt": "EBESExQVFhcYGRobHB0eHw", "iterations": 600000, "verifier": "5a41…"}}""")
    public record PasswordRequest(
            @Nullable String id,
            @JsonProperty("A") @Nullable String a,
            @JsonProperty("M1") @Nullable String m1,
            @JsonProperty("new") @Nullable SrpParameters next,
            @Nullable KeysView keys) {}

    /** The server's proof that it knew the old verifier. */
    @Schema(examples = "{\"M2\": \"90ee…\"}")
    public record PasswordAnswer(@JsonProperty("M2") String m2) {}

    @POST
    @Operation(
            summary = "Change a zero-knowledge password",
            description =
                    "Proves the old one with a challenge, stores the new verifier and the vault's keys in their new wrapping in one"
                            + " step, and ends all other sessions.")
    @APIResponse(responseCode = "200", description = "It is changed")
    @APIResponse(responseCode = "401", description = "login-failed: the old password is another one")
    @APIResponse(
            responseCode = "409",
            description = "version-conflict; or vault-needs-keys: the vault would stay closed")
    public PasswordAnswer change(@Nullable PasswordRequest body) throws SQLException {
        SrpParameters next = body == null ? null : body.next();
        if (body == null || next == null) {
            throw ProblemException.invalid("'new' is missing");
        }
        String person = caller.id();
        ClientInfo client = request.get();
        SrpLogin.Shown shown =
                login.check(new SrpLogin.Proof(body.id(), body.a(), body.m1()), client, request.cookie(Devices.COOKIE));
        if (!shown.account().id().equals(person)) {
            throw ProblemException.forbidden("the challenge was for somebody else");
        }
        String session = token.getClaim("sid");
        transactions.run(work -> {
            Connection connection = work.connection();
            login.still(connection, shown);
            String oldSalt = credentials
                    .parameters(connection, person)
                    .map(SrpParameters::salt)
                    .orElse(null);
            KeysView rewrapped = body.keys();
            if (rewrapped != null) {
                keys.put(connection, person, rewrapped, client.address());
            } else if (oldSalt != null
                    && keys.isWrappedBy(connection, person, Encoded.bytes("salt", oldSalt, 16, 16))) {
                throw ProblemException.conflict(
                        "vault-needs-keys",
                        "the old password opens your vault: send its keys, wrapped for the new one");
            }
            credentials.store(connection, person, next);
            audit.record(
                    connection,
                    AuditEntry.of("password.changed", person, client.address()).with("method", "zero-knowledge"));
            sessions.endAll(work, person, session, "password-changed");
            links.sendPasswordChanged(work, shown.account());
            return true;
        });
        return new PasswordAnswer(shown.m2());
    }
}
