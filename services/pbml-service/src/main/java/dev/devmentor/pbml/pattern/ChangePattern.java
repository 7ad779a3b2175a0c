package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.log.Controls;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person does with patterns of their own: an entry of the log, if it is possible at all. What is shared follows from what
 * people showed, and nobody changes it.
 */
@ApplicationScoped
class ChangePattern {
    private static final Set<PatternKind> OF_LEARNING =
            EnumSet.of(PatternKind.MISTAKE, PatternKind.CONFUSION, PatternKind.RHYTHM);

    private final Models models;
    private final FindPattern find;
    private final OwnEntries entries;

    ChangePattern(Models models, FindPattern find, OwnEntries entries) {
        this.models = models;
        this.find = find;
        this.entries = entries;
    }

    /** What is to be done. */
    sealed interface Change {
        /** @param title null takes the person's title back */
        record Rename(@Nullable String title) implements Change {}

        record Merge(List<String> others) implements Change {}

        record Split(List<String> members) implements Change {}

        record Retire(boolean retired) implements Change {}
    }

    /**
     * Changes a pattern.
     *
     * @param teams of the person
     * @return the pattern afterwards
     * @throws ProblemException 400, 403, 404 or 409 if it is not possible
     */
    PatternSummary change(String person, List<String> teams, String id, Change change, @Nullable String idempotencyKey)
            throws SQLException {
        PatternView view = own(person, teams, id);
        OwnerName name = OwnerName.person(person);
        // What was done already need not be possible once more.
        boolean done = entries.isKnown(name, idempotencyKey)
                || switch (change) {
                    case Change.Rename _ -> false;
                    case Change.Merge(List<String> others) -> isMerged(name, view, others);
                    case Change.Split(List<String> members) -> {
                        requireSplittable(view, members);
                        yield false;
                    }
                    case Change.Retire(boolean retired) -> retired == (view.state() == LifeState.RETIRED);
                };
        if (!done || idempotencyKey != null) {
            entries.append(name, idempotencyKey, (at, eventId) -> switch (change) {
                case Change.Rename(String title) -> Controls.rename(name, at, eventId, id, title);
                case Change.Merge(List<String> others) -> Controls.merge(name, at, eventId, id, others);
                case Change.Split(List<String> members) -> Controls.split(name, at, eventId, id, members);
                case Change.Retire(boolean retired) -> Controls.retire(name, at, eventId, id, retired);
            });
        }
        return PatternSummary.of(own(person, teams, id));
    }

    private PatternView own(String person, List<String> teams, String id) throws SQLException {
        PatternView view = find.own(person, id);
        if (view != null) {
            return view;
        }
        if (find.shared(teams, id, null) != null) {
            throw ProblemException.forbidden(
                    "this pattern is shared: it follows from what people showed, and only your own can be changed");
        }
        throw FindPattern.unknown();
    }

    /** Whether nothing is left to merge. */
    private boolean isMerged(OwnerName person, PatternView into, List<String> others) throws SQLException {
        if (OF_LEARNING.contains(into.kind())) {
            throw ProblemException.conflict("not-mergeable", "patterns of learning can't be merged");
        }
        Set<String> left = new LinkedHashSet<>();
        models.ask(person, (OwnerState state) -> {
            for (String other : others) {
                PatternView from = state.pattern(other);
                if (from == null) {
                    throw ProblemException.notFound("you have no pattern of one of the ids in 'merge'");
                }
                if (from.kind() != into.kind()) {
                    throw ProblemException.conflict(
                            "not-mergeable",
                            "a pattern of kind " + from.kind().wireName() + " can't be merged into one of kind "
                                    + into.kind().wireName());
                }
                if (!from.id().equals(into.id())) {
                    left.add(from.id());
                }
            }
            return null;
        });
        return left.isEmpty();
    }

    private static void requireSplittable(PatternView view, List<String> members) {
        Set<String> keys = new HashSet<>();
        view.parts().forEach(part -> keys.add(part.key()));
        Set<String> wanted = new HashSet<>(members);
        if (OF_LEARNING.contains(view.kind())) {
            throw ProblemException.invalid("a pattern of learning has no members to split off");
        }
        if (!keys.containsAll(wanted)) {
            throw ProblemException.invalid("'split' names something that is no part of this pattern");
        }
        if (wanted.size() == keys.size()) {
            throw ProblemException.invalid("'split' names all parts of this pattern: nothing would stay");
        }
    }
}
