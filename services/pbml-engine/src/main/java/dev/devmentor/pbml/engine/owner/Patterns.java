package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.LifeCycle;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternView.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one owner. States change when a session ends, so that they don't depend on how observations were grouped
 * when they were folded.
 */
final class Patterns {
    static final LifeCycle RULES = LifeCycle.DEFAULT;

    /** Ids that were merged into another one, and still lead there. */
    private static final int MERGED = 10_000;
    /** So many go at once when there is no more room. */
    private static final int EVICTED_OF = 20;

    private final OwnerLimits limits;
    private final Map<String, Pattern> byId = new LinkedHashMap<>();
    private final Map<String, String> idOfMember = new HashMap<>();
    private final LinkedHashMap<String, String> mergedInto = new LinkedHashMap<>();
    private final Judgements judgements = new Judgements();
    /** Observed since the last review. */
    private final Set<String> unreviewed = new LinkedHashSet<>();

    /** What changed since somebody asked; no part of the state. */
    private final Set<String> changed = new LinkedHashSet<>();

    private final Set<String> removed = new LinkedHashSet<>();

    Patterns(OwnerLimits limits) {
        this.limits = limits;
    }

    int size() {
        return byId.size();
    }

    Collection<Pattern> all() {
        return byId.values();
    }

    /** The pattern of an id, or the one that it was merged into. */
    @Nullable Pattern find(String id) {
        String present = id;
        for (int i = 0; i < MERGED; i++) {
            Pattern pattern = byId.get(present);
            if (pattern != null) {
                return pattern;
            }
            String next = mergedInto.get(present);
            if (next == null) {
                return null;
            }
            present = next;
        }
        return null;
    }

    @Nullable Pattern ofMember(String key) {
        String id = idOfMember.get(key);
        return id == null ? null : byId.get(id);
    }

    Pattern findOrAdd(String id, PatternKind kind, long micros) {
        Pattern known = find(id);
        if (known != null) {
            return known;
        }
        if (byId.size() >= limits.patterns()) {
            evict();
        }
        Pattern pattern = new Pattern(id, kind, micros);
        Judgements.Judged judged = judgements.take(id);
        if (judged != null) {
            pattern.judged = judged;
        }
        byId.put(id, pattern);
        removed.remove(id);
        return pattern;
    }

    /** What is the weakest goes: what is retired, then candidates, each with what was not seen for longest first. */
    private void evict() {
        List<Pattern> weakest = new ArrayList<>(byId.values());
        weakest.sort(Comparator.<Pattern>comparingInt(pattern -> switch (pattern.state) {
                    case RETIRED -> 0;
                    case CANDIDATE -> 1;
                    case STALE -> 2;
                    case ACTIVE -> 3;
                })
                .thenComparingLong(Pattern::lastMicros)
                .thenComparing(pattern -> pattern.id));
        for (Pattern pattern : weakest.subList(0, Math.max(1, weakest.size() / EVICTED_OF))) {
            remove(pattern);
            if (!pattern.judged.isNone()) {
                judgements.put(pattern.id, pattern.judged);
            }
        }
    }

    /** A person judges a pattern, which may be one that only others have. */
    void judge(Observation.Judged judged) {
        Pattern pattern = find(judged.pattern());
        if (pattern == null) {
            judgements.add(judged);
        } else {
            pattern.judged.add(judged);
            touched(pattern, judged.stamp().key().atMicros());
        }
    }

    /** What was said of patterns that the owner does not have. */
    List<PatternShare.Judgement> judgements() {
        return judgements.all();
    }

    private void remove(Pattern pattern) {
        byId.remove(pattern.id);
        pattern.members.keySet().forEach(key -> idOfMember.remove(key, pattern.id));
        unreviewed.remove(pattern.id);
        changed.remove(pattern.id);
        removed.add(pattern.id);
    }

    /** The member of a pattern; a new one takes the place of the one that was not seen for longest if there are too many. */
    Member member(Pattern pattern, String key, String title, long micros) {
        Member member = pattern.members.get(key);
        if (member == null) {
            if (pattern.members.size() >= limits.members()) {
                Member oldest = pattern.members.values().stream()
                        .min(Comparator.comparingLong((Member m) -> m.lastMicros)
                                .thenComparing(m -> m.key))
                        .orElseThrow();
                pattern.members.remove(oldest.key);
                idOfMember.remove(oldest.key, pattern.id);
            }
            member = new Member(key, title, micros);
            pattern.members.put(key, member);
            idOfMember.put(key, pattern.id);
        }
        touched(pattern, micros);
        return member;
    }

