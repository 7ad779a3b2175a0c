package dev.devmentor.pbml.capture;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.kit.KitConfig;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.engine.owner.ErrorText;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.log.EventSource;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.log.Recorded;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.pattern.PatternSummary;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Errors that a client of the caller's saw: into the log, and back with the patterns that they are of. */
@Path("/api/pbml/patterns/capture")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Patterns")
public class CaptureResource {
    /** Source of what comes over this route; ids are those that clients give. */
    static final String SOURCE = EventSource.URI + "/capture";

    private static final int MOST = 200;

    private final Caller caller;
    private final ObservationLog log;
    private final Models models;
    private final Transactions transactions;
    private final KitConfig config;
    private final Clock clock;

    CaptureResource(
            Caller caller,
            ObservationLog log,
            Models models,
            Transactions transactions,
            KitConfig config,
            Clock clock) {
        this.caller = caller;
        this.log = log;
        this.models = models;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    /** Up to 200 errors. */
    @Schema(examples = """
            {"observations": [{"observationId": "o-17", "observedAt": "2026-03-09T16:20:00Z", "origin": "build",
              "status": "seen", "run": "r-4", "command": "./mvnw verify",
              "text": "java.sql.SQLException: connection to 10.0.0.7 refused", "exitCode": 1, "repository": "acme/shop"}]}""")
    public record Batch(@Nullable List<@Nullable CapturedError> observations) {}

    /**
     * What became of an error.
     *
     * @param outcome {@code added}, or {@code repeated}: it was in the log before
     * @param pattern that it is of now; null if it is of none any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record One(
            String observationId, String outcome, @Nullable PatternSummary pattern) {}

    /** For each error, in order, what became of it. */
    @Schema(examples = """
            {"captured": [{"observationId": "o-17", "outcome": "added", "pattern":
              {"id": "error-5f1d0c9b7a3e2468ace013579bdf0246", "kind": "error", "scope": "person",
               "title": "java.sql.SQLException: connection to <*> refused", "state": "candidate", "confidence": 0.15,
               "mean": 0.75, "support": 1, "firstSeen": "2026-03-09T16:20:00Z", "lastSeen": "2026-03-09T16:20:00Z",
               "since": "2026-03-09T16:20:00Z", "repository": "acme/shop", "skills": [], "items": [], "hours": [],
               "fixes": []}}]}""")
    public record Captured(List<One> captured) {}

    @POST
    @Operation(
            summary = "Capture errors that were seen, or that are gone",
            description =
                    "All or none are recorded, in one transaction. Sending the same again does nothing; something else"
                            + " under an observationId that is taken is refused. The patterns are as they are afterwards.")
    public Captured capture(@Nullable Batch batch) throws SQLException {
        List<ErrorObserved> errors = parse(batch);
        OwnerName person = OwnerName.person(caller.id());
        List<Observation> observations = errors.stream()
                .map(error -> new Observation(
                        person,
                        ObservationKind.ERROR,
                        Micros.of(error.observedAt()),
                        SOURCE,
                        error.observationId(),
                        null,
                        new String(EventEncoder.encodeData(EventTypes.ERROR_OBSERVED, error), StandardCharsets.UTF_8)))
                .toList();
        List<Recorded> recorded = transactions.runRetrying(work -> {
            List<Recorded> results = log.record(work, observations);
            for (int i = 0; i < results.size(); i++) {
                refuse(results.get(i), errors.get(i), i);
            }
            return results;
        });
        List<ErrorText> texts = read(errors);
        List<@Nullable PatternSummary> patterns = models.ask(
                person,
                (OwnerState state) ->
                        texts.stream().map(text -> patternOf(state, text)).toList());
        List<One> captured = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            captured.add(new One(
                    errors.get(i).observationId(),
                    recorded.get(i) instanceof Recorded.Added ? "added" : "repeated",
                    patterns.get(i)));
        }
        return new Captured(captured);
    }

    private List<ErrorObserved> parse(@Nullable Batch batch) {
        if (batch == null
                || batch.observations() == null
                || batch.observations().isEmpty()) {
            throw ProblemException.invalid("'observations' is missing or empty");
        }
        if (batch.observations().size() > MOST) {
            throw ProblemException.tooLarge("a request has at most 200 observations");
        }
        String learner = caller.id();
        List<String> teams = caller.teams();
        Instant last = clock.instant().plus(config.consumer().maxAhead());
        List<ErrorObserved> errors = new ArrayList<>();
        for (CapturedError captured : batch.observations()) {
            int index = errors.size();
            if (captured == null) {
                throw ProblemException.invalid(CapturedError.at(index) + " is null");
            }
            ErrorObserved error = captured.toEvent(learner, index, SOURCE);
            if (error.observedAt().isAfter(last)) {
                throw ProblemException.invalid(CapturedError.at(index) + "/observedAt: more than "
                        + config.consumer().maxAhead().toMinutes() + " minutes ahead");
            }
            if (error.team() != null && !teams.contains(error.team())) {
                throw ProblemException.forbidden(CapturedError.at(index) + "/team: you don't belong to this team");
            }
            errors.add(error);
        }
        return errors;
    }

    /** Ends the transaction: nothing of the request is recorded then. */
    private static void refuse(Recorded result, ErrorObserved error, int index) {
        switch (result) {
            case Recorded.Added _, Recorded.Repeated _ -> {}
            case Recorded.Contradicting _ ->
                throw ProblemException.conflict(
                        "conflicting-duplicate",
                        CapturedError.at(index) + ": something else was recorded as observation "
                                + error.observationId() + " before; nothing of this request was recorded");
            case Recorded.OfErased _ -> throw ProblemException.notFound("this person was erased");
        }
    }

    private static List<ErrorText> read(List<ErrorObserved> errors) {
        MessageMask mask = new MessageMask();
        return errors.stream().map(error -> ErrorText.read(error.text(), mask)).toList();
    }

    private static @Nullable PatternSummary patternOf(OwnerState state, ErrorText text) {
        OwnerState.KnownText known = state.match(text);
        return known == null ? null : PatternSummary.of(known.pattern());
    }
}
