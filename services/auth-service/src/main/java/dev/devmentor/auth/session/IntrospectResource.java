package dev.devmentor.auth.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.client.ClientAuthentication;
import dev.devmentor.auth.client.OAuthClient;
import dev.devmentor.auth.client.OAuthClients;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.token.OAuthException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a refresh token is worth (RFC 7662), and the end of it (RFC 7009). Access tokens say themselves what they are worth. */
@Path("/api/auth")
@PermitAll
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "OpenID Connect")
public class IntrospectResource {
    private final OAuthClients clients;
    private final Sessions sessions;
    private final Throttle throttle;
    private final RequestInfo request;

    IntrospectResource(OAuthClients clients, Sessions sessions, Throttle throttle, RequestInfo request) {
        this.clients = clients;
        this.sessions = sessions;
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
            @JsonProperty("token_type") @Nullable String tokenType) {
        static final Introspection INACTIVE = new Introspection(false, null, null, null, null, null);
    }

    @POST
    @Path("introspect")
    @Operation(summary = "Whether a refresh token is good", description = "For confidential clients.")
    public Introspection introspect(
            @HeaderParam("Authorization") @Nullable String authorization,
            @Schema(examples = "api-gateway") @FormParam("client_id") @Nullable String clientId,
            @FormParam("client_secret") @Nullable String clientSecret,
            @Schema(examples = "good-once…") @FormParam("token") @Nullable String token)
            throws SQLException {
        OAuthClient client = client(authorization, clientId, clientSecret);
        if (client.isPublic()) {
            throw OAuthException.invalidClient();
        }
        if (token == null) {
            throw OAuthException.of("invalid_request", "'token' is missing");
        }
        return sessions.introspect(token)
                .map(known -> new Introspection(
                        true, known.accountId(), known.clientId(), known.scope(), known.expiresAt(), "refresh_token"))
                .orElse(Introspection.INACTIVE);
    }

    @POST
    @Path("revoke")
    @Operation(summary = "End the session of a refresh token", description = "Answers the same if there is none.")
    @APIResponse(
            responseCode = "200",
            description = "It is good no more",
            content = {})
    public Response revoke(
            @HeaderParam("Authorization") @Nullable String authorization,
            @Schema(examples = "devmentor-web") @FormParam("client_id") @Nullable String clientId,
            @FormParam("client_secret") @Nullable String clientSecret,
            @Schema(examples = "good-once…") @FormParam("token") @Nullable String token)
            throws SQLException {
        OAuthClient client = client(authorization, clientId, clientSecret);
        if (token == null) {
            throw OAuthException.of("invalid_request", "'token' is missing");
        }
        sessions.revoke(token, client.id(), request.get());
        return Response.ok().build();
    }

    private OAuthClient client(@Nullable String authorization, @Nullable String id, @Nullable String secret) {
        String address = request.get().address();
        Duration wait = throttle.waitFor(Throttle.Kind.SECRET, null, address, null);
        if (wait != null) {
            throw OAuthException.tooMany(wait.toSeconds() + 1);
        }
        return ClientAuthentication.of(authorization, id, secret)
                .flatMap(shown -> clients.authenticate(shown.id(), shown.secret()))
                .orElseThrow(() -> {
                    throttle.failed(Throttle.Kind.SECRET, null, address, null);
                    return OAuthException.invalidClient();
                });
    }
}
