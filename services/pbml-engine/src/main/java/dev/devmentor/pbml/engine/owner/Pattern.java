package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.confidence.LifeCycle;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternView.Lineage;
import dev.devmentor.pbml.engine.owner.PatternView.Step;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pattern of one owner: its members, where it stands in its life, and what people made of it. */
final class Pattern {
    private static final int LINEAGE = 32;
    private static final double DOUBTED = 0.4;

    final String id;
    final PatternKind kind;
    final Map<String, Member> members = new LinkedHashMap<>();
    Judgements.Judged judged = new Judgements.Judged();
    LifeState state = LifeState.CANDIDATE;
    long sinceMicros;
    /** The last time that something was learned of it; it is shown as it looks then. */
    long asOfMicros;

    @Nullable String title;

    @Nullable String repository;

    final List<Lineage> lineage = new ArrayList<>();

    /** Whether a person parted it: the engines don't put it together with others again. */
    boolean parted;

    boolean retiredByPerson;

    /** What a pattern of learning says, which is never stored; null for the other kinds. */
    @Nullable StudyPattern study;

    Pattern(String id, PatternKind kind, long sinceMicros) {
        this.id = id;
        this.kind = kind;
        this.sinceMicros = sinceMicros;
        this.asOfMicros = sinceMicros;
    }

    Evidence evidence() {
        Evidence sum = judged.evidence;
        for (Member member : members.values()) {
            sum = sum.plus(member.evidence);
        }
        return sum;
    }

    long firstMicros() {
        return members.values().stream()
                .mapToLong(member -> member.firstMicros)
                .min()
                .orElse(sinceMicros);
    }

    long lastMicros() {
        return members.values().stream()
                .mapToLong(member -> member.lastMicros)
                .max()
                .orElse(sinceMicros);
    }

    int support() {
        return members.values().stream().mapToInt(member -> member.support).sum();
    }

    void noteStep(Step step, String other, long micros, int observations) {
        lineage.add(new Lineage(step, other, micros, observations));
        if (lineage.size() > LINEAGE) {
            lineage.removeFirst();
        }
    }

    void enter(LifeState next, long micros) {
        if (next != state) {
            state = next;
            sinceMicros = micros;
        }
    }

    /** Where it stands after a review. */
    void review(LifeCycle rules, long micros) {
        enter(reviewed(rules, micros), micros);
    }

    private LifeState reviewed(LifeCycle rules, long micros) {
        Instant at = Bytes.instant(micros);
        if (study != null) {
            boolean doubted = !judged.isNone()
                    && judged.evidence.posterior(rules.prior(), at).mean() < DOUBTED;
            if (retiredByPerson) {
                return LifeState.RETIRED;
            }
            return doubted ? LifeState.STALE : LifeState.ACTIVE;
        }
        if (retiredByPerson && lastMicros() <= sinceMicros) {
            return LifeState.RETIRED;
        }
        return rules.review(state, Bytes.instant(sinceMicros), evidence(), at);
    }

    /** How it looks; reading changes nothing. */
    PatternView view(LifeCycle rules) {
        long micros = asOfMicros;
        Instant at = Bytes.instant(micros);
        Evidence evidence = evidence();
        StudyPattern learned = study;
        LifeState seen = reviewed(rules, micros);
        var posterior = evidence.posterior(rules.prior(), at);
        Map<String, Evidence> byTeam = new TreeMap<>();
        List<UUID> refs = new ArrayList<>();
        List<PatternView.Part> parts = new ArrayList<>();
        for (Member member : members.values()) {
            member.byTeam.forEach((team, theirs) -> byTeam.merge(team, theirs, Evidence::plus));
            refs.addAll(member.refs);
            parts.add(new PatternView.Part(
                    member.key, member.title, member.support, member.firstMicros, member.lastMicros));
        }
        String generated = learned != null
                ? learned.explanation()
                : members.isEmpty() ? id : members.values().iterator().next().title;
        return new PatternView(
                id,
                kind,
                title == null ? generated : title,
                generated,
                seen,
                seen == state ? sinceMicros : micros,
                learned == null ? posterior.quantile(rules.bound()) : learned.confidence(),
                learned == null ? posterior.mean() : learned.confidence(),
                learned == null ? support() : learned.support(),
                firstMicros(),
                lastMicros(),
                repository,
                refs.size() > Member.REFS ? List.copyOf(refs.subList(0, Member.REFS)) : List.copyOf(refs),
                learned == null ? List.<EventReference>of() : learned.evidence(),
                List.copyOf(parts),
                fixes(rules, micros),
                learned == null ? List.of() : learned.skills(),
                learned == null ? List.of() : learned.items(),
                learned == null ? List.of() : learned.hours(),
                learned == null ? 0 : learned.sessionMinutes(),
                evidence,
                Map.copyOf(byTeam),
                List.copyOf(lineage));
    }

