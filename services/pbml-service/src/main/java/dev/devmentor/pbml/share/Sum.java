package dev.devmentor.pbml.share;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.confidence.LifeCycle;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternShare;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.PatternJson;
import dev.devmentor.pbml.owner.OwnerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What several owners know of one pattern, added up. It does not depend on the order in which they come, nor on how they were
 * grouped before; what is chosen among several texts is chosen by how many people showed it, and then by the text itself.
 */
final class Sum {
    /** What fewer people of a team show, and no repository of it, stays theirs. */
    static final int FEWEST_OF_TEAM = 2;
    /** What fewer people show stays theirs, and so does each text that is part of it. */
    static final int FEWEST_OF_EVERYONE = 3;

    private static final LifeCycle RULES = OwnerState.RULES;
    private static final int MOST_PARTS = 64;
    private static final int MOST_FIXES = 32;
    /** More than there are edges between states: no way is longer. */
    private static final int REVIEWS = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SharedKey key;
    private final PatternKind kind;
    private int people;
    private int repositories;
    private Evidence evidence = Evidence.none();
    private long support;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private final Votes titles = new Votes();
    private final SortedMap<String, PartSum> parts = new TreeMap<>();
    private final SortedMap<String, FixSum> fixes = new TreeMap<>();
    private final Votes skills = new Votes();
    private final Votes items = new Votes();

    Sum(SharedKey key, PatternKind kind) {
        this.key = key;
        this.kind = kind;
    }

    /** How many people, and how many owners, showed a text. */
    private static final class Votes {
        private final SortedMap<List<String>, int[]> byText = new TreeMap<>(Votes::compare);

        void add(List<String> text, int people, int owners) {
            int[] votes = byText.computeIfAbsent(text, _ -> new int[2]);
            votes[0] += people;
            votes[1] += owners;
        }

        void add(Votes other) {
            other.byText.forEach((text, votes) -> add(text, votes[0], votes[1]));
        }

        /** The one that most owners showed, and fewest people at least; of several the first. */
        @Nullable List<String> winner(int fewest) {
            List<String> best = null;
            int most = 0;
            for (Map.Entry<List<String>, int[]> text : byText.entrySet()) {
                int[] votes = text.getValue();
                if (votes[0] >= fewest && votes[1] > most) {
                    best = text.getKey();
                    most = votes[1];
                }
            }
            return best;
        }

        /** The same, of what stands before a colon. */
        Votes beginnings() {
            Votes beginnings = new Votes();
            byText.forEach((text, votes) -> {
                String whole = text.getFirst();
                int colon = whole.indexOf(": ");
                if (colon > 0) {
                    beginnings.add(List.of(whole.substring(0, colon)), votes[0], votes[1]);
                }
            });
            return beginnings;
        }

