package dev.devmentor.pbml.settings;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.log.Controls;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.pattern.OwnEntries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's consent. */
@Path("/api/pbml/settings")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Settings")
public class SettingsResource {
    private final Caller caller;
    private final Models models;
    private final OwnEntries entries;

    SettingsResource(Caller caller, Models models, OwnEntries entries) {
        this.caller = caller;
        this.models = models;
        this.entries = entries;
    }

    /**
     * Who may have a share in what is learned from a person.
     *
     * @param shareWithTeams whether what was done for a team is summed up with what its other members did; true at first
     * @param shareWithEveryone whether patterns are summed up over everyone, by their texts without variable parts; false at first
     */
    @Schema(examples = "{\"shareWithTeams\": true, \"shareWithEveryone\": false}")
    public record Settings(
            @Nullable Boolean shareWithTeams, @Nullable Boolean shareWithEveryone) {}

    @GET
    @Operation(summary = "Who has a share in what is learned from you")
    public Settings settings() throws SQLException {
        return models.ask(
                OwnerName.person(caller.id()),
                (OwnerState state) -> new Settings(state.sharesWithTeams(), state.sharesWithEveryone()));
    }

    @PUT
    @Operation(
            summary = "Choose who has a share in what is learned from you",
            description =
                    "Both are required, so that two changes at once can't mix. What was taken back leaves the sums with"
                            + " their next epoch.")
    public Settings change(@HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @Nullable Settings settings)
            throws SQLException {
        if (settings == null || settings.shareWithTeams() == null || settings.shareWithEveryone() == null) {
            throw ProblemException.invalid("give 'shareWithTeams' and 'shareWithEveryone', each true or false");
        }
        boolean teams = settings.shareWithTeams();
        boolean everyone = settings.shareWithEveryone();
        OwnerName person = OwnerName.person(caller.id());
        entries.append(
                person, idempotencyKey, (at, eventId) -> Controls.settings(person, at, eventId, teams, everyone));
        return settings();
    }
}
