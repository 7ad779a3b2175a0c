package dev.devmentor.learning.interview;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.engine.interview.Gap;
import dev.devmentor.learning.engine.interview.InterviewPlan;
import dev.devmentor.learning.engine.interview.Measured;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.quiz.GenerateQuiz;
import dev.devmentor.learning.quiz.QuizView;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The caller's preparations for interviews. */
@Path("/api/learning/interviews")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Interviews")
public class InterviewResource {
    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_KEY = 128;
    private static final int SHORTEST_QUIZ = 5;
    private static final int LONGEST_QUIZ = 120;

    private final Caller caller;
    private final PlanInterview planInterview;
    private final Documents documents;
    private final InterviewTable interviews;
    private final BankSkills skills;
    private final Ratings ratings;
    private final GenerateQuiz generateQuiz;
    private final Learners learners;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;

    InterviewResource(
            Caller caller,
            PlanInterview planInterview,
            Documents documents,
            InterviewTable interviews,
            BankSkills skills,
            Ratings ratings,
            GenerateQuiz generateQuiz,
            Learners learners,
            Transactions transactions,
            AgroalDataSource dataSource) {
        this.caller = caller;
        this.planInterview = planInterview;
        this.documents = documents;
        this.interviews = interviews;
        this.skills = skills;
        this.ratings = ratings;
        this.generateQuiz = generateQuiz;
        this.learners = learners;
        this.transactions = transactions;
        this.dataSource = dataSource;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Prepare for an interview",
            description =
                    "Finds the skills that a job description wants and a CV claims, with the lines that say so, and plans"
                            + " every day until the interview. The documents are read and forgotten: what is kept is the skills,"
                            + " the lines that name them (unless \"evidence\" is false) and the plan. Idempotency-Key makes"
                            + " repeating it safe.")
    public InterviewView prepare(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, @BeanParam InterviewForm form)
            throws SQLException {
        if (idempotencyKey != null && (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY)) {
            throw ProblemException.invalid("the Idempotency-Key has 1 to 128 characters");
        }
        String sub = caller.id();
        PlanInterview.Wish wish = new PlanInterview.Wish(
                title(form.title),
                date(form.date),
                form.minutesPerDay == null ? null : minutesPerDay(number(form.minutesPerDay, "minutesPerDay")),
                flag(form.evidence));
        UUID id = idempotencyKey == null
                ? UUID.randomUUID()
                : idOf(EventEncoder.contentId("interview", sub, idempotencyKey));
        CompletableFuture<@Nullable List<String>> cv = CompletableFuture.supplyAsync(
                () -> lines("cv", form.cv, form.cvText),
                task -> Thread.ofVirtual().name("cv").start(task));
        List<String> job = lines("jobDescription", form.jobDescription, form.jobDescriptionText);
        if (job == null) {
            throw ProblemException.invalid("'jobDescription' or 'jobDescriptionText' is missing");
        }
        Findings findings = planInterview.findings(job, join(cv));
        Map<String, Measured> measured = ratings.of(sub);
        Interview interview =
                transactions.runRetrying(work -> planInterview.add(work, sub, id, wish, findings, measured));
        return InterviewView.of(Objects.requireNonNull(interview), skills);
    }

