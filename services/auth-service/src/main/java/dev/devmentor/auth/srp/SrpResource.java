package dev.devmentor.auth.srp;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.secondfactor.SecondFactors;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.auth.session.RefreshCookie;
import dev.devmentor.auth.session.SecondFactorShown;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.session.SignIns;
import dev.devmentor.auth.throttle.Devices;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Login with a password that never comes here. */
@Path("/api/auth/srp")
@RunOnVirtualThread
@Tag(name = "Zero-knowledge login")
public class SrpResource {
    private final Handshakes handshakes;
    private final SrpLogin login;
    private final SrpCredentials credentials;
    private final SecondFactors secondFactors;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Devices devices;
    private final RefreshCookie cookie;
    private final RecentLogin recent;
    private final Transactions transactions;
    private final AuditLog audit;
    private final Event<ZeroKnowledgeEnabled> enabled;
    private final Caller caller;
    private final JsonWebToken token;
    private final RequestInfo request;

    SrpResource(
            Handshakes handshakes,
            SrpLogin login,
            SrpCredentials credentials,
            SecondFactors secondFactors,
            SignIns signIns,
            Sessions sessions,
            Devices devices,
            RefreshCookie cookie,
            RecentLogin recent,
            Transactions transactions,
            AuditLog audit,
            Event<ZeroKnowledgeEnabled> enabled,
            Caller caller,
            JsonWebToken token,
            RequestInfo request) {
        this.handshakes = handshakes;
        this.login = login;
        this.credentials = credentials;
        this.secondFactors = secondFactors;
        this.signIns = signIns;
        this.sessions = sessions;
        this.devices = devices;
        this.cookie = cookie;
        this.recent = recent;
        this.transactions = transactions;
        this.audit = audit;
        this.enabled = enabled;
        this.caller = caller;
        this.token = token;
        this.request = request;
    }

    /** Who wants to log in. */
    @Schema(examples = "{\"email\": \"anna@example.org\"}")
    public record ChallengeRequest(@Nullable String email) {}

    /**
     * What is needed to prove the password.
     *
     * @param id of this login; good once, for two minutes
     * @param b the server's public value in hex
     */
    @Schema(examples = """
            {"id": "EBESExQVFhcYGRobHB0eHyAh", "salt": "AAECAwQFBgcICQoLDA0ODw", "iterations": 600000, "group": "rfc5054-3072-sha256",
             "B": "7c0d…"}""")
    public record ChallengeAnswer(
            String id,
            String salt,
            int iterations,
            String group,
            @JsonProperty("B") String b) {}

    /**
     * The proof.
     *
     * @param code of the second factor, or a recovery code; for who has one
     * @param cookie whether the refresh token goes into a cookie, for pages of our own
     */
    @Schema(examples = "{\"id\": \"EBESExQVFhcYGRobHB0eHyAh\", \"A\": \"3f9a…\", \"M1\": \"b21c…\", \"cookie\": false}")
    public record ProofRequest(
            @Nullable String id,
            @JsonProperty("A") @Nullable String a,
            @JsonProperty("M1") @Nullable String m1,
            @Nullable String code,
            @Nullable Boolean cookie) {}

    /** The tokens, and the proof that it was the right server which gave them. */
    @Schema(examples = """
            {"M2": "90ee…", "access_token": "eyJ…", "token_type": "Bearer", "expires_in": 900, "refresh_token": "good-once…",
             "scope": "learning:read learning:write patterns:read patterns:write account"}""")
    @RegisterForReflection
    public record ProofAnswer(
            @JsonProperty("M2") String m2, @JsonUnwrapped TokenAnswer tokens) {}

    /** Whether the caller's password is of this kind; then also how the secret is made of it. */
    @Schema(
            name = "ZeroKnowledgeStatus",
            examples = "{\"enabled\": true, \"salt\": \"AAECAwQFBgcICQoLDA0ODw\", \"iterations\": 600000}")
    public record Status(
            boolean enabled,
            @Nullable String salt,
            @Nullable Integer iterations) {}