    /** What was changed when it went, the likeliest first. */
    List<PatternView.KnownFix> fixes(LifeCycle rules, long micros) {
        Instant at = Bytes.instant(micros);
        Map<String, Fix> fixes = new TreeMap<>();
        Set<String> named = new HashSet<>();
        for (Member member : members.values()) {
            named.addAll(member.files);
            for (Fix fix : member.fixes) {
                Fix known = fixes.get(fix.path);
                if (known == null) {
                    fixes.put(fix.path, fix.copy());
                } else {
                    known.add(fix);
                }
            }
        }
        List<PatternView.KnownFix> known = new ArrayList<>();
        for (Fix fix : fixes.values()) {
            if (fix.times > 0) {
                var helps = fix.evidence.posterior(rules.prior(), at);
                known.add(new PatternView.KnownFix(
                        fix.path,
                        fix.times,
                        helps.mean(),
                        helps.quantile(rules.bound()),
                        fix.lastMicros,
                        fix.commit,
                        List.copyOf(fix.refs)));
            }
        }
        // Of files of which the same is known, those that the error names are likelier.
        known.sort(Comparator.comparingDouble(PatternView.KnownFix::lower)
                .reversed()
                .thenComparing(
                        fix -> !named.contains(fix.path().substring(fix.path().lastIndexOf('/') + 1)))
                .thenComparing(Comparator.comparingLong(PatternView.KnownFix::lastMicros)
                        .reversed())
                .thenComparing(PatternView.KnownFix::path));
        return List.copyOf(known);
    }

    /** A person gives it up, or takes it up again. */
    void retire(boolean retired, long micros) {
        retiredByPerson = retired;
        enter(retired ? LifeState.RETIRED : LifeState.CANDIDATE, micros);
    }

    /** What of it can be summed up with what others know of the same. */
    PatternShare share() {
        Map<String, Evidence> evidence = new TreeMap<>();
        Map<String, Set<String>> keys = new TreeMap<>();
        Map<String, Map<String, Fix>> fixes = new TreeMap<>();
        for (Member member : members.values()) {
            member.byTeam.forEach((team, theirs) -> {
                evidence.merge(team, theirs, Evidence::plus);
                keys.computeIfAbsent(team, _ -> new TreeSet<>()).add(member.key);
            });
            for (Fix fix : member.fixes) {
                fix.byTeam.forEach((team, theirs) -> fixes.computeIfAbsent(team, _ -> new TreeMap<>())
                        .computeIfAbsent(fix.path, Fix::new)
                        .add(theirs));
            }
        }
        Map<String, PatternShare.OfTeam> byTeam = new TreeMap<>();
        evidence.forEach((team, theirs) -> {
            List<PatternShare.TeamFix> ended = new ArrayList<>();
            fixes.getOrDefault(team, Map.of())
                    .values()
                    .forEach(fix -> ended.add(
                            new PatternShare.TeamFix(fix.path, fix.evidence, fix.times, fix.lastMicros, fix.commit)));
            byTeam.put(
                    team,
                    new PatternShare.OfTeam(theirs, Set.copyOf(keys.getOrDefault(team, Set.of())), List.copyOf(ended)));
        });
        return new PatternShare(judged.evidence, Set.copyOf(judged.teams), Map.copyOf(byTeam));
    }

    void write(ByteWriter out) {
        out.text(id);
        out.int1(kind.ordinal());
        out.varint(sinceMicros);
        out.int1(state.ordinal());
        out.varint(asOfMicros);
        out.bool(parted);
        out.bool(retiredByPerson);
        Bytes.write(out, title);
        Bytes.write(out, repository);
        judged.write(out);
        out.varint(members.size());
        members.values().forEach(member -> member.write(out));
        out.varint(lineage.size());
        for (Lineage step : lineage) {
            out.int1(step.step().ordinal());
            out.text(step.pattern());
            out.varint(step.atMicros());
            out.varint(step.observations());
        }
    }

    static Pattern read(ByteReader in) {
        Pattern pattern = new Pattern(in.text(), Bytes.pick(PatternKind.values(), in.int1()), in.varint());
        pattern.state = Bytes.pick(LifeState.values(), in.int1());
        pattern.asOfMicros = in.varint();
        pattern.parted = in.bool();
        pattern.retiredByPerson = in.bool();
        pattern.title = Bytes.textOrNull(in);
        pattern.repository = Bytes.textOrNull(in);
        pattern.judged = Judgements.Judged.read(in);
        for (int left = Bytes.count(in); left > 0; left--) {
            Member member = Member.read(in);
            pattern.members.put(member.key, member);
        }
        for (int left = Bytes.count(in); left > 0; left--) {
            pattern.lineage.add(
                    new Lineage(Bytes.pick(Step.values(), in.int1()), in.text(), in.varint(), (int) in.varint()));
        }
        return pattern;
    }
}
