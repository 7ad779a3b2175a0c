package dev.devmentor.learning.choice;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.person.People;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the caller should do next. */
@Path("/api/learning/recommend")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Recommendations")
public class RecommendResource {
    private static final int MOST_ITEMS = 50;
    private static final int MOST_SKILLS = 50;
    private static final int LONGEST_SKILL = 128;

    private final Caller caller;
    private final Recommend recommend;
    private final People people;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    RecommendResource(Caller caller, Recommend recommend, People people, AgroalDataSource dataSource, Clock clock) {
        this.caller = caller;
        this.recommend = recommend;
        this.people = people;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * What is wanted.
     *
     * @param limit 1 to 50 items; if absent 10, or fewer where a hint says that a sitting does not stay good for so long
     * @param skills to stay within, at most 50; all if absent
     * @param targetSuccess wanted probability of a right answer, 0.5 to 0.95; that of the settings if absent
     * @param floor least share of each strategy, 0 to 0.2; 0.1 if absent
     * @param strategy the only one to choose by, without the steps of paths; a mix if absent
     */
    @Schema(
            description = "What is wanted; what is absent is as usual.",
            examples = "{\"limit\": 5, \"targetSuccess\": 0.8}")
    public record Request(
            @Nullable Integer limit,
            @Nullable List<@Nullable String> skills,
            @Nullable Double targetSuccess,
            @Nullable Double floor,
            @Nullable String strategy) {}

    @POST
    @Operation(
            summary = "What to do next, and why",
            description =
                    "Due reviews, weak skills, prerequisites to repair, the next step of a path, new ground, or a break."
                            + " Each item names the strategy that chose it and its reason. The same log gives the same answer."
                            + " 'load' proposes a break and makes the mix easier; 'missing' names skills without a question"
                            + " of the wanted difficulty. 'hint' of an item and 'hints' say what was changed by what is known of"
                            + " how the caller learns (GET hints).")
    public Recommendation recommend(@Nullable Request request) throws SQLException {
        Request asked = request == null ? new Request(null, null, null, null, null) : request;
        int limit = Objects.requireNonNullElse(asked.limit(), 10);
        if (limit < 1 || limit > MOST_ITEMS) {
            throw ProblemException.invalid("'limit' is a number from 1 to 50");
        }
        Double target =
                asked.targetSuccess() == null ? null : within(asked.targetSuccess(), "targetSuccess", 0.5, 0.95);
        double floor = within(Objects.requireNonNullElse(asked.floor(), StrategyWeights.FLOOR), "floor", 0, 0.2);
        Recommend.Wanted wanted = new Recommend.Wanted(
                limit, asked.limit() == null, skills(asked.skills()), target, floor, strategy(asked.strategy()));
        // Before a connection is held: folding what is new takes one of its own.
        Session session = people.current(caller.id()).session();
        try (Connection connection = dataSource.getConnection()) {
            return recommend.recommend(connection, caller.id(), clock.instant(), session, wanted);
        }
    }

    private static @Nullable Strategy strategy(@Nullable String name) {
        Strategy strategy = Strategy.ofWireName(name);
        if (name != null && strategy == null) {
            throw ProblemException.invalid("'strategy' is one of "
                    + String.join(
                            ", ",
                            Arrays.stream(Strategy.values())
                                    .map(Strategy::wireName)
                                    .toList()));
        }
        return strategy;
    }

    private static double within(double number, String name, double least, double most) {
        if (!(number >= least && number <= most)) {
            throw ProblemException.invalid("'" + name + "' is a number from " + least + " to " + most);
        }
        return number;
    }

    private static Set<String> skills(@Nullable List<@Nullable String> asked) {
        Set<String> skills = new TreeSet<>();
        if (asked == null) {
            return skills;
        }
        if (asked.size() > MOST_SKILLS) {
            throw ProblemException.invalid("'skills' has at most 50 elements");
        }
        for (String skill : asked) {
            if (skill == null || skill.isEmpty() || skill.length() > LONGEST_SKILL) {
                throw ProblemException.invalid("a skill has 1 to 128 characters");
            }
            skills.add(skill);
        }
        return skills;
    }
}
