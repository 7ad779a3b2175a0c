package dev.devmentor.auth.token;

import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.kit.identity.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lets a new key take over, for operators. */
@Path("/api/auth/signing-keys/rotate")
@RolesAllowed(Caller.OPERATOR)
@Tag(name = "Operation")
public class SigningKeyResource {
    private final SigningKeys keys;
    private final Caller caller;
    private final RequestInfo request;

    SigningKeyResource(SigningKeys keys, Caller caller, RequestInfo request) {
        this.keys = keys;
        this.caller = caller;
        this.request = request;
    }

    /** @param distrustOld whether the old key is withdrawn at once, because somebody else may have it */
    @Schema(name = "SigningKeyRotation", examples = "{\"distrustOld\": false}")
    public record Rotation(boolean distrustOld) {}

    @POST
    @RunOnVirtualThread
    @Operation(
            summary = "A new signing key",
            description =
                    "It takes over once everybody has had the time to learn of it. With distrustOld it takes over at once, and"
                            + " what the old one signed is good no more.")
    @APIResponse(responseCode = "204", description = "There is a new key")
    public Response rotate(@Nullable Rotation rotation) throws SQLException {
        keys.rotate(
                rotation != null && rotation.distrustOld(),
                caller.id(),
                request.get().address());
        return Response.noContent().build();
    }
}
