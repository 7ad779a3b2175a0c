package dev.devmentor.learning.quiz;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's quizzes: put together, taken up again, graded. */
@Path("/api/learning/quiz")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Quizzes")
public class QuizResource {
    static final String QUIZ = """
            {"id": "8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11", "title": "Partitions and keys", "state": "open", "madeFrom": "bank",
             "createdAt": "2026-03-01T10:00:00Z", "expiresAt": "2026-03-08T10:00:00Z", "asked": 1, "answered": 0, "minutes": 1,
             "questions": [{"id": "bank:kafka-same-key-same-partition", "version": "5d0c1f6b2a90", "type": "single-choice",
              "bloom": "understand", "difficulty": 0.35, "seconds": 40, "skills": ["kafka.partitions"],
              "prompt": "What follows for records with the same key?",
              "options": [{"id": "a", "text": "They are spread evenly."}, {"id": "b", "text": "They keep their order."}],
              "strategy": "due-review", "reason": "it has been due for 2 days"}]}""";
    static final String RESULT = """
            {"quizId": "8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11", "title": "Partitions and keys", "state": "done",
             "repeated": false, "asked": 1, "answered": 1, "correct": 1, "points": 1.0,
             "skills": [{"skill": "kafka.partitions", "name": "Partitions and keys", "answered": 1, "correct": 1, "points": 1.0}],
             "answers": [{"questionId": "bank:kafka-same-key-same-partition", "share": 1.0, "correct": true, "grade": 3,
              "skipped": false, "options": [
                {"id": "a", "text": "They are spread evenly.", "chosen": false, "correct": false, "why": "That holds for records without a key."},
                {"id": "b", "text": "They keep their order.", "chosen": true, "correct": true, "why": "One key goes to one partition."}],
              "remarks": ["One key goes to one partition."], "explanation": "A partition is an ordered log.",
              "source": {"title": "Kafka documentation", "url": "https://kafka.apache.org/documentation/"},
              "dueAt": "2026-03-03T04:00:00Z", "intervalDays": 2}],
             "open": []}""";

    private final Caller caller;
    private final GenerateQuiz generateQuiz;
    private final SubmitQuiz submitQuiz;
    private final QuizTable quizzes;
    private final ShippedBank bank;
    private final Learners learners;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    QuizResource(
            Caller caller,
            GenerateQuiz generateQuiz,
            SubmitQuiz submitQuiz,
            QuizTable quizzes,
            ShippedBank bank,
            Learners learners,
            AgroalDataSource dataSource,
            Clock clock) {
        this.caller = caller;
        this.generateQuiz = generateQuiz;
        this.submitQuiz = submitQuiz;
        this.quizzes = quizzes;
        this.bank = bank;
        this.learners = learners;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @POST
    @Path("/generate")
    @Operation(
            summary = "Put a quiz together",
            description =
                    "From the question bank, from a ready-made quiz, or from a text of one's own. The questions come"
                            + " without their solutions. Every question says why it was chosen.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = GenerateRequest.class),
                            examples = {
                                @ExampleObject(
                                        name = "of skills",
                                        value = "{\"skills\": [\"kafka.partitions\", \"sql\"], \"size\": 10}"),
                                @ExampleObject(
                                        name = "for a quarter of an hour",
                                        value = "{\"quiz\": \"backend-mastery\", \"minutes\": 15}"),
                                @ExampleObject(
                                        name = "of a text",
                                        value =
                                                "{\"title\": \"My notes\", \"size\": 5, \"text\": \"A partition is an ordered"
                                                        + " log of records that only grows at its end. …\"}")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The quiz",
            content =
                    @Content(
                            schema = @Schema(implementation = QuizView.class),
                            examples = @ExampleObject(name = "a quiz", value = QUIZ)))
    public QuizView generate(@Nullable GenerateRequest request) throws SQLException {
        if (request == null) {
            throw ProblemException.invalid("the body is missing; {} stands for ten questions of the whole bank");
        }
        return generateQuiz.generate(caller.id(), request);
    }

    @GET
    @Path("/{quizId}")
    @Operation(
            summary = "A quiz, to go on with it",
            description =
                    "Questions that were answered come with what the answer got, the others without their solution.")
    @APIResponse(
            responseCode = "200",
            description = "The quiz",
            content =
                    @Content(
                            schema = @Schema(implementation = QuizView.class),
                            examples = @ExampleObject(name = "a quiz", value = QUIZ)))
    public QuizView quiz(
            @Parameter(example = "8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11") @PathParam("quizId") String quizId)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            Quiz quiz = learner == null ? null : quizzes.find(connection, learner.id(), id(quizId));
            if (quiz == null) {
                throw ProblemException.notFound("you have no such quiz");
            }
            return QuizView.of(quiz, Micros.of(clock.instant()));
        }
    }

    @POST
    @Path("/submit")
    @Operation(
            summary = "Answer a quiz",
            description =
                    "Graded and explained. Every answer counts once: sending it again gives the same result, another"
                            + " answer to a graded question is refused. Some of the questions may be answered now and the others"
                            + " later.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SubmitRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "two answers",
                                            value =
                                                    "{\"quizId\": \"8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11\", \"answers\": ["
                                                            + "{\"questionId\": \"bank:kafka-same-key-same-partition\", \"choices\": [\"b\"],"
                                                            + " \"responseTimeMs\": 21000}, {\"questionId\": \"bank:sql-null-in-where\","
                                                            + " \"skipped\": true}]}")))
    @APIResponse(
            responseCode = "200",
            description = "What the answers got",
            content =
                    @Content(
                            schema = @Schema(implementation = QuizResult.class),
                            examples = @ExampleObject(name = "a result", value = RESULT)))
    public QuizResult submit(@Nullable SubmitRequest request) throws SQLException {
        if (request == null || request.quizId() == null) {
            throw ProblemException.invalid("'quizId' is missing");
        }
        if (request.answers() == null || request.answers().isEmpty()) {
            throw ProblemException.invalid("'answers' is missing or empty");
        }
        if (request.answers().size() > GenerateQuiz.LARGEST) {
            throw ProblemException.tooLarge("a quiz has at most 50 questions");
        }
        List<SubmitRequest.Answer> answers = new ArrayList<>();
        for (SubmitRequest.Answer answer : request.answers()) {
            if (answer == null) {
                throw ProblemException.invalid("an answer is null");
            }
            answers.add(answer);
        }
        SubmitQuiz.Submitted submitted = submitQuiz.submit(caller.id(), id(request.quizId()), answers);
        return QuizResult.of(submitted.quiz(), submitted.repeated(), bank.get(), Micros.of(clock.instant()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw ProblemException.notFound("you have no such quiz");
        }
    }
}
