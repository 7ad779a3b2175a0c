package dev.devmentor.learning.plan;

import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's plans. */
@Path("/api/learning/plans")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Plans")
public class PlanResource {
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_MOVES_SHOWN = 1_000;
    private static final int LONGEST_KEY = 128;

    private final Caller caller;
    private final MakePlan makePlan;
    private final Learners learners;
    private final PlanTable plans;
    private final PlanJson json;
    private final AgroalDataSource dataSource;

    PlanResource(
            Caller caller,
            MakePlan makePlan,
            Learners learners,
            PlanTable plans,
            PlanJson json,
            AgroalDataSource dataSource) {
        this.caller = caller;
        this.makePlan = makePlan;
        this.learners = learners;
        this.plans = plans;
        this.json = json;
        this.dataSource = dataSource;
    }

    @POST
    @Operation(
            summary = "Move many cards at once, or see what that would do",
            description =
                    "With \"dryRun\": true nothing changes. Otherwise the moves are recorded under one id and can be"
                            + " taken back as one. Idempotency-Key makes repeating it safe. A plan moves at most 10 000 cards.")
    public PlanView make(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Parameter(description = "moves to show, 0 to 1000", example = "100")
                    @QueryParam("moves")
                    @DefaultValue("100")
                    String moves,
            @Nullable PlanRequest request)
            throws SQLException {
        if (request == null) {
            throw ProblemException.invalid("the body is missing");
        }
        if (idempotencyKey != null && (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY)) {
            throw ProblemException.invalid("Idempotency-Key has 1 to 128 characters");
        }
        int shown = QueryNumber.parse("moves", moves, 0, MOST_MOVES_SHOWN);
        Draft draft = Draft.of(request);
        return Boolean.TRUE.equals(request.dryRun())
                ? makePlan.preview(caller.id(), draft, shown)
                : makePlan.make(caller.id(), draft, idempotencyKey, shown);
    }

    @GET
    @Operation(summary = "One's plans, newest first")
    public PlanView.Page plans(
            @Parameter(description = "1 to 100", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(
                            description = "'next' of the page before",
                            example = "MTc3MjM1OTIwMDAwMDAwMDo4ZjNjMmYwZS02YTBmLTRhNTMtOWY1NS0wZDVmNGY1ZjZhMTE")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        PlanCursor after = cursor == null ? null : PlanCursor.decode(cursor);
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            List<StoredPlan> found =
                    learner == null ? List.of() : plans.page(connection, learner.id(), after, size + 1);
            List<StoredPlan> page = found.subList(0, Math.min(size, found.size()));
            String next = found.size() > size
                    ? new PlanCursor(page.getLast().atMicros(), page.getLast().id()).encode()
                    : null;
            return new PlanView.Page(
                    page.stream().map(plan -> json.view(plan, null)).toList(), next);
        }
    }

    @GET
    @Path("/{planId}")
    @Operation(summary = "A plan with its load by day and its moves")
    public PlanView plan(
            @Parameter(example = "5a0c7c1e-3f52-4d0b-9a3c-6c1b7f2e9d10") @PathParam("planId") String planId,
            @Parameter(description = "moves to show, 0 to 1000", example = "100")
                    @QueryParam("moves")
                    @DefaultValue("100")
                    String moves)
            throws SQLException {
        int shown = QueryNumber.parse("moves", moves, 0, MOST_MOVES_SHOWN);
        UUID id = id(planId);
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            StoredPlan plan = learner == null ? null : plans.find(connection, learner.id(), id);
            if (learner == null || plan == null) {
                throw MakePlan.noSuchPlan();
            }
            return json.view(plan, plans.moves(connection, learner.id(), id, shown));
        }
    }

    @POST
    @Path("/{planId}/undo")
    @Operation(
            summary = "Take a plan back",
            description = "Every card that it moved is as if it had never been moved by it, to the bit, also if it was"
                    + " answered since. Repeating it changes nothing.")
    public PlanView undo(
            @Parameter(example = "5a0c7c1e-3f52-4d0b-9a3c-6c1b7f2e9d10") @PathParam("planId") String planId)
            throws SQLException {
        return makePlan.undo(caller.id(), id(planId), MOST_MOVES_SHOWN);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw MakePlan.noSuchPlan();
        }
    }
}
