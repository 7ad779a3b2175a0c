package dev.devmentor.auth.token;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys. */
@Path("/api/auth/jwks")
@PermitAll
@Tag(name = "OpenID Connect")
public class JwksResource {
    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    /** The public half of a key (RFC 7518 6.3.1). */
    @Schema(name = "JsonWebKey", examples = """
            {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "NzbLsXh8uDCc…", "n": "0vx7agoebGcQ…", "e": "AQAB"}""")
    public record Key(String kty, String use, String alg, String kid, String n, String e) {}

    /** A JSON Web Key Set. */
    @Schema(name = "JsonWebKeySet")
    public record KeySet(List<Key> keys) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Keys that sign tokens",
            description = "A JSON Web Key Set (RFC 7517). A new key stands in it for some minutes before it signs.")
    @APIResponse(
            responseCode = "200",
            description = "The keys",
            content = @Content(schema = @Schema(implementation = KeySet.class)))
    public Response jwks() throws SQLException {
        return Response.ok(keys.jwks())
                .header("Cache-Control", "public, max-age=60")
                .build();
    }
}
