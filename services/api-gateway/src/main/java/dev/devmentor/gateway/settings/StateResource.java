package dev.devmentor.gateway.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How this gateway is: instances with their health, breakers, what is under way, limits, routes. */
@Path("/api/gateway/state")
@Tag(name = "Operators")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public class StateResource {
    private final Instance<StateSection> sections;
    private final CurrentSettings settings;

    @Inject
    StateResource(@Any Instance<StateSection> sections, CurrentSettings settings) {
        this.sections = sections;
        this.settings = settings;
    }

    /** All sections, by their name. */
    @GET
    @Operation(summary = "How this gateway is", description = "Of the instance that answers, as it is now.")
    @APIResponse(
            responseCode = "200",
            description = "The state",
            content = @Content(schema = @Schema(implementation = GatewayState.class)))
    public Response get() {
        Map<String, Object> state = new TreeMap<>();
        for (StateSection section : sections) {
            state.put(section.name(), section.state());
        }
        ObjectNode tree = SettingsJson.JSON.valueToTree(state);
        tree.put("settingsVersion", settings.inForce().number());
        return Response.ok(tree.toString()).header("Cache-Control", "no-store").build();
    }
}
