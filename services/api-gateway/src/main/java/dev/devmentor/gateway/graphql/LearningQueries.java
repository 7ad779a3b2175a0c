package dev.devmentor.gateway.graphql;

import dev.devmentor.gateway.graphql.LearningTypes.Achievement;
import dev.devmentor.gateway.graphql.LearningTypes.Achievements;
import dev.devmentor.gateway.graphql.LearningTypes.Card;
import dev.devmentor.gateway.graphql.LearningTypes.CardsInState;
import dev.devmentor.gateway.graphql.LearningTypes.DueReview;
import dev.devmentor.gateway.graphql.LearningTypes.DueReviewPage;
import dev.devmentor.gateway.graphql.LearningTypes.Hint;
import dev.devmentor.gateway.graphql.LearningTypes.HintPage;
import dev.devmentor.gateway.graphql.LearningTypes.Load;
import dev.devmentor.gateway.graphql.LearningTypes.Path;
import dev.devmentor.gateway.graphql.LearningTypes.PathStep;
import dev.devmentor.gateway.graphql.LearningTypes.Paths;
import dev.devmentor.gateway.graphql.LearningTypes.Progress;
import dev.devmentor.gateway.graphql.LearningTypes.Quiz;
import dev.devmentor.gateway.graphql.LearningTypes.QuizPage;
import dev.devmentor.gateway.graphql.LearningTypes.Recommendation;
import dev.devmentor.gateway.graphql.LearningTypes.RecommendedItem;
import dev.devmentor.gateway.graphql.LearningTypes.Skill;
import dev.devmentor.gateway.graphql.LearningTypes.SkillPage;
import dev.devmentor.gateway.graphql.LearningTypes.SkillProgress;
import dev.devmentor.gateway.graphql.PatternTypes.Pattern;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** What the caller learns. */
@GraphQLApi
public class LearningQueries {
    static final String SERVICE = "learning-service";

    private final Reads reads;
    private final Standings standings;

    LearningQueries(Reads reads, Standings standings) {
        this.reads = reads;
        this.standings = standings;
    }

    @Query
    @Description("What to review now: what an open task needs, then what is due, then offers.")
    public Uni<@Nullable DueReviewPage> dueReviews(
            @DefaultValue("20") @Description("1 to 200") int limit,
            @Nullable String cursor,
            @Description("only cards of this skill") @Nullable String skill,
            @Description("now if absent") @Nullable Instant at) {
        return reads.get(
                SERVICE,
                Target.of("/api/learning/reviews/due")
                        .with("limit", limit)
                        .with("cursor", cursor)
                        .with("skill", skill)
                        .with("at", at),
                DueReviewPage.class);
    }

    @Description("How able the caller is in its skills.")
    public Uni<List<List<Skill>>> standings(@Source List<DueReview> reviews) {
        return standings
                .skills()
                .map(skills -> reviews.stream()
                        .map(review -> Standings.standings(skills, review.skills()))
                        .toList());
    }

    @Description("Active hints about it.")
    public Uni<List<List<Hint>>> hints(@Source List<DueReview> reviews) {
        return standings
                .hintsByItem()
                .map(hints -> reviews.stream()
                        .map(review -> hints.getOrDefault(review.item(), List.of()))
                        .toList());
    }

    @Description("The card with its history. Makes a read for each: ask for few.")
    public Uni<@Nullable Card> card(@Source DueReview review) {
        return card(review.item(), 10);
    }

    @Query
    @Description("A card of the caller's.")
    public Uni<@Nullable Card> card(
            String item, @DefaultValue("50") @Description("entries of the history, 0 to 500") int history) {
        return reads.get(SERVICE, Target.of("/api/learning/cards").segment(item).with("history", history), Card.class);
    }

    @Query
    @Description("What the caller has done.")
    public Uni<@Nullable Progress> progress() {
        return reads.get(SERVICE, Target.of("/api/learning/progress").segment(reads.person()), Progress.class);
    }

    @Description("Cards by their state.")
    public List<CardsInState> cardsByState(@Source Progress progress) {
        Map<String, Integer> states = progress.byState();
        return states == null
                ? List.of()
                : new TreeMap<>(states)
                        .entrySet().stream()
                                .map(state -> new CardsInState(state.getKey(), state.getValue()))
                                .toList();
    }

    @Description("How able the caller is in it.")
    public Uni<List<@Nullable Skill>> standing(@Source List<SkillProgress> progress) {
        return standings
                .skills()
                .map(skills -> each(progress.stream().map(SkillProgress::skill).toList(), skills));
    }

