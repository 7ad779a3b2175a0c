package dev.devmentor.learning.fit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.LearningConfig;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.WeightsDetail;
import dev.devmentor.learning.log.EntryTable;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** The caller's models: which weights are in use, and fitting them now. */
@Path("/api/learning/models")
@RolesAllowed(Caller.LEARNER)
@Tag(name = "Models")
public class ModelResource {
    private final Caller caller;
    private final Learners learners;
    private final EntryTable entries;
    private final FitTable table;
    private final FitWeights fitWeights;
    private final LearningConfig.Fit config;
    private final AgroalDataSource dataSource;

    ModelResource(
            Caller caller,
            Learners learners,
            EntryTable entries,
            FitTable table,
            FitWeights fitWeights,
            LearningConfig config,
            AgroalDataSource dataSource) {
        this.caller = caller;
        this.learners = learners;
        this.entries = entries;
        this.table = table;
        this.fitWeights = fitWeights;
        this.config = config.fit();
        this.dataSource = dataSource;
    }

    /**
     * Models in use.
     *
     * @param version 0 for the default weights, then rising with every fit that took over
     * @param nextFitAtEntries length of the log at which the next fit is made in the background
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"version": 1,
             "fsrs6": [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
              0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542],
             "fsrs7": [0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807, 1.9795, 0.0, 1.3826, 0.7024, 0.5999,
              0.8146, 0.6398, 1.0, 1.3207, 0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869, 0.1567, 0.0801, 0.2421,
              0.9464, 0.1433, 0.7145, 0.0, 0.5667, 0.3734, 0.5333, 0.3048],
             "recallOffset": -0.08, "entries": 4501, "lastFitAt": "2026-03-01T10:00:00Z", "nextFitAtEntries": 5402,
             "history": [{"version": 1, "at": "2026-03-01T10:00:00Z", "reviews": 4320, "lossBefore": 0.361,
              "lossAfter": 0.342}]}""")
    public record ModelsView(
            int version,

            @Schema(description = "21 weights of FSRS-6") double[] fsrs6,

            @Schema(description = "34 weights of FSRS-7") double[] fsrs7,

            @Schema(description = "added to the log odds of predictions, for how the last answers went")
            double recallOffset,

            long entries,
            @Nullable Instant lastFitAt,
            long nextFitAtEntries,
            List<Version> history) {}

    /**
     * Weights that took over.
     *
     * @param reviews how many answers the fit had seen
     * @param lossBefore mean log loss of the default weights on the held-out last fifth, by FSRS-7
     * @param lossAfter the same of the trial fit, as far as it was followed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(
            int version,
            Instant at,
            int reviews,
            @Nullable Double lossBefore,
            @Nullable Double lossAfter) {}

    /** A step of a fit; the last one has what came of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"stage": "done", "reviews": 4320, "fsrs6": "kept", "fsrs7": "fitted", "lossBefore": 0.361,
             "lossAfter": 0.342, "version": 2}""")
    public record Progress(
            @Schema(description = "reading, fitting, folding or done")
            String stage,

            @Nullable Integer reviews,

            @Schema(description = "defaults, kept or fitted") @Nullable String fsrs6,

            @Schema(description = "defaults, kept or fitted") @Nullable String fsrs7,

            @Nullable Double lossBefore,
            @Nullable Double lossAfter,
            @Nullable Integer version) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    @Operation(summary = "The weights in use, and which were before")
    public ModelsView models() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            if (learner == null) {
                return view(Models.DEFAULT, FitTable.Kept.NOTHING, 0, List.of());
            }
            List<Version> versions = new ArrayList<>();
            entries.weightsOf(connection, learner.id()).forEach((at, json) -> {
                WeightsDetail detail = WeightsDetail.parse(json);
                versions.add(new Version(
                        detail.models().version(),
                        Micros.toInstant(at),
                        detail.reviews(),
                        Double.isNaN(detail.lossBefore()) ? null : detail.lossBefore(),
                        Double.isNaN(detail.lossAfter()) ? null : detail.lossAfter()));
            });
            return view(
                    learner.models(),
                    table.of(connection, learner.id()),
                    entries.count(connection, learner.id()),
                    versions);
        }
    }

    @POST
    @Path("/fit")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    @Operation(
            summary = "Fit the weights to one's reviews now",
            description =
                    "New weights take over only if they predict better on the last fifth of the reviews, which they"
                            + " have not seen. Due dates stay; PUT settings with \"reschedule\": true moves them. Closing the"
                            + " connection cancels.")
    public Multi<Progress> fit() throws SQLException {
        String sub = caller.id();
        try (Connection connection = dataSource.getConnection()) {
            if (learners.find(connection, sub) == null) {
                throw ProblemException.notFound("you have no reviews yet");
            }
        }
        return Multi.createFrom()
                .emitter(emitter -> Thread.ofPlatform().name("fit-weights-now").start(() -> {
                    try {
                        Optional<FitWeights.Fitted> outcome = fitWeights.fit(
                                sub,
                                stage -> emitter.emit(new Progress(
                                        stage.name().toLowerCase(Locale.ROOT), null, null, null, null, null, null)),
                                emitter::isCancelled);
                        if (outcome.isEmpty()) {
                            emitter.fail(
                                    ProblemException.conflict("fit-running", "your weights are being fitted already"));
                        } else {
                            FitWeights.Fitted fitted = outcome.get();
                            emitter.emit(new Progress(
                                    "done",
                                    fitted.reviews(),
                                    fitted.fsrs6().name().toLowerCase(Locale.ROOT),
                                    fitted.fsrs7().name().toLowerCase(Locale.ROOT),
                                    Double.isNaN(fitted.lossBefore()) ? null : fitted.lossBefore(),
                                    Double.isNaN(fitted.lossAfter()) ? null : fitted.lossAfter(),
                                    fitted.version()));
                            emitter.complete();
                        }
                    } catch (SQLException | RuntimeException failure) {
                        emitter.fail(failure);
                    }
                }));
    }

    private ModelsView view(Models models, FitTable.Kept kept, long count, List<Version> history) {
        return new ModelsView(
                models.version(),
                models.fsrs6().weights().toArray(),
                models.fsrs7().weights().toArray(),
                kept.offset().offset(),
                count,
                kept.fittedMicros() == null ? null : Micros.toInstant(kept.fittedMicros()),
                Math.max(config.leastReviews(), (long) Math.ceil(kept.entries() * config.growth())),
                history);
    }
}
