package dev.devmentor.learning.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's settings. */
@Path("/api/learning/settings")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Settings")
public class SettingsResource {
    private final Caller caller;
    private final Learners learners;
    private final ChangeSettings changeSettings;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;

    SettingsResource(
            Caller caller,
            Learners learners,
            ChangeSettings changeSettings,
            Transactions transactions,
            AgroalDataSource dataSource) {
        this.caller = caller;
        this.learners = learners;
        this.changeSettings = changeSettings;
        this.transactions = transactions;
        this.dataSource = dataSource;
    }

    /** Settings to change; what is absent stays as it is. */
    @Schema(description = "Settings to change; what is absent stays as it is.")
    public record Change(
            @Nullable String scheduler,
            @Nullable Double desiredRetention,
            @Nullable String zone,
            @Nullable Integer rolloverHour,
            @Nullable Integer againDelayMinutes,
            @Nullable Integer maximumIntervalDays,

            @Schema(description = "whether the due dates of all cards are computed anew; false if absent") @Nullable Boolean reschedule) {

        LearnerSettings applyTo(LearnerSettings now) {
            try {
                return new LearnerSettings(
                        scheduler == null ? now.scheduler() : Scheduler.ofWireName(scheduler),
                        Objects.requireNonNullElse(desiredRetention, now.desiredRetention()),
                        Objects.requireNonNullElse(zone, now.zone()),
                        Objects.requireNonNullElse(rolloverHour, now.rolloverHour()),
                        Objects.requireNonNullElse(againDelayMinutes, now.againDelayMinutes()),
                        Objects.requireNonNullElse(maximumIntervalDays, now.maximumIntervalDays()));
            } catch (IllegalArgumentException | java.time.DateTimeException outOfRange) {
                throw ProblemException.invalid(Objects.requireNonNullElse(outOfRange.getMessage(), "out of range"));
            }
        }
    }

    /** Settings after a change. */
    public record Changed(@JsonUnwrapped SettingsView settings, int rescheduled) {}

    @GET
    @Operation(summary = "The settings in force")
    public SettingsView settings() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            return SettingsView.of(learner == null ? LearnerSettings.DEFAULT : learner.settings());
        }
    }

    @PUT
    @Operation(
            summary = "Change settings",
            description = "Another scheduler or retention decides from the next answer on; due dates move only with"
                    + " \"reschedule\": true.")
    public Changed change(@Nullable Change change) throws SQLException {
        if (change == null) {
            throw ProblemException.invalid("the body is missing");
        }
        String sub = caller.id();
        boolean reschedule = Boolean.TRUE.equals(change.reschedule());
        ChangeSettings.Changed changed = transactions
                .runRetrying(work -> changeSettings.change(work, sub, change::applyTo, reschedule))
                .orElseThrow(() -> ProblemException.notFound("this learner was erased"));
        return new Changed(SettingsView.of(changed.settings()), changed.rescheduled());
    }
}
