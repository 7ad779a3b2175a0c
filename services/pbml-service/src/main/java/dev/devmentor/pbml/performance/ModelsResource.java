package dev.devmentor.pbml.performance;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.OwnerLimits;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.performance.ModelsView.ModelView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The models that answer the caller. */
@Path("/api/pbml/models")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class ModelsResource {
    private final Caller caller;
    private final Models models;
    private final SharedModels sharedModels;

    ModelsResource(Caller caller, Models models, SharedModels sharedModels) {
        this.caller = caller;
        this.models = models;
        this.sharedModels = sharedModels;
    }

    @GET
    @Operation(
            summary = "The models that answer you, and how much they know",
            description = "Your own, folded from everything observed up to now; then the patterns of your teams and of"
                    + " everyone, as of their last epoch.")
    public ModelsView models() throws SQLException {
        OwnerName person = OwnerName.person(caller.id());
        List<ModelView> views = new ArrayList<>();
        ModelView own = models.ask(person, state -> own(state, null));
        Models.Saved saved = models.saved(person);
        views.add(saved == null ? own : with(own, saved));
        for (SharedModels.Shared shared : sharedModels.of(caller.teams())) {
            views.add(new ModelView(
                    "shared-patterns",
                    shared.team() == null ? "everyone" : "team",
                    shared.team(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    shared.epoch(),
                    shared.madeAt(),
                    shared.patterns()));
        }
        return new ModelsView(views);
    }

    private static ModelView own(OwnerState state, ModelsView.@Nullable Saved saved) {
        OwnerState.Size size = state.size();
        OwnerLimits limits = OwnerLimits.DEFAULT;
        return new ModelView(
                "owner-state",
                "person",
                null,
                OwnerState.VERSION,
                state.observations(),
                state.observations() == 0
                        ? null
                        : Micros.toInstant(state.folded().atMicros()),
                saved,
                new ModelsView.Size(
                        size.patterns(),
                        size.templates(),
                        size.transitions(),
                        size.sessions(),
                        size.repositories(),
                        size.files(),
                        size.answers(),
                        size.items()),
                new ModelsView.Limits(
                        limits.patterns(),
                        limits.templates().templates(),
                        limits.actions().transitions(),
                        limits.actions().sequences(),
                        limits.repositories(),
                        limits.related().files(),
                        limits.study().answers()),
                null,
                null,
                null);
    }

    private static ModelView with(ModelView own, Models.Saved saved) {
        return new ModelView(
                own.name(),
                own.scope(),
                own.team(),
                own.version(),
                own.observations(),
                own.foldedAt(),
                new ModelsView.Saved(Micros.toInstant(saved.savedMicros()), saved.observations(), saved.bytes()),
                own.size(),
                own.limits(),
                null,
                null,
                null);
    }
}
