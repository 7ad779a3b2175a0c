package dev.devmentor.pbml.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.drift.ModelScores;
import dev.devmentor.pbml.engine.drift.PrequentialScore;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.Performance;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How well models foresaw what came, as shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Performance", examples = """
        {"scope": "person", "observations": 412, "foldedAt": "2026-03-01T10:00:00Z",
         "models": [{"name": "related-files", "occasions": 96,
           "recent": {"predictions": 96, "hitRate": 0.61, "logLoss": 0.57, "brier": 0.19, "calibrationError": 0.04},
           "days": [{"day": "2026-02-28T00:00:00Z",
             "score": {"predictions": 12, "hitRate": 0.75, "logLoss": 0.49, "brier": 0.16, "calibrationError": 0.11}}],
           "drifts": 1, "lastDrift": {"at": "2026-02-20T09:30:00Z", "before": 0.31, "after": 0.72, "predictions": 25}}]}""")
record PerformanceView(
        @Schema(examples = "person") String scope,
        @Schema(examples = "412") long observations,

        @Nullable @Schema(description = "time of the last observation")
        Instant foldedAt,

        List<OfModel> models) {

    /** How well one model did. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelPerformance")
    record OfModel(
            @Schema(examples = "related-files") String name,

            @Schema(
                    description =
                            "how often there was something to foresee; after 500 every eighth is predicted and judged",
                    examples = "96")
            long occasions,

            @Schema(description = "all predictions, of which the latest thousand count most")
            Score recent,

            @Schema(description = "by day, the oldest first; days without a prediction are left out")
            List<Day> days,

            @Schema(description = "how often the rate of right predictions changed", examples = "1")
            long drifts,

            @Nullable Drift lastDrift) {}

    /** Scores of predictions, each judged before the model learned what came. Absent where there was no prediction. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Score")
    record Score(
            @Schema(examples = "96") long predictions,

            @Nullable @Schema(description = "share of predictions whose likeliest answer came", examples = "0.61")
            Double hitRate,

            @Nullable @Schema(description = "mean of -ln p of what happened", examples = "0.57")
            Double logLoss,

            @Nullable @Schema(description = "mean squared error of the probabilities", examples = "0.19")
            Double brier,

            @Nullable @Schema(description = "expected calibration error over 15 bins", examples = "0.04")
            Double calibrationError) {

        static Score of(PrequentialScore score) {
            return score.predictions() == 0
                    ? new Score(0, null, null, null, null)
                    : new Score(
                            score.predictions(),
                            score.hitRate(),
                            score.logLoss(),
                            score.brier(),
                            score.calibrationError());
        }
    }

    /** Scores of one day. */
    @Schema(name = "DayScore")
    record Day(@Schema(description = "when it began, UTC") Instant day, Score score) {}

    /** A change of the rate of right predictions. */
    @Schema(name = "Drift")
    record Drift(
            @Schema(description = "time of the observation that made it certain")
            Instant at,

            @Schema(examples = "0.31") double before,
            @Schema(examples = "0.72") double after,

            @Schema(description = "predictions of the new rate", examples = "25")
            long predictions) {}

    /**
     * The view of a state.
     *
     * @param from earlier days are left out
     */
    static PerformanceView of(OwnerState state, List<String> models, Instant from) {
        return new PerformanceView(
                "person",
                state.observations(),
                state.observations() == 0
                        ? null
                        : Micros.toInstant(state.folded().atMicros()),
                models.stream()
                        .map(model -> of(state.performance(), model, from))
                        .toList());
    }

    private static OfModel of(Performance performance, String model, Instant from) {
        Performance.Drifted drifted = performance.lastDrift(model);
        return new OfModel(
                model,
                performance.occasions(model),
                Score.of(performance.recent(model)),
                performance.byDay(model).stream()
                        .filter(bucket -> !bucket.from().isBefore(from))
                        .map((ModelScores.Bucket bucket) -> new Day(bucket.from(), Score.of(bucket.score())))
                        .toList(),
                performance.drifts(model),
                drifted == null
                        ? null
                        : new Drift(
                                Micros.toInstant(drifted.key().atMicros()),
                                drifted.before(),
                                drifted.after(),
                                drifted.observations()));
    }
}
