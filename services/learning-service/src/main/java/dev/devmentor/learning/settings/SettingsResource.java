package dev.devmentor.learning.settings;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Scheduler;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.Preferences;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    @Schema(
            description = "Settings to change; what is absent stays as it is.",
            examples = "{\"desiredRetention\": 0.92, \"zone\": \"Europe/Vienna\", \"reschedule\": true}")
    public record Change(
            @Nullable String scheduler,
            @Nullable Double desiredRetention,
            @Nullable String zone,
            @Nullable Integer rolloverHour,
            @Nullable Integer againDelayMinutes,
            @Nullable Integer maximumIntervalDays,
            @Nullable Boolean fuzz,
            @Nullable Boolean loadBalance,
            @Nullable List<Double> easyDays,
            @Nullable Boolean burySiblings,
            @Nullable Integer newPerDay,
            @Nullable Integer reviewsPerDay,
            @Nullable Integer leechThreshold,
            @Nullable Double targetSuccess,
            @Nullable Integer minutesPerDay,
            @Nullable Boolean hints,

            @Schema(
                    description = "decks to change, by name; a deck without any value is as everywhere again",
                    examples = "{\"sql\": {\"scheduler\": \"fsrs6\", \"desiredRetention\": 0.85}}")
            @Nullable Map<String, SettingsView.@Nullable DeckView> decks,

            @Schema(
                    description = "skills to change, by id; null is as everywhere again",
                    examples = "{\"kafka.partitions\": 0.95}")
            @Nullable Map<String, @Nullable Double> skillRetention,

            @Schema(description = "whether the due dates of all cards are computed anew; false if absent") @Nullable Boolean reschedule) {

        private static final int LONGEST_NAME = 128;

        LearnerSettings applyTo(LearnerSettings now) {
            return checked(() -> new LearnerSettings(
                    scheduler == null ? now.scheduler() : Scheduler.ofWireName(scheduler),
                    requireNonNullElse(desiredRetention, now.desiredRetention()),
                    requireNonNullElse(zone, now.zone()),
                    requireNonNullElse(rolloverHour, now.rolloverHour()),
                    requireNonNullElse(againDelayMinutes, now.againDelayMinutes()),
                    requireNonNullElse(maximumIntervalDays, now.maximumIntervalDays()),
                    requireNonNullElse(fuzz, now.fuzz()),
                    decksAfter(now.decks()),
                    skillsAfter(now.skillRetention())));
        }

        Preferences applyTo(Preferences now) {
            return checked(() -> new Preferences(
                    requireNonNullElse(loadBalance, now.loadBalance()),
                    requireNonNullElse(easyDays, now.easyDays()),
                    requireNonNullElse(burySiblings, now.burySiblings()),
                    requireNonNullElse(newPerDay, now.newPerDay()),
                    requireNonNullElse(reviewsPerDay, now.reviewsPerDay()),
                    requireNonNullElse(leechThreshold, now.leechThreshold()),
                    requireNonNullElse(targetSuccess, now.targetSuccess()),
                    requireNonNullElse(minutesPerDay, now.minutesPerDay()),
                    requireNonNullElse(hints, now.hints())));
        }

        private Map<String, LearnerSettings.Deck> decksAfter(Map<String, LearnerSettings.Deck> now) {
            if (decks == null) {
                return now;
            }
            Map<String, LearnerSettings.Deck> after = new HashMap<>(now);
            decks.forEach((name, deck) -> {
                requireName("the name of a deck", name);
                if (deck == null || (deck.scheduler() == null && deck.desiredRetention() == null)) {
                    after.remove(name);
                } else {
                    after.put(
                            name,
                            new LearnerSettings.Deck(
                                    deck.scheduler() == null ? null : Scheduler.ofWireName(deck.scheduler()),
                                    deck.desiredRetention()));
                }
            });
            return after;
        }

        private Map<String, Double> skillsAfter(Map<String, Double> now) {
            if (skillRetention == null) {
                return now;
            }
            Map<String, Double> after = new HashMap<>(now);
            skillRetention.forEach((skill, retention) -> {
                requireName("the id of a skill", skill);
                if (retention == null) {
                    after.remove(skill);
                } else {
                    after.put(skill, retention);
                }
            });
            return after;
        }

        private static void requireName(String what, String name) {
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException(what + " has 1 to 128 characters");
            }
        }

        private static <T> T checked(Supplier<T> values) {
            try {
                return values.get();
            } catch (IllegalArgumentException | java.time.DateTimeException outOfRange) {
                throw ProblemException.invalid(requireNonNullElse(outOfRange.getMessage(), "out of range"));
            } catch (NullPointerException missing) {
                throw ProblemException.invalid("'easyDays' is seven numbers from 0 to 1, Monday first");
            }
        }
    }

    /**
     * Settings after a change.
     *
     * @param rescheduled cards whose due date was computed anew
     * @param rescheduleId by which that can be taken back
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            examples = "{" + SettingsView.EXAMPLE
                    + ", \"rescheduled\": 110, \"rescheduleId\": \"b7b1a1e0-5a0e-4b62-8b3d-1f0a6c9e7d21\"}")
    public record Changed(
            @JsonUnwrapped SettingsView settings,
            int rescheduled,
            @Nullable String rescheduleId) {}

    /**
     * What was taken back.
     *
     * @param restored cards that have the due date that they would have without
     */
    @Schema(examples = "{\"restored\": 110}")
    public record Restored(int restored) {}

    @GET
    @Operation(summary = "The settings in force")
    public SettingsView settings() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            return learner == null
                    ? SettingsView.of(LearnerSettings.DEFAULT, Preferences.DEFAULT)
                    : SettingsView.of(learner.settings(), learner.preferences());
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
                .runRetrying(work -> changeSettings.change(work, sub, change::applyTo, change::applyTo, reschedule))
                .orElseThrow(() -> ProblemException.notFound("this learner was erased"));
        return new Changed(
                SettingsView.of(changed.settings(), changed.preferences()),
                changed.rescheduled(),
                reschedule ? changed.id() : null);
    }

    @POST
    @Path("/reschedules/{id}/undo")
    @Operation(
            summary = "Take a move of all due dates back",
            description =
                    "The settings stay as they are; cards have the due dates again that they would have without it,"
                            + " to the bit. Cards that were answered since are not touched.")
    public Restored undo(@Parameter(example = "b7b1a1e0-5a0e-4b62-8b3d-1f0a6c9e7d21") @PathParam("id") String id)
            throws SQLException {
        String sub = caller.id();
        return new Restored(transactions
                .runRetrying(work -> changeSettings.undoReschedule(work, sub, id))
                .orElseThrow(() -> ProblemException.notFound("you have changed no settings under this id")));
    }
}
