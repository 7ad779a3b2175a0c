package dev.devmentor.auth.token;

import dev.devmentor.auth.client.Grants;
import dev.devmentor.auth.client.PublicUrl;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where everything is that a resource server or a client needs. */
@Path("/.well-known")
@PermitAll
@Tag(name = "OpenID Connect")
public class DiscoveryResource {
    private final String issuer;
    private final PublicUrl publicUrl;

    DiscoveryResource(@ConfigProperty(name = "devmentor.auth.issuer") String issuer, PublicUrl publicUrl) {
        this.issuer = issuer;
        this.publicUrl = publicUrl;
    }

    @GET
    @Path("openid-configuration")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The discovery document (OpenID Connect Discovery 1.0)")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(schema = @Schema(implementation = Discovery.class)))
    public Response openid() {
        return answer();
    }

    @GET
    @Path("oauth-authorization-server")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same as authorization server metadata (RFC 8414)")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(schema = @Schema(implementation = Discovery.class)))
    public Response oauth() {
        return answer();
    }

    private Response answer() {
        Discovery document = new Discovery(
                issuer,
                issuer + "/api/auth/jwks",
                publicUrl.of("/api/auth/token"),
                publicUrl.of("/api/auth/device_authorization"),
                publicUrl.of("/api/auth/introspect"),
                publicUrl.of("/api/auth/revoke"),
                publicUrl.of("/api/auth/userinfo"),
                List.of(Grants.REFRESH_TOKEN, Grants.CLIENT_CREDENTIALS, Grants.DEVICE_CODE),
                List.of("none"),
                List.of("public"),
                List.of("RS256"),
                List.of("client_secret_basic", "client_secret_post", "none"),
                List.of("client_secret_basic", "client_secret_post"),
                List.of("client_secret_basic", "client_secret_post", "none"),
                List.of((Scopes.PERSON + " " + Scopes.OPERATOR).split(" ")),
                List.of(
                        "iss",
                        "aud",
                        "sub",
                        "iat",
                        "exp",
                        "jti",
                        "roles",
                        "scope",
                        "tier",
                        "teams",
                        "sid",
                        "client_id",
                        "auth_time",
                        "amr"));
        return Response.ok(document)
                .header("Cache-Control", "public, max-age=60")
                .build();
    }
}
