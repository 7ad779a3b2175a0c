package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.log.StoredObservation;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import dev.devmentor.pbml.pattern.PatternReport.ActView;
import dev.devmentor.pbml.pattern.PatternReport.EventView;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One pattern with everything that is known of it. */
@ApplicationScoped
public class FindPattern {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ACTS = 100;
    private static final int LONGEST_ID = 64;

    private final Models models;
    private final Owners owners;
    private final ObservationTable log;
    private final ScopedTable table;
    private final AgroalDataSource dataSource;

    FindPattern(Models models, Owners owners, ObservationTable log, ScopedTable table, AgroalDataSource dataSource) {
        this.models = models;
        this.owners = owners;
        this.log = log;
        this.table = table;
        this.dataSource = dataSource;
    }

    /** Answers as if it did not exist what belongs to somebody else. */
    static ProblemException unknown() {
        return ProblemException.notFound("you have no pattern of this id, nor have your teams or everyone");
    }

    /** Whether it can be an id at all. */
    static String checked(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            throw unknown();
        }
        return id;
    }

    /**
     * A person's own pattern, or the one that it was merged into; null if they have none.
     *
     * @throws ProblemException 404 if it can't be the id of any
     */
    public @Nullable PatternView own(String person, String id) throws SQLException {
        String wanted = checked(id);
        return models.ask(OwnerName.person(person), (OwnerState state) -> state.pattern(wanted));
    }

    /**
     * A pattern that a person has a share in through a team or as everyone; null if there is none.
     *
     * @param teams of the person
     * @param scope to look into; null for all that are shared
     */
    public @Nullable PatternSummary shared(List<String> teams, String id, @Nullable String scope) throws SQLException {
        ScopedPattern found = scoped(teams, checked(id), scope == null ? null : PatternScope.parse(scope));
        return found == null ? null : PatternSummary.of(found);
    }

    private @Nullable ScopedPattern scoped(List<String> teams, String id, @Nullable PatternScope scope)
            throws SQLException {
        List<PatternScope> scopes = scope == null ? List.of(PatternScope.TEAM, PatternScope.EVERYONE) : List.of(scope);
        try (Connection connection = dataSource.getConnection()) {
            return table.find(connection, ListPatterns.shared(scopes, teams), id);
        }
    }

    /**
     * A pattern with everything that is known of it: the person's own, else that of a team, else everyone's.
     *
     * @param scope to look into; null for all
     * @throws ProblemException 404 if the person has no such pattern and has a share in none
     */
    PatternReport report(String person, List<String> teams, String id, @Nullable PatternScope scope)
            throws SQLException {
        if (scope == null || scope == PatternScope.PERSON) {
            PatternReport own = ownReport(OwnerName.person(person), checked(id));
            if (own != null) {
                return own;
            }
        }
        ScopedPattern found = scope == PatternScope.PERSON ? null : scoped(teams, checked(id), scope);
        if (found == null) {
            throw unknown();
        }
        PatternDetail detail = found.pattern().detail();
        return new PatternReport(
                PatternSummary.of(found, Integer.MAX_VALUE),
                detail.generated(),
                null,
                PatternReport.PartView.of(detail.parts()),
                PatternReport.StepView.of(detail.lineage()),
                List.of(),
                List.of(),
                found.version(),
                found.epoch());
    }

    private @Nullable PatternReport ownReport(OwnerName person, String id) throws SQLException {
        List<StoredObservation> controls = List.of();
        Owner owner;
        try (Connection connection = dataSource.getConnection()) {
            owner = owners.find(connection, person);
            if (owner != null) {
                controls = log.controls(connection, owner.id());
            }
        }
        if (owner == null) {
            return null;
        }
        List<StoredObservation> acts = controls;
        record Known(PatternView view, List<ActView> history) {}
        Known known = models.ask(person, (OwnerState state) -> {
            PatternView view = state.pattern(id);
            return view == null ? null : new Known(view, history(state, view.id(), acts));
        });
        if (known == null) {
            return null;
        }
        PatternView view = known.view();
        List<EventView> evidence;
        Integer version;
        try (Connection connection = dataSource.getConnection()) {
            evidence = evidence(connection, owner.id(), view);
            version = table.announced(connection, owner.id(), view.id());
        }
        return new PatternReport(
                PatternSummary.of(view, Integer.MAX_VALUE),
                view.generated(),
                view.id().equals(id) ? null : view.id(),
                PatternReport.PartView.of(view.parts()),
                PatternReport.StepView.of(view.lineage()),
                evidence,
                known.history(),
                version,
                null);
    }

    private List<EventView> evidence(Connection connection, long ownerId, PatternView view) throws SQLException {
        Set<UUID> keys = new LinkedHashSet<>(view.refs());
        view.references()
                .forEach(event ->
                        keys.add(EventIdentity.of(event.source(), event.id()).uuid()));
        List<EventView> evidence = new ArrayList<>();
        log.references(connection, ownerId, keys).forEach(event -> evidence.add(EventView.of(event)));
        return evidence.reversed();
    }

    /** What was done with a pattern, and with those that were merged into it. */
    private static List<ActView> history(OwnerState state, String id, List<StoredObservation> controls) {
        List<ActView> history = new ArrayList<>();
        Map<String, Boolean> isThis = new HashMap<>();
        for (StoredObservation control : controls.reversed()) {
            String what = switch (control.kind()) {
                case RENAME -> "renamed";
                case MERGE -> "merged";
                case SPLIT -> "split";
                case RETIRE -> "retired";
                case REVIVE -> "revived";
                case FEEDBACK -> "feedback";
                default -> "";
            };
            if (what.isEmpty() || control.isForgotten() || history.size() == MOST_ACTS) {
                continue;
            }
            JsonNode data = parse(control.data());
            if (isThis.computeIfAbsent(data.path("pattern").asText(), about -> isCalled(state, about, id))) {
                history.add(new ActView(
                        what,
                        Micros.toInstant(control.key().atMicros()),
                        data.hasNonNull("title") ? data.get("title").asText() : null,
                        data.has("others") ? PatternReport.texts(data.get("others")) : null,
                        data.has("members") ? PatternReport.texts(data.get("members")) : null,
                        data.has("helped") ? data.get("helped").asBoolean() : null));
            }
        }
        return history;
    }

    private static boolean isCalled(OwnerState state, String about, String id) {
        if (about.equals(id)) {
            return true;
        }
        PatternView present = state.pattern(about);
        return present != null && present.id().equals(id);
    }

    private static JsonNode parse(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of the log is no JSON", e);
        }
    }
}