    private static @Nullable List<String> join(CompletableFuture<@Nullable List<String>> lines) {
        try {
            return lines.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private @Nullable List<String> lines(String field, @Nullable FileUpload file, @Nullable String text) {
        if (file != null && text != null) {
            throw ProblemException.invalid("send '" + field + "' or '" + field + "Text', not both");
        }
        if (file != null) {
            return documents.ofFile(field, file.uploadedFile(), file.contentType());
        }
        return text == null ? null : documents.ofText(field, text);
    }

    /** One line of the list. */
    public record Summary(
            UUID id,

            @Schema(examples = {"Backend engineer at Example"})
            String title,

            @Schema(examples = {"2026-12-18"}) LocalDate date,

            int minutesPerDay,
            Instant createdAt,

            @Schema(description = "gaps when the plan was made")
            long openGaps,

            @Schema(description = "whether every gap is closed by the date")
            boolean feasible) {
        static Summary of(Interview interview) {
            return new Summary(
                    interview.id(),
                    interview.title(),
                    LocalDate.ofEpochDay(interview.day()),
                    interview.minutesPerDay(),
                    Micros.toInstant(interview.createdMicros()),
                    interview.planned().gaps().stream().filter(Gap::open).count(),
                    interview.planned().plan().feasible());
        }
    }

    /** A page of the list. */
    @Schema(examples = """
            {"interviews": [{"id": "d3a1f6b4-2c57-4e8d-8f10-7b6e5d4c3a21", "title": "Backend engineer at Example",
              "date": "2026-12-18", "minutesPerDay": 45, "createdAt": "2026-12-01T09:00:00Z", "openGaps": 1,
              "feasible": true}],
             "next": null}""")
    public record Page(
            List<Summary> interviews,

            @Schema(description = "cursor of the next page; null on the last") @Nullable String next) {}

    @GET
    @Operation(summary = "The interviews, newest first")
    public Page list(
            @Parameter(description = "1 to 100", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(
                            description = "'next' of the page before",
                            example = "MTc3MjM1OTIwMDAwMDAwMDo4ZjNjMmYwZS02YTBmLTRhNTMtOWY1NS0wZDVmNGY1ZjZhMTE")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = between(number(limit, "limit"), "limit", 1, LARGEST_PAGE);
        InterviewCursor after = cursor == null ? InterviewCursor.START : InterviewCursor.decode(cursor);
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            if (learner == null) {
                return new Page(List.of(), null);
            }
            List<Interview> found = interviews.page(connection, learner.id(), after, size + 1);
            Interview last = found.size() > size ? found.get(size - 1) : null;
            return new Page(
                    found.stream().limit(size).map(Summary::of).toList(),
                    last == null ? null : new InterviewCursor(last.createdMicros(), last.id()).encode());
        }
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An interview: skills, gaps, plan by day")
    public InterviewView get(@Parameter(example = "d3a1f6b4-2c57-4e8d-8f10-7b6e5d4c3a21") @PathParam("id") String id)
            throws SQLException {
        return InterviewView.of(find(id), skills);
    }

    /** What to plan anew with; what is absent stays as it is. */
    @Schema(
            description = "What to plan anew with; what is absent stays as it is.",
            examples = "{\"date\": \"2026-12-20\", \"minutesPerDay\": 60}")
    public record Replan(
            @Schema(examples = {"2026-12-20"}) @Nullable String date,

            @Schema(
                    description = "10 to 720",
                    examples = {"60"})
            @Nullable Integer minutesPerDay,

            @Schema(description = "false forgets the lines of the documents; they cannot come back") @Nullable Boolean evidence) {}

    @POST
    @Path("/{id}/replan")
    @Operation(
            summary = "Plan anew from today",
            description = "With what was answered since the last plan: measured skills count more than claimed ones.")
    public InterviewView replan(
            @Parameter(example = "d3a1f6b4-2c57-4e8d-8f10-7b6e5d4c3a21") @PathParam("id") String id,
            @Nullable Replan body)
            throws SQLException {
        Replan wanted = body == null ? new Replan(null, null, null) : body;
        PlanInterview.Change change = new PlanInterview.Change(
                wanted.date() == null ? null : date(wanted.date()),
                wanted.minutesPerDay() == null ? null : minutesPerDay(wanted.minutesPerDay()),
                wanted.evidence());
        String sub = caller.id();
        UUID interview = uuid(id);
        Map<String, Measured> measured = ratings.of(sub);
        return InterviewView.of(
                Objects.requireNonNull(
                        transactions.runRetrying(work -> planInterview.replan(work, sub, interview, change, measured))),
                skills);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Forget an interview")
    public void delete(@Parameter(example = "d3a1f6b4-2c57-4e8d-8f10-7b6e5d4c3a21") @PathParam("id") String id)
            throws SQLException {
        String sub = caller.id();
        UUID interview = uuid(id);
        transactions.runRetrying(work -> {
            planInterview.delete(work, sub, interview);
            return true;
        });
    }

    /** What the quiz is to be like. */
    @Schema(examples = "{\"minutes\": 25}")
    public record QuizWish(
            @Schema(
                    description = "5 to 120; 25 if absent, and not more than the minutes of a day",
                    examples = {"25"})
            @Nullable Integer minutes) {}

    @POST
    @Path("/{id}/quiz")
    @Operation(
            summary = "Put together a quiz for this interview",
            description =
                    "As quiz/generate does, of skills with open gaps first, then of those that are least certain. Answer it"
                            + " by quiz/submit, then plan anew.")
    public QuizView quiz(
            @Parameter(example = "d3a1f6b4-2c57-4e8d-8f10-7b6e5d4c3a21") @PathParam("id") String id,
            @Nullable QuizWish body)
            throws SQLException {
        Interview interview = find(id);
        Integer minutes = body == null ? null : body.minutes();
        QuizParameters wanted = QuizParameters.of(
                interview,
                minutes == null
                        ? Math.min(interview.minutesPerDay(), QuizParameters.USUAL_MINUTES)
                        : between(minutes, "minutes", SHORTEST_QUIZ, LONGEST_QUIZ));
        return generateQuiz.generate(caller.id(), wanted.toRequest(interview.title()));
    }

    private Interview find(String id) throws SQLException {
        UUID wanted = uuid(id);
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            Interview found = learner == null ? null : interviews.find(connection, learner.id(), wanted);
            if (found == null) {
                throw ProblemException.notFound("you have no such interview");
            }
            return found;
        }
    }

    /** @param hex 32 hexadecimal digits */
    private static UUID idOf(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException noId) {
            throw ProblemException.notFound("you have no such interview");
        }
    }

    private static String title(@Nullable String title) {
        String text = title == null ? "Interview" : title.strip();
        if (text.isEmpty() || text.length() > LONGEST_TITLE || text.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid("'title' has 1 to 120 characters, none of them a control character");
        }
        return text;
    }

    private static LocalDate date(@Nullable String date) {
        if (date == null) {
            throw ProblemException.invalid("'date' is missing");
        }
        try {
            return LocalDate.parse(date.strip());
        } catch (DateTimeException unreadable) {
            throw ProblemException.invalid("'date' is a day such as 2026-12-18");
        }
    }

    private static boolean flag(@Nullable String evidence) {
        return switch (evidence == null ? "true" : evidence.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid("'evidence' is true or false");
        };
    }

    private static int minutesPerDay(int minutes) {
        return between(minutes, "minutesPerDay", InterviewPlan.LEAST_MINUTES, InterviewPlan.MOST_MINUTES);
    }

    private static int number(String value, String name) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException notANumber) {
            throw ProblemException.invalid("'" + name + "' is a number");
        }
    }

    private static int between(int number, String name, int least, int most) {
        if (number < least || number > most) {
            throw ProblemException.invalid("'" + name + "' is a number from " + least + " to " + most);
        }
        return number;
    }
}