    @POST
    @Path("challenge")
    @PermitAll
    @Operation(
            summary = "Begin a login",
            description =
                    "Gives salt, iterations and the server's B. Addresses without such a login get an answer that looks the"
                            + " same, and fail at the proof.")
    public ChallengeAnswer challenge(@Nullable ChallengeRequest body) throws SQLException {
        String email = body == null ? null : body.email();
        Optional<EmailAddress> address = email == null ? Optional.empty() : EmailAddress.parse(email);
        if (address.isEmpty()) {
            throw ProblemException.invalid("'email' is not an address");
        }
        Handshakes.Challenge challenge = handshakes.begin(address.get());
        return new ChallengeAnswer(
                challenge.id(),
                challenge.credential().saltText(),
                challenge.credential().iterations(),
                SrpServer.GROUP,
                challenge.shown().toString(16));
    }

    @POST
    @Path("proof")
    @PermitAll
    @Operation(
            summary = "Finish a login",
            description =
                    "A wrong proof, an unknown address and a challenge that is too old are answered alike. The client checks M2"
                            + " before it believes the answer.")
    @APIResponse(
            responseCode = "200",
            description = "The tokens and M2",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProofAnswer.class)))
    @APIResponse(
            responseCode = "401",
            description = "login-failed; after a right proof: second-factor-required, wrong-second-factor")
    @APIResponse(responseCode = "429", description = "Too many failed tries; see Retry-After")
    public Response proof(@Nullable ProofRequest body) throws SQLException {
        if (body == null) {
            throw ProblemException.invalid("the body is missing");
        }
        String code = SecondFactors.typed(body.code());
        ClientInfo client = request.get();
        String device = request.cookie(Devices.COOKIE);
        SrpLogin.Shown shown = login.check(new SrpLogin.Proof(body.id(), body.a(), body.m1()), client, device);
        SecondFactorShown second = secondFactors.prove(shown.account(), code, client, device);
        TokenAnswer tokens = transactions.runRetrying(work -> {
            Account account = login.still(work.connection(), shown);
            TokenAnswer begun = signIns.signIn(work, account, client, "zero-knowledge", second);
            audit.record(
                    work.connection(),
                    AuditEntry.of("login.succeeded", account.id(), client.address())
                            .with("method", "zero-knowledge")
                            .with("agent", client.userAgent()));
            return begun;
        });
        boolean inCookie = Boolean.TRUE.equals(body.cookie());
        return Response.fromResponse(cookie.answer(tokens, inCookie, request))
                .cookie(devices.cookie(shown.account().email(), request.isSecure()))
                .entity(new ProofAnswer(shown.m2(), inCookie ? tokens.withoutRefreshToken() : tokens))
                .build();
    }

    @GET
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "Whether your password is one that never comes here")
    public Status status() throws SQLException {
        String person = caller.id();
        Optional<SrpParameters> found = transactions.run(work -> credentials.parameters(work.connection(), person));
        return new Status(
                found.isPresent(),
                found.map(SrpParameters::salt).orElse(null),
                found.map(SrpParameters::iterations).orElse(null));
    }

    @POST
    @Path("register")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(
            summary = "Turn your account into a zero-knowledge one",
            description =
                    "Needs a login of the last minutes. The hash of the old password is deleted, other sessions end.")
    @APIResponse(responseCode = "204", description = "From now on you log in with /api/auth/srp/challenge")
    @APIResponse(responseCode = "409", description = "already-zero-knowledge: change the password instead")
    public void register(@Nullable SrpParameters body) throws SQLException {
        if (body == null) {
            throw ProblemException.invalid("the body is missing");
        }
        recent.mustBeRecent();
        String person = caller.id();
        String address = request.get().address();
        String session = token.getClaim("sid");
        transactions.run(work -> {
            Connection connection = work.connection();
            login.hold(connection, person);
            if (credentials.has(connection, person)) {
                throw ProblemException.conflict(
                        "already-zero-knowledge", "your password never comes here already; change it instead");
            }
            credentials.store(connection, person, body);
            enabled.fire(new ZeroKnowledgeEnabled(work, person));
            sessions.endAll(work, person, session, "password-changed");
            audit.record(connection, AuditEntry.of("zero-knowledge.enabled", person, address));
            return true;
        });
    }
}