    @Query
    @Description("How able the caller is in each skill, and how sure that is.")
    public Uni<@Nullable SkillPage> skills(
            @DefaultValue("50") @Description("1 to 200") int limit, @Nullable String cursor) {
        return reads.get(
                SERVICE,
                Target.of("/api/learning/skills")
                        .segment(reads.person())
                        .with("limit", limit)
                        .with("cursor", cursor),
                SkillPage.class);
    }

    @Query
    @Description("Cognitive load of the session under way.")
    public Uni<@Nullable Load> load() {
        return reads.get(SERVICE, Target.of("/api/learning/load"), Load.class);
    }

    @Query
    @Description("All achievements, and which are reached.")
    public Uni<@Nullable List<Achievement>> achievements() {
        return reads.get(SERVICE, Target.of("/api/learning/achievements"), Achievements.class)
                .map(Achievements::achievements);
    }

    @Query
    @Description("What was learned of how the caller learns.")
    public Uni<@Nullable HintPage> hints(
            @Description("candidate, active, stale or retired; all if absent") @Nullable String state,
            @DefaultValue("20") @Description("1 to 100") int limit,
            @Nullable String cursor) {
        return reads.get(
                SERVICE,
                Target.of("/api/learning/hints")
                        .with("state", state)
                        .with("limit", limit)
                        .with("cursor", cursor),
                HintPage.class);
    }

    @Description("The pattern that the hint comes from; null if there is none any more.")
    public Uni<List<@Nullable Pattern>> pattern(@Source List<Hint> hints) {
        return standings
                .learningPatterns()
                .map(patterns -> each(hints.stream().map(Hint::patternId).toList(), patterns));
    }

    @Query
    @Description("What to do next, and why. The same log gives the same answer.")
    public Uni<@Nullable Recommendation> recommendations(
            @DefaultValue("10") @Description("1 to 50") int limit,
            @Description("to stay within; all if absent") @Nullable List<String> skills,
            @Description("wanted probability of a right answer, 0.5 to 0.95") @Nullable Double targetSuccess,
            @Description("the only one to choose by; a mix if absent") @Nullable String strategy) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("limit", limit);
        body.put("skills", skills);
        body.put("targetSuccess", targetSuccess);
        body.put("strategy", strategy);
        return reads.post(SERVICE, Target.of("/api/learning/recommend"), body, Recommendation.class);
    }

    @Name("standings")
    @Description("How able the caller is in its skills.")
    public Uni<List<List<Skill>>> standingsOfItems(@Source List<RecommendedItem> items) {
        return standings
                .skills()
                .map(skills -> items.stream()
                        .map(item -> Standings.standings(skills, item.skills()))
                        .toList());
    }

    @Query
    @Description("Ready-made goals, and the caller's paths.")
    public Uni<@Nullable Paths> paths() {
        return reads.get(SERVICE, Target.of("/api/learning/paths"), Paths.class);
    }

    @Query
    @Description("A path of the caller's with its steps.")
    public Uni<@Nullable Path> path(String id) {
        return reads.get(SERVICE, Target.of("/api/learning/paths").segment(id), Path.class);
    }

    @Name("standing")
    @Description("How able the caller is in it.")
    public Uni<List<@Nullable Skill>> standingOfSteps(@Source List<PathStep> steps) {
        return standings
                .skills()
                .map(skills -> each(steps.stream().map(PathStep::skill).toList(), skills));
    }

    @Query
    @Description("Quizzes that are ready-made, and the caller's own.")
    public Uni<@Nullable QuizPage> quizzes(
            @DefaultValue("20") @Description("1 to 200") int limit, @Nullable String cursor) {
        return reads.get(
                SERVICE,
                Target.of("/api/learning/quizzes").with("limit", limit).with("cursor", cursor),
                QuizPage.class);
    }

    @Query
    @Description("A quiz of the caller's, to go on with it.")
    public Uni<@Nullable Quiz> quiz(String id) {
        return reads.get(SERVICE, Target.of("/api/learning/quiz").segment(id), Quiz.class);
    }

    /** The value of each key, in their order; null where there is none. */
    static <T> List<@Nullable T> each(List<String> keys, Map<String, T> values) {
        @Nullable Object[] found = keys.stream().map(values::get).toArray();
        @SuppressWarnings("unchecked")
        List<@Nullable T> list = (List<@Nullable T>) (List<?>) Arrays.asList(found);
        return list;
    }
}
