package dev.devmentor.learning.progress;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.progress.Achievement;
import dev.devmentor.learning.person.People;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's achievements. */
@Path("/api/learning/achievements")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Progress")
public class AchievementsResource {
    private final Caller caller;
    private final People people;

    AchievementsResource(Caller caller, People people) {
        this.caller = caller;
        this.people = people;
    }

    @GET
    @Operation(
            summary = "All achievements, what each takes, and which are reached",
            description = "What was reached stays, also if an answer that it rested on is taken back.")
    public AchievementsView achievements() throws SQLException {
        people.current(caller.id()); // announces what was reached and is not announced yet
        Map<String, Long> reached = people.achievements(caller.id());
        List<AchievementsView.Item> items = new ArrayList<>();
        for (Achievement achievement : Achievement.values()) {
            Long at = reached.get(achievement.id());
            items.add(new AchievementsView.Item(
                    achievement.id(),
                    achievement.title(),
                    achievement.condition(),
                    at == null ? null : Micros.toInstant(at)));
        }
        return new AchievementsView(caller.id(), reached.size(), items);
    }
}
