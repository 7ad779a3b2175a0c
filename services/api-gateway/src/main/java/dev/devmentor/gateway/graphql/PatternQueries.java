package dev.devmentor.gateway.graphql;

import dev.devmentor.gateway.graphql.LearningTypes.Skill;
import dev.devmentor.gateway.graphql.PatternTypes.Model;
import dev.devmentor.gateway.graphql.PatternTypes.ModelPerformance;
import dev.devmentor.gateway.graphql.PatternTypes.Models;
import dev.devmentor.gateway.graphql.PatternTypes.Pattern;
import dev.devmentor.gateway.graphql.PatternTypes.PatternPage;
import dev.devmentor.gateway.graphql.PatternTypes.PatternReport;
import dev.devmentor.gateway.graphql.PatternTypes.Predictions;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;
import org.jspecify.annotations.Nullable;

/** What is known of how the caller works. */
@GraphQLApi
public class PatternQueries {
    static final String SERVICE = "pbml-service";

    private final Reads reads;
    private final Standings standings;

    PatternQueries(Reads reads, Standings standings) {
        this.reads = reads;
        this.standings = standings;
    }

    @Query
    @Description("Patterns: the caller's own and those they have a share in.")
    public Uni<@Nullable PatternPage> patterns(
            @Description("several with commas between; all if absent") @Nullable String kind,
            @Description("several with commas between; all but retired if absent") @Nullable String state,
            @Description("person, team or everyone; all if absent") @Nullable String scope,
            @Description("one of the caller's teams") @Nullable String team,
            @Nullable String repository,
            @Description("part of the title") @Nullable String text,
            @Description("0 to 1") @Nullable Double minConfidence,
            @Description("last seen then or later") @Nullable Instant since,
            @Description("last seen before") @Nullable Instant until,
            @Description("confidence, recent or support; the largest first") @DefaultValue("confidence") String sort,
            @DefaultValue("20") @Description("1 to 200") int limit,
            @Nullable String cursor) {
        return reads.get(
                SERVICE,
                Target.of("/api/pbml/patterns")
                        .with("kind", kind)
                        .with("state", state)
                        .with("scope", scope)
                        .with("team", team)
                        .with("repository", repository)
                        .with("text", text)
                        .with("minConfidence", minConfidence)
                        .with("since", since)
                        .with("until", until)
                        .with("sort", sort)
                        .with("limit", limit)
                        .with("cursor", cursor),
                PatternPage.class);
    }

    @Description("How able the caller is in the skills that it is about.")
    public Uni<List<List<Skill>>> standings(@Source List<Pattern> patterns) {
        return standings
                .skills()
                .map(skills -> patterns.stream()
                        .map(pattern -> Standings.standings(skills, pattern.skills()))
                        .toList());
    }

    @Description("All that is known of it, with the events that it rests on. Makes a read for each: ask for few.")
    public Uni<@Nullable PatternReport> report(@Source Pattern pattern) {
        return reads.get(
                SERVICE,
                Target.of("/api/pbml/patterns").segment(pattern.id()).with("scope", pattern.scope()),
                PatternReport.class);
    }

    @Query
    @Description("A pattern: the caller's own, else that of a team, else everyone's.")
    public Uni<@Nullable Pattern> pattern(
            String id, @Description("the first that has it if absent") @Nullable String scope) {
        return reads.get(SERVICE, Target.of("/api/pbml/patterns").segment(id).with("scope", scope), Pattern.class);
    }

    @Query
    @Description("The models that answer the caller, and how much they know.")
    public Uni<@Nullable List<Model>> models() {
        return reads.get(SERVICE, Target.of("/api/pbml/models"), Models.class).map(Models::models);
    }

    @Query
    @Description("How well each model foresaw what came.")
    public Uni<@Nullable ModelPerformance> performance(
            @Description("only this one; all if absent") @Nullable String model,
            @DefaultValue("30") @Description("1 to 60") int days) {
        return reads.get(
                SERVICE,
                Target.of("/api/pbml/performance").with("model", model).with("days", days),
                ModelPerformance.class);
    }

    @Query
    @Description(
            "What comes next, what goes with it, what may fail, what ended it before. Nothing is learned by asking.")
    public Uni<@Nullable Predictions> predictions(
            @Description("next-action, related-files, likely-error or likely-fix") String kind,
            @Nullable String repository,
            @Description("paths that are being changed") @Nullable List<String> files,
            @Description("the last actions, the latest last") @Nullable List<String> actions,
            @Description("of likely-fix: what was printed") @Nullable String text,
            @Description("of likely-fix, instead of a text: id of the error's pattern") @Nullable String pattern,
            @DefaultValue("10") @Description("1 to 50") int limit) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("kind", kind);
        body.put("repository", repository);
        body.put("files", files);
        body.put("actions", actions);
        body.put("text", text);
        body.put("pattern", pattern);
        body.put("limit", limit);
        return reads.post(SERVICE, Target.of("/api/pbml/predict"), body, Predictions.class);
    }
}
