package dev.devmentor.pbml.verify;

import dev.devmentor.kit.identity.Caller;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Folds every log again. For operators. */
@Path("/api/pbml/verify")
@RolesAllowed(Caller.OPERATOR)
@Tag(name = "Operation")
public class VerifyResource {
    private final VerifyModels verify;

    VerifyResource(VerifyModels verify) {
        this.verify = verify;
    }

    @POST
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Fold every log again and compare",
            description =
                    "A line of progress per block of owners, and a last line with \"done\": true. Consumption goes"
                            + " on meanwhile.")
    public Multi<VerifyModels.Progress> verify() {
        return Multi.createFrom()
                .<VerifyModels.Progress>emitter(emitter -> Thread.ofVirtual()
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