    /** Something was learned of a pattern; it is shown as it looks then. */
    void touched(Pattern pattern, long micros) {
        pattern.asOfMicros = Math.max(pattern.asOfMicros, micros);
        unreviewed.add(pattern.id);
        changed.add(pattern.id);
    }

    /** Reviews what was observed since the last time. */
    void review(long micros) {
        for (String id : unreviewed) {
            Pattern pattern = byId.get(id);
            if (pattern != null) {
                LifeState before = pattern.state;
                pattern.review(RULES, micros);
                if (pattern.state != before) {
                    pattern.asOfMicros = Math.max(pattern.asOfMicros, micros);
                    changed.add(id);
                }
            }
        }
        unreviewed.clear();
    }

    /** Puts patterns of one kind together; those of other kinds, and unknown ones, are left out. */
    void merge(Pattern into, List<String> others, long micros) {
        for (String other : others) {
            Pattern from = find(other);
            if (from == null || from == into || from.kind != into.kind) {
                continue;
            }
            into.noteStep(Step.MERGED_FROM, from.id, micros, from.support());
            into.judged.add(from.judged);
            List<Member> members = new ArrayList<>(from.members.values());
            remove(from);
            for (Member member : members) {
                into.members.put(member.key, member);
                idOfMember.put(member.key, into.id);
            }
            mergedInto.put(from.id, into.id);
            mergedInto.remove(into.id);
            if (mergedInto.size() > MERGED) {
                mergedInto.remove(mergedInto.keySet().iterator().next());
            }
        }
        touched(into, micros);
    }

    /** Makes some members of a pattern another one; nothing happens if they are none of its, or all. */
    void divide(Pattern from, List<String> keys, long micros) {
        Set<String> wanted = new TreeSet<>(keys);
        wanted.retainAll(from.members.keySet());
        if (wanted.isEmpty() || wanted.size() == from.members.size()) {
            return;
        }
        String id = Ids.of(from.kind, wanted.iterator().next());
        if (byId.containsKey(id)) {
            // The pattern is named for one of those that go: they get a name of their own.
            id = Ids.of(from.kind, from.id, wanted.iterator().next());
        }
        mergedInto.remove(id);
        Pattern to = findOrAdd(id, from.kind, micros);
        to.state = from.state;
        to.repository = from.repository;
        to.parted = true;
        from.parted = true;
        int observations = 0;
        for (String key : wanted) {
            Member member = from.members.remove(key);
            if (member != null) {
                observations += member.support;
                to.members.put(key, member);
                idOfMember.put(key, to.id);
            }
        }
        to.noteStep(Step.SPLIT_FROM, from.id, micros, observations);
        from.noteStep(Step.SPLIT_INTO, to.id, micros, observations);
        touched(from, micros);
        touched(to, micros);
    }

    /** Patterns that changed since the last call. */
    List<PatternView> takeChanged() {
        List<PatternView> views = new ArrayList<>();
        for (String id : changed) {
            Pattern pattern = byId.get(id);
            if (pattern != null) {
                views.add(pattern.view(RULES));
            }
        }
        changed.clear();
        return views;
    }

    /** Ids that went since the last call. */
    Set<String> takeRemoved() {
        Set<String> gone = new LinkedHashSet<>(removed);
        removed.clear();
        gone.removeAll(byId.keySet());
        return gone;
    }

    void write(ByteWriter out) {
        out.varint(byId.size());
        byId.values().forEach(pattern -> pattern.write(out));
        out.varint(mergedInto.size());
        mergedInto.forEach((from, to) -> {
            out.text(from);
            out.text(to);
        });
        Bytes.write(out, unreviewed);
        judgements.write(out);
    }

    void read(ByteReader in) {
        for (int left = Bytes.count(in); left > 0; left--) {
            Pattern pattern = Pattern.read(in);
            byId.put(pattern.id, pattern);
            pattern.members.keySet().forEach(key -> idOfMember.put(key, pattern.id));
        }
        for (int left = Bytes.count(in); left > 0; left--) {
            mergedInto.put(in.text(), in.text());
        }
        unreviewed.addAll(Bytes.texts(in));
        judgements.read(in);
    }
}