        private static int compare(List<String> a, List<String> b) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                int byText = a.get(i).compareTo(b.get(i));
                if (byText != 0) {
                    return byText;
                }
            }
            return Integer.compare(a.size(), b.size());
        }
    }

    private static final class PartSum {
        int people;
        long support;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        final Votes titles = new Votes();

        void add(int person, long observations, long firstAt, long lastAt) {
            people += person;
            support += observations;
            first = Math.min(first, firstAt);
            last = Math.max(last, lastAt);
        }
    }

    private static final class FixSum {
        Evidence evidence = Evidence.none();
        long times;
        long last = Long.MIN_VALUE;

        @Nullable String commit;

        void add(Evidence more, long moreTimes, long at, @Nullable String by) {
            evidence = evidence.plus(more);
            times += moreTimes;
            if (at > last) {
                last = at;
                commit = by;
            } else if (at == last && by != null && (commit == null || by.compareTo(commit) > 0)) {
                commit = by;
            }
        }
    }

    /** With what one owner adds. */
    void add(OwnerKind owner, Contribution contribution) {
        evidence = evidence.plus(contribution.evidence());
        firstMicros = Math.min(firstMicros, contribution.firstMicros());
        lastMicros = Math.max(lastMicros, contribution.lastMicros());
        if (!contribution.isShown()) {
            return;
        }
        int person = owner == OwnerKind.PERSON ? 1 : 0;
        people += person;
        repositories += 1 - person;
        support += contribution.support();
        titles.add(List.of(contribution.title()), person, 1);
        for (PatternView.Part part : contribution.detail().parts()) {
            PartSum sum = parts.computeIfAbsent(part.key(), _ -> new PartSum());
            sum.add(person, part.support(), part.firstMicros(), part.lastMicros());
            sum.titles.add(List.of(part.title()), person, 1);
        }
        for (PatternShare.TeamFix fix : contribution.detail().fixes()) {
            fixes.computeIfAbsent(fix.path(), _ -> new FixSum())
                    .add(fix.evidence(), fix.times(), fix.lastMicros(), fix.commit());
        }
        skills.add(contribution.detail().skills(), person, 1);
        items.add(contribution.detail().items(), person, 1);
    }

    /** With what was added up elsewhere. */
    void add(Sum other) {
        evidence = evidence.plus(other.evidence);
        firstMicros = Math.min(firstMicros, other.firstMicros);
        lastMicros = Math.max(lastMicros, other.lastMicros);
        people += other.people;
        repositories += other.repositories;
        support += other.support;
        titles.add(other.titles);
        other.parts.forEach((part, theirs) -> {
            PartSum sum = parts.computeIfAbsent(part, _ -> new PartSum());
            sum.add(theirs.people, theirs.support, theirs.first, theirs.last);
            sum.titles.add(theirs.titles);
        });
        other.fixes.forEach((path, theirs) -> fixes.computeIfAbsent(path, _ -> new FixSum())
                .add(theirs.evidence, theirs.times, theirs.last, theirs.commit));
        skills.add(other.skills);
        items.add(other.items);
    }

    private boolean isEnough() {
        return switch (key.scope()) {
            case TEAM -> people >= FEWEST_OF_TEAM || repositories > 0;
            case EVERYONE -> people >= FEWEST_OF_EVERYONE;
        };
    }

    /** People who must have shown a text before it is told. */
    private int fewest() {
        return key.scope() == SharedScope.EVERYONE ? FEWEST_OF_EVERYONE : 0;
    }

    /** Keys of what it holds together, as far as they may be told. */
    List<String> members() {
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, PartSum> part : known()) {
            members.add(part.getKey());
        }
        return members;
    }

    private List<Map.Entry<String, PartSum>> known() {
        return parts.entrySet().stream()
                .filter(part -> part.getValue().people >= fewest())
                .sorted(Comparator.comparingLong((Map.Entry<String, PartSum> part) -> -part.getValue().support)
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_PARTS)
                .toList();
    }

    /** The pattern that it makes; null if too few showed it. */
    @Nullable SharedPattern pattern(int epoch) {
        if (!isEnough()) {
            return null;
        }
        Instant at = evidence.lastAt().equals(Instant.MIN) ? Micros.toInstant(lastMicros) : evidence.lastAt();
        var posterior = evidence.posterior(RULES.prior(), at);
        String title = title(titles);
        return new SharedPattern(
                key.scope(),
                key.scopeId(),
                key.pattern(),
                kind,
                settled(evidence, at),
                posterior.quantile(RULES.bound()),
                posterior.mean(),
                number(support),
                firstMicros,
                lastMicros,
                Micros.of(at),
                title,
                detail(title, at),
                people,
                epoch,
                0);
    }

    /**
     * Where the evidence alone leads: reviewed from the beginning until nothing changes. So the state says nothing of how the
     * sum came about.
     */
    static LifeState settled(Evidence evidence, Instant at) {
        LifeState state = LifeState.CANDIDATE;
        for (int i = 0; i < REVIEWS; i++) {
            LifeState next = RULES.review(state, at, evidence, at);
            if (next == state) {
                break;
            }
            state = next;
        }
        return state;
    }

    private String title(Votes from) {
        List<String> winner = from.winner(fewest());
        if (winner == null) {
            winner = from.beginnings().winner(fewest());
        }
        return winner == null
                ? "a pattern of kind " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : winner.getFirst();
    }

    private String detail(String title, Instant at) {
        ObjectNode json = JSON.createObjectNode();
        json.put("generated", title);
        PatternJson.putParts(
                json,
                known().stream()
                        .map(part -> told(part.getKey(), part.getValue()))
                        .toList());
        PatternJson.putFixes(json, fixes(at));
        PatternJson.putTexts(json, "skills", names(skills));
        PatternJson.putTexts(json, "items", names(items));
        return json.toString();
    }

    private PatternView.Part told(String member, PartSum sum) {
        return new PatternView.Part(member, title(sum.titles), number(sum.support), sum.first, sum.last);
    }

    private List<PatternView.KnownFix> fixes(Instant at) {
        List<PatternView.KnownFix> known = new ArrayList<>();
        fixes.forEach((path, fix) -> {
            var helps = fix.evidence.posterior(RULES.prior(), at);
            known.add(new PatternView.KnownFix(
                    path,
                    number(fix.times),
                    helps.mean(),
                    helps.quantile(RULES.bound()),
                    fix.last,
                    fix.commit,
                    List.of()));
        });
        known.sort(Comparator.comparingDouble(PatternView.KnownFix::lower)
                .thenComparingLong(PatternView.KnownFix::lastMicros)
                .reversed()
                .thenComparing(PatternView.KnownFix::path));
        return known.size() > MOST_FIXES ? known.subList(0, MOST_FIXES) : known;
    }

    /** Skills that most agree on, without repeats. */
    List<String> skills() {
        return names(skills);
    }

    /** Items that most agree on. */
    List<String> items() {
        return names(items);
    }

    private List<String> names(Votes from) {
        List<String> winner = from.winner(fewest());
        return winner == null ? List.of() : List.copyOf(new TreeSet<>(winner));
    }

    private static int number(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }
}
