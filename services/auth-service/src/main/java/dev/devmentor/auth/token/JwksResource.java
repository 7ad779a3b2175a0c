package dev.devmentor.auth.token;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Keys that sign tokens",
            description = "A JSON Web Key Set (RFC 7517). A new key stands in it for some minutes before it signs.")
    public Response jwks() throws SQLException {
        return Response.ok(keys.jwks())
                .header("Cache-Control", "public, max-age=60")
                .build();
    }
}
