package dev.devmentor.learning.path;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.bank.Level;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.engine.path.PlannedPath;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.path.PathView.GoalView;
import dev.devmentor.learning.path.PathView.Paths;
import dev.devmentor.learning.path.PathView.Summary;
import dev.devmentor.learning.path.PlanPaths.Current;
import dev.devmentor.learning.skill.FoldPicture;
import dev.devmentor.learning.skill.Picture;
import dev.devmentor.learning.skill.SkillCatalogue;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's paths to what they want to be able to do. */
@Path("/api/learning/paths")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Paths")
public class PathsResource {
    private static final int LONGEST_GOAL = 20_000;
    private static final double LEAST_HOURS = 0.5;
    private static final double MOST_HOURS = 80;
    private static final double DAYS = 7;
    private static final double MINUTES = 60;

    private final Caller caller;
    private final Learners learners;
    private final SkillCatalogue catalogue;
    private final FoldPicture pictures;
    private final PlanPaths paths;
    private final PathTable table;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    PathsResource(
            Caller caller,
            Learners learners,
            SkillCatalogue catalogue,
            FoldPicture pictures,
            PlanPaths paths,
            PathTable table,
            Transactions transactions,
            AgroalDataSource dataSource,
            Clock clock) {
        this.caller = caller;
        this.learners = learners;
        this.catalogue = catalogue;
        this.pictures = pictures;
        this.paths = paths;
        this.table = table;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * What to work towards.
     *
     * @param goal id or name of a goal, a skill or an area, or a text such as a job advertisement, at most 20 000 characters
     * @param hoursPerWeek 0.5 to 80; seven times the setting {@code minutesPerDay} if absent, at least 0.5
     * @param until wanted end
     */
    @Schema(
            description = "What to work towards.",
            examples = "{\"goal\": \"backend-engineer\", \"hoursPerWeek\": 6, \"until\": \"2027-03-31\"}")
    public record Request(
            @Nullable String goal,
            @Nullable Double hoursPerWeek,
            @Nullable String until) {}

    @GET
    @Operation(
            summary = "Ready-made goals, and the caller's paths",
            description = "A learner has at most 20 paths; a path's own route shows its steps.")
    public Paths paths() throws SQLException {
        List<GoalView> goals = catalogue.goals().all().stream()
                .map(goal -> new GoalView(
                        goal.id(), goal.title(), goal.summary(), goal.skills().size()))
                .toList();
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            List<StoredPath> stored = learner == null ? List.of() : table.ofLearner(connection, learner.id());
            if (learner == null || stored.isEmpty()) {
                return new Paths(goals, List.of());
            }
            Picture picture = pictures.of(connection, learner.id());
            return new Paths(
                    goals,
                    stored.stream()
                            .map(path -> summary(paths.plan(path, learner, picture, now)))
                            .toList());
        }
    }

    @POST
    @Operation(
            summary = "Make a path to a goal",
            description =
                    "The goal is a ready-made one, a skill, an area, or a text such as a job advertisement, of which each"
                            + " skill is taken with the lines that ask for it. The same request again gives the same path.")
    public PathView create(@Nullable Request request) throws SQLException {
        if (request == null || request.goal() == null || request.goal().isBlank()) {
            throw ProblemException.invalid("'goal' is missing or empty");
        }
        String goal = request.goal();
        if (goal.length() > LONGEST_GOAL) {
            throw ProblemException.invalid("'goal' has at most 20 000 characters");
        }
        Double hours = request.hoursPerWeek();
        if (hours != null && !(hours >= LEAST_HOURS && hours <= MOST_HOURS)) {
            throw ProblemException.invalid("'hoursPerWeek' is a number from 0.5 to 80");
        }
        Instant now = clock.instant();
        Integer until = day(request.until());
        String sub = caller.id();
        return transactions.runRetrying(work -> {
            Learner learner = learners.lock(work.connection(), List.of(sub)).get(sub);
            if (learner == null) {
                throw ProblemException.notFound("this learner was erased");
            }
            if (until != null && until < PlanPaths.today(learner, now)) {
                throw ProblemException.invalid("'until' has passed");
            }
            Picture picture = pictures.of(work.connection(), learner.id());
            double perWeek = hours == null ? usualHours(learner) : hours;
            return view(paths.create(work.connection(), learner, picture, now, goal, perWeek, until), picture);
        });
    }

    private static double usualHours(Learner learner) {
        return Math.max(LEAST_HOURS, learner.preferences().minutesPerDay() * DAYS / MINUTES);
    }

    @GET
    @Path("/{pathId}")
    @Operation(
            summary = "A path as of now",
            description =
                    "Planned anew with the answers so far: what is learnt drops out, what turns out to be missing is put"
                            + " before what needs it, all else keeps its place.")
    public PathView path(
            @Parameter(example = "c1f7a5f2-8d0e-4b8b-9a55-3f1e0f6f2c40") @PathParam("pathId") String pathId)
            throws SQLException {
        UUID id = id(pathId);
        Instant now = clock.instant();
        Learner learner;
        Picture picture;
        Current current;
        try (Connection connection = dataSource.getConnection()) {
            learner = learners.find(connection, caller.id());
            StoredPath stored = learner == null ? null : table.find(connection, learner.id(), id);
            if (learner == null || stored == null) {
                throw ProblemException.notFound("you have no such path");
            }
            picture = pictures.of(connection, learner.id());
            current = paths.plan(stored, learner, picture, now);
        }
        if (current.changed()) {
            keep(learner, current);
        }
        return view(current, picture);
    }

