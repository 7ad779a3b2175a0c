package dev.devmentor.pbml.predict;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.ErrorText;
import dev.devmentor.pbml.engine.owner.Likely;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import dev.devmentor.pbml.predict.Predictions.Known;
import dev.devmentor.pbml.predict.Predictions.Model;
import dev.devmentor.pbml.predict.Predictions.Prediction;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a person's model and says on which of their events each answer rests. */
@ApplicationScoped
class Predict {
    private final Models models;
    private final Owners owners;
    private final EvidenceEvents evidence;
    private final SharedFixes sharedFixes;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    Predict(
            Models models,
            Owners owners,
            EvidenceEvents evidence,
            SharedFixes sharedFixes,
            AgroalDataSource dataSource,
            Clock clock) {
        this.models = models;
        this.owners = owners;
        this.evidence = evidence;
        this.sharedFixes = sharedFixes;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * What a model said.
     *
     * @param titles of patterns that are subjects
     * @param members keys of what those patterns hold together
     * @param known the error, if a fix was asked for and the person's model knows it
     * @param keys what the error may be known by elsewhere
     */
    private record Told(
            long observations,
            @Nullable Instant foldedAt,
            List<Likely> likely,
            Map<String, String> titles,
            Map<String, Set<String>> members,
            @Nullable Known known,
            Set<String> keys) {}

    /** @param teams whose knowledge of fixes may stand in */
    Predictions predict(OwnerName person, List<String> teams, Question question) throws SQLException {
        ErrorText text =
                question instanceof Question.FixOfText fix ? ErrorText.read(fix.text(), new MessageMask()) : null;
        long now = Micros.of(clock.instant());
        Told told = models.ask(person, state -> tell(state, question, text, now));
        if (told.likely().isEmpty()
                && (question instanceof Question.FixOfText || question instanceof Question.FixOfPattern)) {
            Predictions shared = shared(teams, question, told);
            if (shared != null) {
                return shared;
            }
            if (told.known() == null && question instanceof Question.FixOfPattern) {
                throw ProblemException.notFound("no such pattern");
            }
        }
        return new Predictions(
                question.model(),
                new Model(question.model(), "person", null, told.observations(), told.foldedAt()),
                told.known(),
                withEvidence(person, question, told));
    }

    private static Told tell(OwnerState state, Question question, @Nullable ErrorText text, long now) {
        List<Likely> likely = List.of();
        Map<String, String> titles = new HashMap<>();
        Map<String, Set<String>> members = new HashMap<>();
        Known known = null;
        Set<String> keys = new HashSet<>();
        switch (question) {
            case Question.NextAction(List<String> actions, int limit) ->
                likely = actions.isEmpty() ? state.nextActions(now, limit) : state.nextActionsAfter(actions, limit);
            case Question.RelatedFiles(String repository, List<String> files, int limit) ->
                likely = state.relatedFiles(repository, files, now, limit);
            case Question.LikelyError(String repository, List<String> files, int limit) -> {
                likely = state.likelyErrors(repository, files, now, limit);
                for (Likely each : likely) {
                    PatternView pattern = state.pattern(each.subject());
                    if (pattern != null) {
                        titles.put(each.subject(), pattern.title());
                        members.put(each.subject(), keysOf(pattern));
                    }
                }
            }
            case Question.FixOfPattern(String id, int limit) -> {
                PatternView pattern = state.pattern(id);
                if (pattern != null) {
                    known = new Known(pattern.id(), pattern.title(), null);
                    keys.addAll(keysOf(pattern));
                    likely = state.likelyFixes(pattern.id(), limit);
                }
            }
            case Question.FixOfText(String _, int limit) -> {
                if (text != null) {
                    keys.add(text.key());
                    OwnerState.KnownText match = state.match(text);
                    if (match != null) {
                        known = new Known(match.pattern().id(), match.pattern().title(), match.how());
                        keys.addAll(keysOf(match.pattern()));
                        likely = state.likelyFixes(match.pattern().id(), limit);
                    }
                }
            }
        }
        Instant foldedAt = state.observations() == 0
                ? null
                : Micros.toInstant(state.folded().atMicros());
        return new Told(state.observations(), foldedAt, likely, titles, members, known, keys);
    }

    private static Set<String> keysOf(PatternView pattern) {
        Set<String> keys = new HashSet<>();
        pattern.parts().forEach(part -> keys.add(part.key()));
        return keys;
    }

    private @Nullable Predictions shared(List<String> teams, Question question, Told told) throws SQLException {
        Known known = told.known();
        String id = known != null ? known.id() : question instanceof Question.FixOfPattern fix ? fix.pattern() : null;
        SharedFixes.Found found;
        try (Connection connection = dataSource.getConnection()) {
            found = sharedFixes.find(connection, teams, id, told.keys());
        }
        if (found == null) {
            return null;
        }
        List<Prediction> fixes = new ArrayList<>();
        for (SharedFixes.Fix fix : found.fixes()) {
            if (fixes.size() < question.limit()) {
                fixes.add(new Prediction(
                        fix.path(),
                        null,
                        fix.probability(),
                        "it was changed when the error went, " + fix.times() + (fix.times() == 1 ? " time" : " times"),
                        List.of()));
            }
        }
        return new Predictions(
                question.model(),
                new Model(
                        question.model(),
                        found.team() == null ? "everyone" : "team",
                        found.team(),
                        found.support(),
                        found.madeAt()),
                known != null ? known : new Known(found.pattern(), found.title(), null),
                fixes);
    }

    private List<Prediction> withEvidence(OwnerName person, Question question, Told told) throws SQLException {
        List<Prediction> predictions = new ArrayList<>();
        if (told.likely().isEmpty()) {
            return predictions;
        }
        try (Connection connection = dataSource.getConnection()) {
            Owner owner = owners.find(connection, person);
            EvidenceEvents.Reader reader = owner == null ? null : evidence.open(connection, owner.id(), told.likely());
            for (Likely likely : told.likely()) {
                predictions.add(new Prediction(
                        likely.subject(),
                        told.titles().get(likely.subject()),
                        likely.probability(),
                        likely.reason(),
                        reader == null ? List.of() : reader.of(likely, wanted(question, likely, told.members()))));
            }
        }
        return predictions;
    }

    /** What of a session shows a prediction. */
    private static EvidenceEvents.Wanted wanted(Question question, Likely likely, Map<String, Set<String>> members) {
        return switch (question) {
            case Question.LikelyError _ -> new EvidenceEvents.AnError(members.getOrDefault(likely.subject(), Set.of()));
            case Question.NextAction(List<String> actions, int _) ->
                new EvidenceEvents.AnAction(likely.subject(), actions.isEmpty() ? null : actions.getLast());
            default -> new EvidenceEvents.AnAction(likely.subject(), null);
        };
    }
}
