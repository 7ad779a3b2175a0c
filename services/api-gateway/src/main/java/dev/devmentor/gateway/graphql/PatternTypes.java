package dev.devmentor.gateway.graphql;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.jspecify.annotations.Nullable;

/** What pbml-service says, as GraphQL types. */
final class PatternTypes {
    private PatternTypes() {}

    @RegisterForReflection
    @Description("Something that comes again and again in what people do.")
    public record Pattern(
            String id,

            @Description("template, error, sequence, related-files, mistake, confusion or rhythm") @Nullable String kind,

            @Description("person, team or everyone") @Nullable String scope,

            @Description("the team, where the scope is team") @Nullable String scopeId,

            @Nullable String title,

            @Description("candidate, active, stale or retired") @Nullable String state,

            @Description("lower bound of the probability that it holds, 0 to 1")
            double confidence,

            double mean,
            @Description("observations behind it") int support,

            @Description("how many people are behind it, where it is shared") @Nullable Integer people,

            @Nullable Instant firstSeen,
            @Nullable Instant lastSeen,
            @Nullable Instant since,
            @Nullable String repository,
            @Nullable List<String> skills,
            @Nullable List<String> items,
            @Nullable List<Integer> hours,
            @Nullable Integer sessionMinutes,
            @Nullable List<Fix> fixes) {}

    @RegisterForReflection
    @Description("What ended an error before.")
    public record Fix(
            @Nullable Instant at,
            @Nullable List<String> changedFiles,
            @Nullable String commit,
            int times,
            @Nullable Double probability) {}

    @RegisterForReflection
    @Description("A page of patterns. It may be shorter than 'limit' and still have a next one.")
    public record PatternPage(
            @Nullable @JsonAlias("patterns") List<Pattern> items,

            @Description("give it as 'cursor' for the page after this one; null on the last one") @Nullable String next) {}

    @RegisterForReflection
    @Description("What is known of one pattern beside its summary.")
    public record PatternReport(
            @Nullable String generated,
            @Nullable String mergedInto,
            @Nullable List<PatternPart> parts,
            @Nullable List<LineageStep> lineage,

            @Description("events of the caller's log that it rests on, the latest first") @Nullable List<EvidenceEvent> evidence,

            @Nullable Integer version,
            @Nullable Integer epoch) {}

    @RegisterForReflection
    @Description("One of the things that a pattern holds together.")
    public record PatternPart(
            String key,
            @Nullable String title,
            int support,
            @Nullable Instant firstSeen,
            @Nullable Instant lastSeen) {}

    @RegisterForReflection
    @Description("How a pattern took over from another, or gave to it.")
    public record LineageStep(
            @Nullable String step,
            @Nullable String pattern,
            @Nullable Instant at,
            int observations) {}

    @RegisterForReflection
    @Description("An event of the caller's log.")
    public record EvidenceEvent(
            @Nullable String source,
            @Nullable String id,
            @Nullable Instant at,
            @Nullable String kind) {}

    @RegisterForReflection
    @Description("How well the caller's models foresaw what came.")
    public record ModelPerformance(
            @Nullable String scope,
            long observations,
            @Nullable Instant foldedAt,
            @Nullable List<OneModel> models) {}

    @RegisterForReflection
    @Description("How well one model did.")
    public record OneModel(
            @Description("next-action, related-files, likely-error or likely-fix")
            String name,

            @Description("how often there was something to foresee")
            long occasions,

            @Nullable Score recent,
            @Nullable List<DayScore> days,

            @Description("how often the rate of right predictions changed")
            long drifts,

            @Nullable Drift lastDrift) {}

    @RegisterForReflection
    @Description("Scores of predictions, each judged before the model learned what came.")
    public record Score(
            long predictions,
            @Nullable Double hitRate,
            @Nullable Double logLoss,
            @Nullable Double brier,
            @Nullable Double calibrationError) {}

    @RegisterForReflection
    @Description("Scores of one day (UTC).")
    public record DayScore(@Nullable Instant day, @Nullable Score score) {}

    @RegisterForReflection
    @Description("A change of the rate of right predictions.")
    public record Drift(@Nullable Instant at, double before, double after, long predictions) {}

    @RegisterForReflection
    @Description("A model that answers the caller.")
    public record Model(
            @Description("owner-state or shared-patterns") String name,
            @Nullable String scope,
            @Nullable String team,
            @Nullable Integer version,
            @Nullable Long observations,
            @Nullable Instant foldedAt,
            @Nullable Integer epoch,
            @Nullable Instant madeAt,
            @Nullable Long patterns) {}

    /** All of them. */
    @RegisterForReflection
    public record Models(@Nullable List<Model> models) {}

    @RegisterForReflection
    @Description("What may come, the likeliest first.")
    public record Predictions(
            @Nullable String kind,
            @Nullable PredictionModel model,
            @Nullable KnownError pattern,
            @Nullable List<Prediction> predictions) {}

    @RegisterForReflection
    @Description("Which model answered, and how much is in it.")
    public record PredictionModel(
            String name,
            @Nullable String scope,
            @Nullable String team,
            long observations,
            @Nullable Instant foldedAt) {}

    @RegisterForReflection
    @Description("What an error is known as.")
    public record KnownError(
            String id, @Nullable String title, @Nullable String how) {}

    @RegisterForReflection
    @Description("One thing that may come.")
    public record Prediction(
            @Description("an action, a path, or the id of a pattern")
            String subject,

            @Nullable String title,
            double probability,
            @Nullable String reason,
            @Nullable List<EvidenceEvent> evidence) {}
}
