package dev.devmentor.pbml.performance;

import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.engine.owner.Performance;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How well the caller's models foresaw what came. */
@Path("/api/pbml/performance")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class PerformanceResource {
    private static final int MOST_DAYS = 60;

    private final Caller caller;
    private final Models models;
    private final Clock clock;

    PerformanceResource(Caller caller, Models models, Clock clock) {
        this.caller = caller;
        this.models = models;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "How well each model foresaw what came",
            description =
                    "Prequential scores: each prediction is judged by what came next, before the model learns from"
                            + " it. Of your own models only.")
    public PerformanceView performance(
            @Parameter(
                            description = "only this one: next-action, related-files, likely-error or likely-fix",
                            example = "related-files")
                    @QueryParam("model")
                    @Nullable String model,
            @Parameter(description = "1 to 60 days, today included", example = "30")
                    @QueryParam("days")
                    @DefaultValue("30")
                    String days)
            throws SQLException {
        int count = QueryNumber.parse("days", days, 1, MOST_DAYS);
        if (model != null && !Performance.MODELS.contains(model)) {
            throw ProblemException.invalid("'model' is one of " + String.join(", ", Performance.MODELS));
        }
        List<String> wanted = model == null ? Performance.MODELS : List.of(model);
        Instant from = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(count - 1L, ChronoUnit.DAYS);
        return models.ask(OwnerName.person(caller.id()), state -> PerformanceView.of(state, wanted, from));
    }
}