    private void keep(Learner learner, Current current) throws SQLException {
        transactions.runRetrying(work -> {
            for (Learner locked : learners.lockByIds(work.connection(), new long[] {learner.id()})) {
                table.updatePlan(work.connection(), locked.id(), current.path());
            }
            return current;
        });
    }

    @DELETE
    @Path("/{pathId}")
    @Operation(summary = "Give a path up", description = "What was learnt stays.")
    @APIResponse(responseCode = "204", description = "it is gone")
    public void delete(@Parameter(example = "c1f7a5f2-8d0e-4b8b-9a55-3f1e0f6f2c40") @PathParam("pathId") String pathId)
            throws SQLException {
        UUID id = id(pathId);
        String sub = caller.id();
        boolean deleted = transactions.runRetrying(work -> {
            Learner learner = learners.find(work.connection(), sub);
            return learner != null && table.delete(work.connection(), learner.id(), id);
        });
        if (!deleted) {
            throw ProblemException.notFound("you have no such path");
        }
    }

    private static Summary summary(Current current) {
        PlannedPath plan = current.plan();
        return new Summary(
                current.path().id(),
                current.path().title(),
                current.path().goal(),
                plan.steps().size(),
                plan.met().size(),
                round(plan.hours()),
                LocalDate.ofEpochDay(plan.endDay()),
                inTime(current),
                plan.steps().isEmpty() ? null : plan.steps().getFirst().skill());
    }

    private PathView view(Current current, Picture picture) {
        StoredPath path = current.path();
        PlannedPath plan = current.plan();
        double needed = plan.hoursPerWeekNeeded();
        return new PathView(
                path.id(),
                path.title(),
                path.goal(),
                path.hoursPerWeek(),
                path.untilDay() == null ? null : LocalDate.ofEpochDay(path.untilDay()),
                Micros.toInstant(path.createdMicros()),
                Micros.toInstant(path.plannedMicros()),
                round(plan.hours()),
                round(plan.hoursAtMost()),
                LocalDate.ofEpochDay(plan.endDay()),
                Double.isFinite(needed) ? round(needed) : null,
                inTime(current),
                plan.steps().stream().map(step -> step(path, step, picture)).toList(),
                plan.met().entrySet().stream()
                        .map(met -> new PathView.Met(
                                met.getKey(),
                                name(met.getKey()),
                                met.getValue().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    private PathView.Step step(StoredPath path, PlannedPath.Step step, Picture picture) {
        StoredPath.Wanted wanted = path.wanted().stream()
                .filter(one -> one.skill().equals(step.skill()))
                .findFirst()
                .orElse(null);
        Level level = wanted == null ? prerequisiteLevel(step) : wanted.level();
        String reason = wanted != null
                ? wanted.reason()
                : "comes before "
                        + String.join(
                                ", ",
                                step.neededFor().stream()
                                        .limit(3)
                                        .map(this::name)
                                        .toList()) + (step.neededFor().size() > 3 ? " and others" : "");
        Stream<StoredPath.Line> lines = wanted == null ? Stream.of() : wanted.lines().stream();
        return new PathView.Step(
                step.skill(),
                name(step.skill()),
                level.wire(),
                step.goal(),
                reason,
                lines.map(line -> new PathView.Line(line.line(), line.term(), line.text()))
                        .toList(),
                step.neededFor(),
                step.unlocks(),
                picture.ratings().success(step.skill(), level.difficulty(), 0),
                picture.ratings().answers(step.skill()),
                step.checked(),
                round(step.hours()),
                round(step.hoursAtMost()),
                LocalDate.ofEpochDay(step.fromDay()),
                LocalDate.ofEpochDay(step.toDay()));
    }

    /** Prerequisites are wanted in their basics. */
    private static Level prerequisiteLevel(PlannedPath.Step step) {
        return step.wanted() > Levels.ability(Level.BASIC) + 1e-9 ? Level.SOLID : Level.BASIC;
    }

    private String name(String skill) {
        Skill known = catalogue.bank().skill(skill);
        return known == null ? skill : known.name();
    }

    private static @Nullable Boolean inTime(Current current) {
        Integer until = current.path().untilDay();
        return until == null ? null : current.plan().endDay() <= until;
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw ProblemException.notFound("you have no such path");
        }
    }

    private static @Nullable Integer day(@Nullable String until) {
        if (until == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(until);
            if (day.getYear() >= 1970 && day.getYear() <= 2200) {
                return (int) day.toEpochDay();
            }
        } catch (DateTimeException unreadable) {
            // Same answer as for a day out of reach.
        }
        throw ProblemException.invalid("'until' is a date such as 2027-03-31, in the years 1970 to 2200");
    }
}
