package dev.devmentor.learning.review;

import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.Problem;
import dev.devmentor.kit.problem.ProblemException;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's reviews: what is due, and answers to it. */
@Path("/api/learning/reviews")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Reviews")
public class ReviewResource {
    private static final int LARGEST_PAGE = 200;
    private static final int LARGEST_BATCH = 200;
    private static final int LONGEST_SKILL = 128;

    private final Caller caller;
    private final DueReviews due;
    private final GradeAnswers gradeAnswers;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    ReviewResource(Caller caller, DueReviews due, GradeAnswers gradeAnswers, AgroalDataSource dataSource, Clock clock) {
        this.caller = caller;
        this.due = due;
        this.gradeAnswers = gradeAnswers;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @GET
    @Path("/due")
    @Operation(
            summary = "What to review now",
            description =
                    "First what an open task needs and is weak, then what is due, longest due first, then offers.")
    public DueItem.Page due(
            @Parameter(description = "1 to 200", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(description = "RFC 3339; now if absent", example = "2026-03-01T10:00:00Z")
                    @QueryParam("at")
                    @Nullable String at,
            @Parameter(description = "only cards of this skill", example = "sql.joins") @QueryParam("skill") @Nullable String skill,
            @Parameter(description = "'next' of the page before", example = "MToxNzcyMzM3NjAwMDAwMDAwOnNxbC1qb2lucy0x")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        if (skill != null && (skill.isEmpty() || skill.length() > LONGEST_SKILL)) {
            throw ProblemException.invalid("'skill' has 1 to 128 characters");
        }
        Instant time = at == null ? clock.instant() : AnswerParser.time(at);
        Cursor after = cursor == null ? null : Cursor.decode(cursor);
        try (Connection connection = dataSource.getConnection()) {
            return due.page(connection, caller.id(), time, skill, size, after);
        }
    }

    @POST
    @Operation(
            summary = "Answer a card",
            description = "Log, card and outgoing events change in one transaction. Repeating it with the same answerId"
                    + " or Idempotency-Key changes nothing and gives the card as it is.")
    @APIResponse(
            responseCode = "200",
            description = "What the answer led to",
            content = @Content(schema = @Schema(implementation = AnswerResult.class)))
    public Response answer(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @Nullable AnswerRequest request)
            throws SQLException {
        if (request == null) {
            throw ProblemException.invalid("the body is missing");
        }
        AnswerResult result = gradeAnswers
                .grade(caller.id(), List.of(request), idempotencyKey)
                .getFirst();
        Problem problem = result.problem();
        if (problem != null) {
            return Response.status(problem.status())
                    .type(Problem.MEDIA_TYPE)
                    .entity(problem)
                    .build();
        }
        return Response.ok(result).build();
    }

    /** Up to 200 answers. */
    @Schema(examples = """
            {"answers": [{"item": "sql-joins-1", "grade": 3, "answerId": "2f0d6f3c"},
             {"item": "sql-joins-2", "correct": false, "answerId": "2f0d6f3d"}]}""")
    public record Batch(@Nullable List<@Nullable AnswerRequest> answers) {}

    /** For each answer of a batch, in order, what became of it. */
    @Schema(examples = """
            {"results": [{"status": 200, "item": "sql-joins-1", "answerId": "2f0d6f3c", "repeated": false,
              "dueAt": "2026-03-09T04:00:00Z", "intervalDays": 8, "state": "review", "scheduler": "fsrs7"},
             {"status": 400, "problem": {"type": "https://devmentor.dev/problems/invalid-request",
              "title": "The request is not valid", "status": 400, "detail": "'item' is missing"}}]}""")
    public record BatchResult(List<AnswerResult> results) {}

    @POST
    @Path("/batch")
    @Operation(
            summary = "Answer up to 200 cards",
            description =
                    "Each answer has a result of its own with a status; one that is not valid leaves the others alone.")
    public BatchResult answers(@HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @Nullable Batch batch)
            throws SQLException {
        if (batch == null || batch.answers() == null || batch.answers().isEmpty()) {
            throw ProblemException.invalid("'answers' is missing or empty");
        }
        if (batch.answers().size() > LARGEST_BATCH) {
            throw ProblemException.tooLarge("a batch has at most 200 answers");
        }
        List<AnswerRequest> requests = batch.answers().stream()
                .map(request -> {
                    if (request == null) {
                        throw ProblemException.invalid("an answer is null");
                    }
                    return request;
                })
                .toList();
        return new BatchResult(gradeAnswers.grade(caller.id(), requests, idempotencyKey));
    }
}
