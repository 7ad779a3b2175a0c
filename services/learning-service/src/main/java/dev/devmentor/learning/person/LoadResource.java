package dev.devmentor.learning.person;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.time.Micros;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's cognitive load. */
@Path("/api/learning/load")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Progress")
public class LoadResource {
    private final Caller caller;
    private final People people;
    private final Clock clock;

    LoadResource(Caller caller, People people, Clock clock) {
        this.caller = caller;
        this.people = people;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "Cognitive load of the session under way",
            description =
                    "An estimate for pacing, from response times, errors, complexity and length of work. A pause of"
                            + " more than 30 minutes ends a session.")
    public LoadView load() throws SQLException {
        return LoadView.of(people.current(caller.id()).session(), Micros.of(clock.instant()));
    }
}
