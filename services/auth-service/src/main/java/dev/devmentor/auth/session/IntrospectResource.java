package dev.devmentor.auth.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.client.OAuthClients;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.token.AccessTokens;
import dev.devmentor.auth.token.OAuthException;
import dev.devmentor.auth.token.OAuthForm;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a token is worth (RFC 7662), and the end of it (RFC 7009). */
@Path("/api/auth")
@PermitAll
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "OpenID Connect")
public class IntrospectResource {
    private final OAuthClients clients;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final Throttle throttle;
    private final RequestInfo request;

    IntrospectResource(
            OAuthClients clients, Sessions sessions, AccessTokens tokens, Throttle throttle, RequestInfo request) {
        this.clients = clients;
        this.sessions = sessions;
        this.tokens = tokens;
        this.throttle = throttle;
        this.request = request;
    }

    /** RFC 7662 2.2. */
    @Schema(examples = """
            {"active": true, "sub": "u-7k2mznq4t8xw5cvb3hjd", "client_id": "devmentor-web",
             "scope": "learning:read learning:write patterns:read patterns:write account", "exp": 1772964000, "token_type": "refresh_token"}""")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Introspection(
            boolean active,
            @Nullable String sub,
            @JsonProperty("client_id") @Nullable String clientId,
            @Nullable String scope,
            @Nullable Long exp,
            @Nullable Long iat,
            @Nullable String iss,
            @Nullable String aud,
            @Nullable String jti,
            @JsonProperty("token_type") @Nullable String tokenType) {
        static final Introspection INACTIVE =
                new Introspection(false, null, null, null, null, null, null, null, null, null);

        static Introspection of(Sessions.Introspected known) {
            return new Introspection(
                    true,
                    known.accountId(),
                    known.clientId(),
                    known.scope(),
                    known.expiresAt(),
                    null,
                    null,
                    null,
                    null,
                    "refresh_token");
        }

        static Introspection of(AccessTokens.Read token) {
            return new Introspection(
                    true,
                    token.subject(),
                    token.clientId(),
                    token.scope(),
                    token.expiresAt(),
                    token.issuedAt(),
                    token.issuer(),
                    AccessTokens.AUDIENCE,
                    token.id(),
                    "Bearer");
        }
    }

    /** The form of both, for the OpenAPI document. */
    @Schema(requiredProperties = "token")
    record TokenForm(
            @Schema(name = "client_id", examples = "api-gateway")
            String clientId,

            @Schema(name = "client_secret") String clientSecret,

            @Schema(examples = "good-once…") String token,

            @Schema(name = "token_type_hint") String hint) {}

    @POST
    @Path("introspect")
    @Operation(
            summary = "Whether a token is good",
            description = "A refresh or an access token; one whose session has ended is not. For confidential clients.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = TokenForm.class)))
    public Introspection introspect(@HeaderParam("Authorization") @Nullable String authorization, @Nullable String body)
            throws SQLException {
        OAuthForm form = OAuthForm.of(body);
        OAuthClient client = client(authorization, form);
        if (client.isPublic()) {
            throw OAuthException.invalidClient();
        }
        String token = form.required("token");
        Optional<AccessTokens.Read> access = tokens.read(token);
        if (access.isPresent()) {
            return sessions.isGood(access.get()) ? Introspection.of(access.get()) : Introspection.INACTIVE;
        }
        return sessions.introspect(token).map(Introspection::of).orElse(Introspection.INACTIVE);
    }

    @POST
    @Path("revoke")
    @Operation(
            summary = "End the session of a token",
            description =
                    "A refresh or an access token. Answers the same if there is none; an access token that is of no session cannot"
                            + " be revoked, and is unsupported_token_type.")
    @APIResponse(
            responseCode = "200",
            description = "It is good no more",
            content = {})
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = TokenForm.class)))
    public Response revoke(@HeaderParam("Authorization") @Nullable String authorization, @Nullable String body)
            throws SQLException {
        OAuthForm form = OAuthForm.of(body);
        OAuthClient client = client(authorization, form);
        String token = form.required("token");
        Optional<AccessTokens.Read> access = tokens.read(token);
        if (access.isEmpty()) {
            sessions.revoke(token, client.id(), request.get());
        } else if (!access.get().clientId().equals(client.id())) {
            throw OAuthException.of("invalid_grant", "the token belongs to another client");
        } else if (access.get().session() == null) {
            throw OAuthException.of("unsupported_token_type", "this token is of no session: it ends by itself");
        } else {
            sessions.revoke(access.get());
        }
        return Response.ok().build();
    }

    private OAuthClient client(@Nullable String authorization, OAuthForm form) {
        String address = request.get().address();
        Duration wait = throttle.waitFor(Throttle.Kind.SECRET, null, address, null);
        if (wait != null) {
            throw OAuthException.tooMany(wait.toSeconds() + 1);
        }
        return form.client(authorization).flatMap(clients::authenticate).orElseThrow(() -> {
            throttle.failed(Throttle.Kind.SECRET, null, address, null);
            return OAuthException.invalidClient();
        });
    }
}
