package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.study.Answer;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyPattern;
import dev.devmentor.pbml.engine.study.StudyPatterns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a person learns. The answers are the state, and what people decided about patterns; which patterns there are is looked for
 * in them, which takes some tenths of a second, and is never stored: so it does not matter how often and when somebody looked.
 */
final class Learning {
    private static final int DECIDED = 1_000;

    private final OwnerLimits limits;
    private StudyPatterns answers;
    private long lastMicros = Long.MIN_VALUE;

    /** What people decided of patterns, whether these are found now or not; those that were decided latest. */
    private final LinkedHashMap<String, Decided> decided = new LinkedHashMap<>();

    /** What the last look found, and which answer was the last one then; no part of the state. */
    private final Map<String, Pattern> found = new TreeMap<>();

    private long lookedMicros = Long.MIN_VALUE;
    /** Whether a sitting ended since the last look. */
    private boolean sittingEnded;

    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> removed = new LinkedHashSet<>();

    private static final class Decided {
        @Nullable String title;

        boolean retired;
        Judgements.Judged judged = new Judgements.Judged();
    }

    Learning(OwnerLimits limits) {
        this.limits = limits;
        this.answers = new StudyPatterns(limits.study());
    }

    /** Whether it is the id of a pattern that is looked for here. */
    static boolean isOne(String id) {
        for (PatternKind kind : List.of(PatternKind.MISTAKE, PatternKind.CONFUSION, PatternKind.RHYTHM)) {
            if (id.startsWith(kind.wireName() + "-")) {
                return true;
            }
        }
        return false;
    }

    void observe(Observation.Answered answered) {
        EventKey key = answered.stamp().key();
        answers.observe(new Answer(
                answered.item(),
                answered.skills(),
                key.atMicros(),
                answered.localMinuteOfDay(),
                answered.correct(),
                answered.responseMs(),
                new EventReference(key.source(), key.id())));
        sittingEnded |= lastMicros != Long.MIN_VALUE && key.atMicros() - lastMicros >= OwnerState.SESSION_PAUSE_MICROS;
        lastMicros = key.atMicros();
    }

    /** When the sitting ends if nothing is answered any more; {@link Long#MIN_VALUE} without answers. */
    long sittingEnds() {
        return lastMicros == Long.MIN_VALUE ? Long.MIN_VALUE : lastMicros + OwnerState.SESSION_PAUSE_MICROS;
    }

    boolean wasLookedAt() {
        return lookedMicros == lastMicros;
    }

    /** Whether it is time: nobody looked yet, or a sitting has ended since, or has by now. */
    boolean isToBeLookedAt(long nowMicros) {
        return !wasLookedAt() && (lookedMicros == Long.MIN_VALUE || sittingEnded || sittingEnds() <= nowMicros);
    }

    /** Looks through the answers, if there are any since the last look. */
    void look() {
        if (wasLookedAt()) {
            return;
        }
        lookedMicros = lastMicros;
        sittingEnded = false;
        Map<String, Pattern> before = new TreeMap<>(found);
        found.clear();
        for (StudyPattern study : answers.patterns()) {
            Pattern pattern =
                    new Pattern(study.id(), PatternKind.valueOf(study.kind().name()), lastMicros);
            pattern.study = study;
            pattern.members.put(study.id(), new Member(study.id(), study.explanation(), lastMicros));
            Decided known = decided.get(study.id());
            if (known != null) {
                apply(known, pattern);
            }
            pattern.review(Patterns.RULES, lastMicros);
            found.put(study.id(), pattern);
            changed.add(study.id());
            removed.remove(study.id());
        }
        for (String id : before.keySet()) {
            if (!found.containsKey(id)) {
                changed.remove(id);
                removed.add(id);
            }
        }
    }

    private static void apply(Decided known, Pattern pattern) {
        pattern.title = known.title;
        pattern.retiredByPerson = known.retired;
        pattern.judged = known.judged;
    }

    void rename(String id, @Nullable String title, long micros) {
        Decided known = decided(id);
        known.title = title;
        decided(id, known, micros);
    }

    void retire(String id, boolean retired, long micros) {
        Decided known = decided(id);
        known.retired = retired;
        decided(id, known, micros);
    }

    void judge(Observation.Judged judged) {
        Decided known = decided(judged.pattern());
        known.judged.add(judged);
        decided(judged.pattern(), known, judged.stamp().key().atMicros());
    }

    private Decided decided(String id) {
        Decided known = decided.remove(id);
        return known == null ? new Decided() : known;
    }

    private void decided(String id, Decided known, long micros) {
        if (decided.size() >= DECIDED) {
            decided.remove(decided.keySet().iterator().next());
        }
        decided.put(id, known);
        Pattern pattern = found.get(id);
        if (pattern != null) {
            apply(known, pattern);
            pattern.asOfMicros = Math.max(pattern.asOfMicros, micros);
            pattern.review(Patterns.RULES, pattern.asOfMicros);
            changed.add(id);
        }
    }

    @Nullable Pattern find(String id) {
        return found.get(id);
    }

    Collection<Pattern> all() {
        return found.values();
    }

    /** What was said of patterns that are not found in these answers. */
    List<PatternShare.Judgement> judgementsOfOthers() {
        List<PatternShare.Judgement> others = new ArrayList<>();
        decided.forEach((id, known) -> {
            if (!found.containsKey(id) && !known.judged.isNone()) {
                others.add(new PatternShare.Judgement(id, known.judged.evidence, Set.copyOf(known.judged.teams)));
            }
        });
        return others;
    }

    List<PatternView> takeChanged() {
        List<PatternView> views = new ArrayList<>();
        for (String id : changed) {
            Pattern pattern = found.get(id);
            if (pattern != null) {
                views.add(pattern.view(Patterns.RULES));
            }
        }
        changed.clear();
        return views;
    }

    Set<String> takeRemoved() {
        Set<String> gone = new LinkedHashSet<>(removed);
        removed.clear();
        return gone;
    }

    int answers() {
        return answers.answers();
    }

    int items() {
        return answers.items();
    }

    void write(ByteWriter out) {
        out.bool(lastMicros != Long.MIN_VALUE);
        if (lastMicros != Long.MIN_VALUE) {
            out.varint(lastMicros);
            Bytes.write(out, answers.snapshot());
        }
        out.varint(decided.size());
        decided.forEach((id, known) -> {
            out.text(id);
            Bytes.write(out, known.title);
            out.bool(known.retired);
            known.judged.write(out);
        });
    }

    void read(ByteReader in) {
        if (in.bool()) {
            lastMicros = in.varint();
            answers = StudyPatterns.restore(Bytes.bytes(in), limits.study());
        }
        for (int left = Bytes.count(in); left > 0; left--) {
            String id = in.text();
            Decided known = new Decided();
            known.title = Bytes.textOrNull(in);
            known.retired = in.bool();
            known.judged = Judgements.Judged.read(in);
            decided.put(id, known);
        }
    }
}
