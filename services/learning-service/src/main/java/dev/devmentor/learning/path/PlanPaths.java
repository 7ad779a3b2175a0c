package dev.devmentor.learning.path;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.bank.Goals;
import dev.devmentor.learning.bank.Goals.NothingKnown;
import dev.devmentor.learning.bank.Goals.Resolved;
import dev.devmentor.learning.bank.Level;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.path.PathPlanner;
import dev.devmentor.learning.engine.path.PathPlanner.Before;
import dev.devmentor.learning.engine.path.PathPlanner.Time;
import dev.devmentor.learning.engine.path.PlannedPath;
import dev.devmentor.learning.engine.path.Standing;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.skill.Picture;
import dev.devmentor.learning.skill.Ratings;
import dev.devmentor.learning.skill.SkillCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes paths and plans them anew. A plan follows from the goal, the ratings and the plan before; it is stored when its steps
 * change, so that steps that the answers say nothing of keep their places.
 */
@ApplicationScoped
public class PlanPaths {
    /** A learner has so many paths at most. */
    static final int MOST_PATHS = 20;

    private static final int LINES_KEPT = 2;
    private static final int LONGEST_OWN_SKILL = 128;

    private static final PathPlanner PLANNER =
            new PathPlanner(PathPlanner.DEFAULT.hoursPerLogit(), Levels.ability(Level.BASIC));

    private final SkillCatalogue catalogue;
    private final PathTable table;

    PlanPaths(SkillCatalogue catalogue, PathTable table) {
        this.catalogue = catalogue;
        this.table = table;
    }

    /** A stored path and its plan as of now. */
    record Current(StoredPath path, PlannedPath plan, boolean changed) {}

    /**
     * The next step of a path.
     *
     * @param path its title
     * @param skills to work on next: the first step and those behind it that need nothing of it
     * @param all skills of the path, also those that are met
     */
    public record NextStep(UUID pathId, String path, List<String> skills, Set<String> all) {
        public NextStep {
            skills = List.copyOf(skills);
            all = Set.copyOf(all);
        }
    }

    /** Where each of a learner's paths goes on; those without a step left are missing. */
    public List<NextStep> nextSteps(Connection connection, Learner learner, Picture picture, Instant now)
            throws SQLException {
        return table.ofLearner(connection, learner.id()).stream()
                .map(path -> plan(path, learner, picture, now))
                .filter(current -> !current.plan().steps().isEmpty())
                .map(current -> new NextStep(
                        current.path().id(),
                        current.path().title(),
                        current.plan().order().stream().limit(3).toList(),
                        catalogue
                                .graph()
                                .withPrerequisites(current.path().wanted().stream()
                                        .map(StoredPath.Wanted::skill)
                                        .toList())))
                .toList();
    }

    /**
     * Makes a path, or finds the one that was made of the same request; the learner is locked.
     *
     * @param goal id or name of a goal, a skill or an area, or a text
     */
    Current create(
            Connection connection,
            Learner learner,
            Picture picture,
            Instant now,
            String goal,
            double hoursPerWeek,
            @Nullable Integer untilDay)
            throws SQLException {
        UUID id = id(EventEncoder.contentId(
                "path", learner.sub(), goal, Double.toString(hoursPerWeek), String.valueOf(untilDay)));
        StoredPath known = table.find(connection, learner.id(), id);
        if (known != null) {
            return plan(known, learner, picture, now);
        }
        if (table.ofLearner(connection, learner.id()).size() >= MOST_PATHS) {
            throw ProblemException.invalid("you have " + MOST_PATHS + " paths; delete one first");
        }
        Resolved resolved = resolve(goal, picture);
        StoredPath path = new StoredPath(
                id,
                resolved.title(),
                resolved.goal() == null ? null : resolved.goal().id(),
                resolved.wanted().stream().map(PlanPaths::stored).toList(),
                hoursPerWeek,
                untilDay,
                Micros.of(now),
                Micros.of(now),
                List.of(),
                List.of());
        Current current = plan(path, learner, picture, now);
        table.insert(connection, learner.id(), current.path());
        return current;
    }

    private static UUID id(String hex) {
        return new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    private Resolved resolve(String goal, Picture picture) {
        String own = goal.strip();
        return switch (catalogue.goals().resolve(goal)) {
            case Resolved resolved -> resolved;
            case NothingKnown _
            when own.length() <= LONGEST_OWN_SKILL && picture.answeredSkills().contains(own) ->
                new Resolved(
                        own, null, List.of(new Goals.Wanted(own, Level.SOLID, "is a skill of your own", List.of())));
            case NothingKnown _ ->
                throw ProblemException.invalid(
                        "'goal' names nothing that the question bank knows; GET /api/learning/paths lists ready-made goals");
        };
    }

    private static StoredPath.Wanted stored(Goals.Wanted wanted) {
        return new StoredPath.Wanted(
                wanted.skill(),
                wanted.level(),
                wanted.reason(),
                wanted.evidence().stream()
                        .limit(LINES_KEPT)
                        .map(line -> new StoredPath.Line(line.line(), line.term(), line.text()))
                        .toList());
    }

    /** Plans a path anew. */
    Current plan(StoredPath path, Learner learner, Picture picture, Instant now) {
        LinkedHashMap<String, Double> goals = new LinkedHashMap<>();
        path.wanted().forEach(wanted -> goals.put(wanted.skill(), Levels.ability(wanted.level())));
        Ratings ratings = picture.ratings();
        PlannedPath plan = PLANNER.plan(
                catalogue.graph(),
                goals,
                skill -> new Standing(ratings.ability(skill), ratings.uncertainty(skill), ratings.answers(skill)),
                new Time(
                        today(learner, now),
                        path.hoursPerWeek(),
                        path.untilDay() == null ? Time.NO_END : path.untilDay()),
                new Before(path.plannedOrder(), Set.copyOf(path.plannedMet())));
        List<String> met = List.copyOf(plan.met().keySet());
        if (plan.order().equals(path.plannedOrder()) && met.equals(path.plannedMet())) {
            return new Current(path, plan, false);
        }
        return new Current(path.planned(Micros.of(now), plan.order(), met), plan, true);
    }

    /** The learner's day. */
    static int today(Learner learner, Instant now) {
        return LocalDays.localDay(
                Micros.of(now),
                ZoneId.of(learner.settings().zone()),
                learner.settings().rolloverHour());
    }
}
