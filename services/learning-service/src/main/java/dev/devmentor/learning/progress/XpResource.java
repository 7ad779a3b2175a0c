package dev.devmentor.learning.progress;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.identity.PlatformScopes;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.progress.Points;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.PointsDetail;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import dev.devmentor.learning.person.People;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Points from other services. */
@Path("/api/learning/xp/add")
@RolesAllowed({Caller.SERVICE, Caller.OPERATOR})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Progress")
public class XpResource {
    private static final int LONGEST_LEARNER = 64;
    private static final int LONGEST_REASON = 128;
    private static final int LONGEST_KEY = 128;
    private static final String[] SCOPES = {PlatformScopes.SERVICE, PlatformScopes.OPERATE};

    private final Caller caller;
    private final ReviewLog log;
    private final People people;
    private final Transactions transactions;
    private final Clock clock;

    XpResource(Caller caller, ReviewLog log, People people, Transactions transactions, Clock clock) {
        this.caller = caller;
        this.log = log;
        this.people = people;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Points for a learner. */
    @Schema(
            description = "Points for a learner.",
            examples = "{\"learner\": \"demo\", \"amount\": 40, \"reason\": \"review-of-a-pull-request\"}")
    public record Grant(
            @Schema(examples = "demo", required = true) @Nullable String learner,

            @Schema(description = "1 to 500", examples = "40", required = true) @Nullable Integer amount,

            @Schema(
                    description = "what they are for, 1 to 128 characters; kept in the log",
                    examples = "review-of-a-pull-request",
                    required = true)
            @Nullable String reason) {}

    /** The learner's points afterwards. A day has a limit of 1 000 granted points, so they may have grown by less. */
    @Schema(examples = "{\"learner\": \"demo\", \"repeated\": false, \"points\": 412, \"level\": 3}")
    public record Granted(
            @Schema(examples = "demo") String learner,

            @Schema(description = "whether it had been granted before under this key", examples = "false")
            boolean repeated,

            @Schema(examples = "412") long points,
            @Schema(examples = "3") int level) {}

    @POST
    @Operation(
            summary = "Grant points for what happened elsewhere",
            description = "For services and operators. An entry of the log. Idempotency-Key is required: repeating a"
                    + " request with it grants nothing more. At most 500 at once and 1 000 a local day of the learner.")
    public Granted add(@HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @Nullable Grant grant)
            throws SQLException {
        caller.mustHaveScope(SCOPES);
        if (idempotencyKey == null || idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY) {
            throw ProblemException.invalid("the header Idempotency-Key is required, with 1 to 128 characters");
        }
        if (grant == null || grant.learner() == null || grant.amount() == null || grant.reason() == null) {
            throw ProblemException.invalid("'learner', 'amount' and 'reason' are required");
        }
        requireText("learner", grant.learner(), LONGEST_LEARNER);
        requireText("reason", grant.reason(), LONGEST_REASON);
        if (grant.amount() < 1 || grant.amount() > Points.LARGEST_GRANT) {
            throw ProblemException.invalid("'amount' is a number from 1 to " + Points.LARGEST_GRANT);
        }
        LogEntry entry = LogEntry.ofLearner(
                        grant.learner(),
                        EntryKind.POINTS,
                        Micros.of(clock.instant()),
                        EventSource.URI,
                        EventEncoder.contentId("points", caller.id(), grant.learner(), idempotencyKey),
                        null,
                        List.of(),
                        PointsDetail.of(grant.amount(), grant.reason(), caller.id()))
                .withAssignedTime();
        Recorded recorded = transactions.runRetrying(
                work -> log.record(work, List.of(entry)).getFirst());
        return switch (recorded) {
            case Recorded.Added _ -> granted(grant.learner(), false);
            case Recorded.Repeated _ -> granted(grant.learner(), true);
            case Recorded.Contradicting _ ->
                throw ProblemException.conflict(
                        "conflicting-duplicate", "this Idempotency-Key was used for another grant");
            case Recorded.OfErased _ -> throw ProblemException.notFound("this learner was erased");
        };
    }

    private Granted granted(String learner, boolean repeated) throws SQLException {
        PersonState state = people.current(learner);
        return new Granted(
                learner, repeated, state.progress().points(), state.progress().level());
    }

    private static void requireText(String name, String value, int longest) {
        if (value.isEmpty() || value.length() > longest || value.indexOf('\0') >= 0) {
            throw ProblemException.invalid("'" + name + "' has 1 to " + longest + " characters, none of them U+0000");
        }
    }
}
