package dev.devmentor.learning.quiz;

import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which quizzes there are. */
@Path("/api/learning/quizzes")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Quizzes")
public class QuizzesResource {
    private static final int LARGEST_PAGE = 200;

    private final Caller caller;
    private final QuizTable quizzes;
    private final NamedQuizzes named;
    private final Learners learners;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    QuizzesResource(
            Caller caller,
            QuizTable quizzes,
            NamedQuizzes named,
            Learners learners,
            AgroalDataSource dataSource,
            Clock clock) {
        this.caller = caller;
        this.quizzes = quizzes;
        this.named = named;
        this.learners = learners;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Where a page ended. */
    private record Cursor(long createdMicros, UUID id) {
        String encode() {
            return PageCursor.encode(createdMicros, id);
        }

        static Cursor decode(String text) {
            return PageCursor.decode(text, 2, parts -> new Cursor(Long.parseLong(parts[0]), UUID.fromString(parts[1])));
        }
    }

    @GET
    @Operation(
            summary = "Quizzes that are ready-made, and one's own",
            description = "One's own come newest first, page by page; the ready-made ones are on every page.")
    public QuizList list(
            @Parameter(description = "1 to 200", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(
                            description = "'next' of the page before",
                            example = "MTc3MjM1OTIwMDAwMDAwMDo4ZjNjMmYwZS02YTBmLTRhNTMtOWY1NS0wZDVmNGY1ZjZhMTE")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        Cursor after = cursor == null ? null : Cursor.decode(cursor);
        List<QuizList.ReadyView> ready = named.all().stream()
                .map(quiz -> new QuizList.ReadyView(
                        quiz.id(), quiz.title(), quiz.description(), quiz.size(), named.skills(quiz)))
                .toList();
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            if (learner == null) {
                return new QuizList(ready, 0, List.of(), null);
            }
            List<QuizTable.Summary> found = quizzes.page(
                    connection,
                    learner.id(),
                    after == null ? null : after.createdMicros(),
                    after == null ? null : after.id(),
                    size + 1);
            List<QuizTable.Summary> page = found.subList(0, Math.min(size, found.size()));
            long now = Micros.of(clock.instant());
            return new QuizList(
                    ready,
                    quizzes.count(connection, learner.id()),
                    page.stream()
                            .map(summary -> QuizList.SummaryView.of(summary, now))
                            .toList(),
                    found.size() > size
                            ? new Cursor(
                                            page.getLast().createdMicros(),
                                            page.getLast().id())
                                    .encode()
                            : null);
        }
    }
}
