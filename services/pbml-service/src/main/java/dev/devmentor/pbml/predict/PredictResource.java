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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Predictions from the caller's model. */
@Path("/api/pbml/predict")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Predictions")
public class PredictResource {
    private final Caller caller;
    private final Predict predict;

    PredictResource(Caller caller, Predict predict) {
        this.caller = caller;
        this.predict = predict;
    }

    @POST
    @Operation(
            summary = "What comes next, what goes with it, what may fail, what ended it before",
            description =
                    "Answers from everything observed up to now, with the events of yours that each answer rests on."
                            + " Where your own model knows no fix of an error, those of your teams stand in, then everyone's;"
                            + " 'model.scope' says whose it is.")
    @APIResponse(responseCode = "200", description = "The likeliest first; none if nothing is known")
    @APIResponse(
            responseCode = "404",
            description = "likely-fix of a pattern that is neither yours nor shared with you")
    public Predictions predict(@Nullable PredictRequest request) throws SQLException {
        Question question = PredictRequest.parse(request);
        return predict.predict(OwnerName.person(caller.id()), caller.teams(), question);
    }
}
