package dev.devmentor.pbml.predict;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.pbml.owner.OwnerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes back what was observed of the caller. */
@Path("/api/pbml/forget")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Predictions")
public class ForgetResource {
    private final Caller caller;
    private final Forget forget;

    ForgetResource(Caller caller, Forget forget) {
        this.caller = caller;
        this.forget = forget;
    }

    /** How much was forgotten. */
    @Schema(name = "Forgotten", examples = "{\"forgotten\": 1}")
    public record Forgotten(
            @Schema(description = "events whose content was there and is gone", examples = "1")
            int forgotten) {}

    @POST
    @Operation(
            summary = "Forget what some events said",
            description =
                    "The content of these events of yours goes, and everything that was learned from it: patterns and"
                            + " predictions are as if it had never been observed. That there was an event stays, so that it"
                            + " changes nothing if it is delivered again.")
    public Forgotten forget(@Nullable ForgetRequest request) throws SQLException {
        return new Forgotten(forget.forget(OwnerName.person(caller.id()), ForgetRequest.parse(request)));
    }
}
