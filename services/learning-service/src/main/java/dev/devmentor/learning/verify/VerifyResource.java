package dev.devmentor.learning.verify;

import dev.devmentor.kit.identity.Caller;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recomputes everything from the log. For operators. */
@Path("/api/learning/verify")
@RolesAllowed(Caller.OPERATOR)
@Tag(name = "Operation")
public class VerifyResource {
    private final VerifyState verify;

    VerifyResource(VerifyState verify) {
        this.verify = verify;
    }

    @POST
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Recompute every card from the log and compare",
            description =
                    "A line of progress per block of learners, and a last line with \"done\": true. Consumption goes"
                            + " on meanwhile.")
    public Multi<VerifyState.Progress> verify() {
        return Multi.createFrom()
                .<VerifyState.Progress>emitter(emitter -> Thread.ofVirtual()
                        .name("verify")
                        .start(() -> {
                            try {
                                verify.run(emitter::emit, emitter::isCancelled);
                                emitter.complete();
                            } catch (Exception failure) {
                                emitter.fail(failure);
                            }
                        }));
    }
}
