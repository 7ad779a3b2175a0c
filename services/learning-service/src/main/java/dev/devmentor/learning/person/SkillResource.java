package dev.devmentor.learning.person;

import dev.devmentor.events.Bloom;
import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.person.SkillStanding;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.Moment;
import dev.devmentor.learning.engine.rating.Question;
import dev.devmentor.learning.engine.rating.Rating;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's skills. */
@Path("/api/learning/skills")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Progress")
public class SkillResource {
    private static final int LARGEST_PAGE = 200;
    private static final int FEWEST_ANSWERS = 3;
    private static final double TOO_UNCERTAIN = 0.85; // logits
    private static final double FORM = 0.1;
    private static final Bloom[] BLOOM = Bloom.values();

    private final Caller caller;
    private final People people;
    private final Clock clock;

    SkillResource(Caller caller, People people, Clock clock) {
        this.caller = caller;
        this.people = people;
        this.clock = clock;
    }

    @GET
    @Path("/{userId}")
    @Operation(
            summary = "How able a learner is in each skill, and how sure that is",
            description = "Only one's own; somebody else's is 404. In the order of the skills' ids.")
    public SkillView.Page skills(
            @Parameter(example = "demo") @PathParam("userId") String userId,
            @Parameter(description = "1 to 200", example = "50") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(description = "'next' of the page before", example = "a2Fma2EucGFydGl0aW9ucw")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        caller.mustBe(userId);
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        String after = cursor == null ? null : PageCursor.decode(cursor, 1, parts -> parts[0]);
        PersonState state = people.current(userId);
        Instant now = clock.instant();
        Layer layer = people.layer(now);
        SortedMap<String, SkillStanding> rest =
                after == null ? state.skills() : state.skills().tailMap(after + '\0');
        List<SkillView> page = new ArrayList<>();
        String last = null;
        for (Map.Entry<String, SkillStanding> skill : rest.entrySet()) {
            if (page.size() == size) {
                return new SkillView.Page(
                        userId, state.skills().size(), page, last == null ? null : PageCursor.encode(last));
            }
            page.add(show(state, layer, now, skill.getKey(), skill.getValue()));
            last = skill.getKey();
        }
        return new SkillView.Page(userId, state.skills().size(), page, null);
    }

    private static SkillView show(PersonState state, Layer layer, Instant at, String id, SkillStanding skill) {
        Question average = Question.average(state.rating(), skill.rating(), at.getEpochSecond());
        Rating.Expectation now = Rating.expect(average);
        double uncertainty = Math.sqrt(now.variance());
        int answers = skill.rating().answers();
        return new SkillView(
                id,
                now.logit(),
                uncertainty,
                layer.probability(average, now),
                level(now.logit(), uncertainty, answers),
                trend(skill.rating().form(), answers),
                answers,
                skill.rating().wins(),
                skill.tasks(),
                skill.rating().lastSecond() == Moment.NEVER
                        ? null
                        : Instant.ofEpochSecond(skill.rating().lastSecond()),
                bloom(skill.bloom()));
    }

    /** In words; from what share of average questions on, is said in docs/learning/progress.md. */
    static String level(double rating, double uncertainty, int answers) {
        if (answers < FEWEST_ANSWERS || uncertainty > TOO_UNCERTAIN) {
            return "unknown";
        }
        if (rating < -1) {
            return "novice";
        }
        if (rating < 0) {
            return "beginner";
        }
        if (rating < 1) {
            return "intermediate";
        }
        return rating < 2 ? "advanced" : "expert";
    }

    private static String trend(double form, int answers) {
        if (answers < FEWEST_ANSWERS || Math.abs(form) < FORM) {
            return "steady";
        }
        return form > 0 ? "rising" : "falling";
    }

    private static List<SkillView.Level> bloom(List<SkillStanding.Evidence> levels) {
        List<SkillView.Level> shown = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            SkillStanding.Evidence level = levels.get(i);
            if (level.answers() > 0) {
                shown.add(
                        new SkillView.Level(i == 0 ? "unknown" : BLOOM[i - 1].wire(), level.answers(), level.right()));
            }
        }
        return shown;
    }
}
