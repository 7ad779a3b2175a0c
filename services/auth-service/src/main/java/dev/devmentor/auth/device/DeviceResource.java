package dev.devmentor.auth.device;

import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.client.OAuthClients;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.token.OAuthException;
import dev.devmentor.auth.token.OAuthForm;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Both ends of the device flow: the program that asks, and the person who lets it in. */
@Path("/api/auth")
@RunOnVirtualThread
@Tag(name = "Device login")
public class DeviceResource {
    private final DeviceFlow flow;
    private final OAuthClients clients;
    private final Throttle throttle;
    private final Caller caller;
    private final JsonWebToken token;
    private final RequestInfo request;

    DeviceResource(
            DeviceFlow flow,
            OAuthClients clients,
            Throttle throttle,
            Caller caller,
            JsonWebToken token,
            RequestInfo request) {
        this.flow = flow;
        this.clients = clients;
        this.throttle = throttle;
        this.caller = caller;
        this.token = token;
        this.request = request;
    }

    /** What a person decides about a program. */
    @Schema(name = "DeviceDecision", examples = "{\"userCode\": \"WDJB-MJHT\", \"approve\": true}")
    public record Decision(
            @Nullable String userCode, @Nullable Boolean approve) {}

    /** The form of {@link #authorize}, for the OpenAPI document. */
    @Schema(requiredProperties = "client_id")
    record DeviceForm(
            @Schema(name = "client_id", examples = "devmentor-cli")
            String clientId,

            @Schema(name = "client_secret") String clientSecret,

            @Schema(description = "all that the person may give, if it is absent", examples = "learning:read")
            String scope) {}

    @POST
    @Path("device_authorization")
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "A program without a browser asks to be let in (RFC 8628 3.1)")
    @APIResponse(
            responseCode = "200",
            description = "The codes",
            content = @Content(schema = @Schema(implementation = DeviceFlow.Started.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = DeviceForm.class)))
    public Response authorize(@HeaderParam("Authorization") @Nullable String authorization, @Nullable String body)
            throws SQLException {
        OAuthForm form = OAuthForm.of(body);
        OAuthClient client =
                form.client(authorization).flatMap(clients::authenticate).orElseThrow(OAuthException::invalidClient);
        if (!client.may(Grants.DEVICE_CODE)) {
            throw OAuthException.of("unauthorized_client", "this client may not use this grant");
        }
        return Response.ok(flow.start(client, form.optional("scope"), request.get()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("device/{code}")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "Which program waits with this code, and from where it asked")
    public DeviceFlow.Waiting waiting(@Parameter(example = "WDJB-MJHT") @PathParam("code") String code)
            throws SQLException {
        mayGuess();
        DeviceFlow.Waiting waiting = flow.waiting(code, mayGive()).orElseThrow(this::noSuchCode);
        guessedRight();
        return waiting;
    }

    @POST
    @Path("device")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "Let the program in that waits with this code, or don't")
    @APIResponse(responseCode = "204", description = "It is decided")
    public void decide(@Nullable Decision decision) throws SQLException {
        if (decision == null || decision.userCode() == null) {
            throw ProblemException.invalid("'userCode' is missing");
        }
        if (decision.approve() == null) {
            throw ProblemException.invalid("'approve' is missing: true lets the program in, false refuses it");
        }
        mayGuess();
        Object claim = token.getClaim("auth_time");
        Instant authTime = claim == null
                ? Instant.ofEpochSecond(token.getIssuedAtTime())
                : Instant.ofEpochSecond(Long.parseLong(claim.toString()));
        boolean waits = flow.decide(
                decision.userCode(), caller.id(), token.getClaim("sid"), decision.approve(), authTime, request.get());
        if (!waits) {
            throw noSuchCode();
        }
        guessedRight();
    }

    private String mayGive() {
        return Scopes.of(caller.is(Caller.OPERATOR) ? List.of(Caller.OPERATOR) : List.of());
    }

    private void mayGuess() {
        Duration wait = throttle.waitFor(
                Throttle.Kind.DEVICE_CODE, caller.id(), request.get().address(), null);
        if (wait != null) {
            throw ProblemException.tooMany(wait.toSeconds() + 1, "too many codes that are none; wait");
        }
    }

    /** Else whoever lets several programs in would wait as if they had guessed. */
    private void guessedRight() {
        throttle.ended(Throttle.Kind.DEVICE_CODE, caller.id(), request.get().address(), null);
    }

    private ProblemException noSuchCode() {
        throttle.failed(Throttle.Kind.DEVICE_CODE, caller.id(), request.get().address(), null);
        return ProblemException.notFound("no program waits with this code; it may have expired");
    }
}
