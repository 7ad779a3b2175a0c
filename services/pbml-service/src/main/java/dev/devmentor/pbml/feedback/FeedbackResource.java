package dev.devmentor.pbml.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.log.Controls;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.pattern.FindPattern;
import dev.devmentor.pbml.pattern.OwnEntries;
import dev.devmentor.pbml.pattern.PatternSummary;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether a pattern helped. */
@Path("/api/pbml/feedback")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Patterns")
public class FeedbackResource {
    private static final String PERSON = "person";

    private final Caller caller;
    private final FindPattern find;
    private final OwnEntries entries;

    FeedbackResource(Caller caller, FindPattern find, OwnEntries entries) {
        this.caller = caller;
        this.find = find;
        this.entries = entries;
    }

    /**
     * A judgement.
     *
     * @param pattern its id
     * @param helpful whether it helped
     * @param scope where the caller saw it: person, team or everyone; the first that has it if absent
     */
    @Schema(examples = "{\"pattern\": \"error-5f1d0c9b7a3e2468ace013579bdf0246\", \"helpful\": true}")
    public record Feedback(
            @Nullable String pattern,
            @Nullable Boolean helpful,
            @Nullable String scope) {}

    /**
     * A pattern after the judgement.
     *
     * @param confidence lower bound of the probability that it holds; of what is shared as of its last epoch
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"pattern": "error-5f1d0c9b7a3e2468ace013579bdf0246", "scope": "person", "state": "active", "confidence": 0.74,
             "mean": 0.88}""")
    public record Judged(
            String pattern, String scope, @Nullable String scopeId, String state, double confidence, double mean) {
        static Judged of(PatternSummary summary) {
            return new Judged(
                    summary.id(),
                    summary.scope(),
                    summary.scopeId(),
                    summary.state(),
                    summary.confidence(),
                    summary.mean());
        }
    }

    @POST
    @Operation(
            summary = "Say whether a pattern helped",
            description =
                    "Moves its confidence. Of a pattern that you only have a share in, your judgement counts for those"
                            + " it is shared with, from their next epoch on. An Idempotency-Key makes retries safe.")
    public Judged judge(@HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @Nullable Feedback feedback)
            throws SQLException {
        if (feedback == null || feedback.pattern() == null || feedback.helpful() == null) {
            throw ProblemException.invalid("give 'pattern', the id, and 'helpful', true or false");
        }
        String id = feedback.pattern();
        boolean helpful = feedback.helpful();
        OwnerName person = OwnerName.person(caller.id());
        required(id, feedback.scope());
        entries.append(person, idempotencyKey, (at, eventId) -> Controls.feedback(person, at, eventId, id, helpful));
        return Judged.of(required(id, feedback.scope()));
    }

    private PatternSummary required(String id, @Nullable String scope) throws SQLException {
        PatternView own = scope == null || scope.equals(PERSON) ? find.own(caller.id(), id) : null;
        if (own != null) {
            return PatternSummary.of(own);
        }
        List<String> teams = caller.teams();
        PatternSummary shared = PERSON.equals(scope) ? null : find.shared(teams, id, scope);
        if (shared == null) {
            throw ProblemException.notFound("you have no pattern of this id, nor have your teams or everyone");
        }
        return shared;
    }
}
