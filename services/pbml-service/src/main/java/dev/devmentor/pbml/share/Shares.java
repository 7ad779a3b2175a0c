package dev.devmentor.pbml.share;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternShare;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.engine.template.MessageMask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an owner's state contributes. Teams get what was done for them, with files; everyone gets the whole evidence of what
 * is about errors, lines, actions and questions, without anything that {@link PublicText} takes out.
 */
final class Shares {
    private static final int MOST_FIXES = 32;
    private static final int MOST_NAMES = 32;

    private static final Comparator<PatternShare.TeamFix> OFTEN_AND_LATELY = Comparator.comparingInt(
                    PatternShare.TeamFix::times)
            .thenComparingLong(PatternShare.TeamFix::lastMicros)
            .reversed()
            .thenComparing(PatternShare.TeamFix::path);

    private final OwnerState state;
    private final boolean everyone;
    private final MessageMask mask = new MessageMask();
    private final SortedMap<SharedKey, Contribution> contributions = new TreeMap<>();

    private Shares(OwnerState state, boolean everyone) {
        this.state = state;
        this.everyone = everyone;
    }

    /**
     * What some patterns contribute, and all that was said of patterns that only others have.
     *
     * @param everyone whether to contribute to what everyone sees
     */
    static SortedMap<SharedKey, Contribution> of(OwnerState state, boolean everyone, Collection<PatternView> patterns) {
        Shares shares = new Shares(state, everyone);
        patterns.forEach(shares::add);
        state.judgementsOfOthers().forEach(shares::add);
        return shares.contributions;
    }

    private void add(PatternView view) {
        PatternShare share = state.share(view.id());
        if (share == null) {
            return;
        }
        if (state.sharesWithTeams()) {
            share.byTeam().forEach((team, theirs) -> toTeam(view, share, team, theirs));
            for (String team : share.judgedFor()) {
                if (!share.byTeam().containsKey(team)) {
                    judged(SharedKey.ofTeam(team, view.id()), view.kind(), share.judgement());
                }
            }
        }
        if (everyone) {
            toEveryone(view, share.judgement());
        }
    }

    private void add(PatternShare.Judgement judgement) {
        PatternKind kind = kindOf(judgement.pattern());
        if (kind == null) {
            return;
        }
        if (state.sharesWithTeams()) {
            for (String team : judgement.teams()) {
                judged(SharedKey.ofTeam(team, judgement.pattern()), kind, judgement.evidence());
            }
        }
        if (everyone && isForEveryone(kind)) {
            judged(SharedKey.ofEveryone(judgement.pattern()), kind, judgement.evidence());
        }
    }

    private void put(Contribution contribution) {
        contributions.put(contribution.key(), contribution);
    }

    private void judged(SharedKey key, PatternKind kind, Evidence judgement) {
        if (judgement.count() > 0) {
            long at = micros(judgement);
            put(new Contribution(key, kind, "", judgement, 0, at, at, Contribution.Detail.NONE));
        }
    }

    private void toTeam(PatternView view, PatternShare share, String team, PatternShare.OfTeam theirs) {
        List<PatternView.Part> parts = new ArrayList<>();
        for (PatternView.Part part : view.parts()) {
            if (theirs.members().contains(part.key())) {
                parts.add(part);
            }
        }
        List<PatternShare.TeamFix> fixes = theirs.fixes().stream()
                .sorted(OFTEN_AND_LATELY)
                .limit(MOST_FIXES)
                .toList();
        // Only what was done for this team counts, so its own evidence says when that was.
        long last = micros(theirs.evidence());
        put(new Contribution(
                SharedKey.ofTeam(team, view.id()),
                view.kind(),
                parts.isEmpty() ? view.generated() : parts.getFirst().title(),
                theirs.evidence().plus(share.judgement()),
                number(theirs.evidence().count()),
                Math.min(view.firstMicros(), last),
                last,
                new Contribution.Detail(sorted(parts), fixes, List.of(), List.of())));
    }

    private void toEveryone(PatternView view, Evidence judgement) {
        SharedKey key = SharedKey.ofEveryone(view.id());
        switch (view.kind()) {
            case TEMPLATE, ERROR, SEQUENCE -> {
                List<PatternView.Part> parts = new ArrayList<>();
                for (PatternView.Part part : view.parts()) {
                    parts.add(new PatternView.Part(
                            part.key(),
                            PublicText.of(part.title(), mask),
                            part.support(),
                            part.firstMicros(),
                            part.lastMicros()));
                }
                put(new Contribution(
                        key,
                        view.kind(),
                        PublicText.of(view.generated(), mask),
                        view.evidence(),
                        view.support(),
                        view.firstMicros(),
                        view.lastMicros(),
                        new Contribution.Detail(sorted(parts), List.of(), List.of(), List.of())));
            }
            case MISTAKE, CONFUSION -> {
                if (view.state() == LifeState.ACTIVE) {
                    learning(key, view, judgement);
                } else {
                    judged(key, view.kind(), judgement);
                }
            }
            case RELATED_FILES, RHYTHM -> {
                // Of a repository, or of one person alone.
            }
        }
    }

    /** A person whose answers show it is one observation: how clearly they do can't be added up. */
    private void learning(SharedKey key, PatternView view, Evidence judgement) {
        List<String> subjects = view.items().isEmpty() ? view.skills() : view.items();
        List<String> shown = new ArrayList<>();
        for (String subject : subjects) {
            shown.add(PublicText.isPlain(subject) ? subject : "<*>");
        }
        put(new Contribution(
                key,
                view.kind(),
                String.join(" and ", shown)
                        + (view.kind() == PatternKind.MISTAKE ? " are missed together" : " are taken for one another"),
                judgement.plus(Evidence.none().with(Micros.toInstant(view.lastMicros()), true)),
                1,
                view.lastMicros(),
                view.lastMicros(),
                new Contribution.Detail(List.of(), List.of(), plain(view.skills()), plain(view.items()))));
    }

    private static List<String> plain(List<String> names) {
        return names.stream().filter(PublicText::isPlain).limit(MOST_NAMES).toList();
    }

    private static List<PatternView.Part> sorted(List<PatternView.Part> parts) {
        return parts.stream()
                .sorted(Comparator.comparing(PatternView.Part::key))
                .toList();
    }

    private static boolean isForEveryone(PatternKind kind) {
        return switch (kind) {
            case TEMPLATE, ERROR, SEQUENCE, MISTAKE, CONFUSION -> true;
            case RELATED_FILES, RHYTHM -> false;
        };
    }

    /** The kind stands in the id; null if it is no id of a pattern. */
    static @Nullable PatternKind kindOf(String pattern) {
        int end = pattern.lastIndexOf('-');
        for (PatternKind kind : PatternKind.values()) {
            if (end > 0 && pattern.substring(0, end).equals(kind.wireName())) {
                return kind;
            }
        }
        return null;
    }

    private static long micros(Evidence evidence) {
        return Micros.of(evidence.lastAt());
    }

    private static int number(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }
}
