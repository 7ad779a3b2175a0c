package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of the things that a pattern holds together, with what is known of it alone: so patterns can be parted again. */
final class Member {
    static final int REFS = 10;
    private static final int FIXES = 16;
    private static final int TEAMS = 4;

    final String key;
    final String title;
    final long firstMicros;
    Evidence evidence = Evidence.none();
    long lastMicros;
    int support;
    final List<UUID> refs = new ArrayList<>();

    /** What members of a team have shown, by team. */
    final Map<String, Evidence> byTeam = new TreeMap<>();

    /** Names of files that the error itself names. */
    List<String> files = List.of();

    final List<Fix> fixes = new ArrayList<>();
    /** When it was last seen, if it was not seen to be gone since then. */
    long openSince = Long.MIN_VALUE;

    long goneMicros = Long.MIN_VALUE;

    @Nullable String lastRun;

    Member(String key, String title, long firstMicros) {
        this.key = key;
        this.title = title;
        this.firstMicros = firstMicros;
        this.lastMicros = firstMicros;
    }

    void observed(Observation.Stamp stamp, boolean held, @Nullable String team) {
        long micros = stamp.key().atMicros();
        evidence = evidence.with(Bytes.instant(micros), held);
        if (team != null && (byTeam.containsKey(team) || byTeam.size() < TEAMS)) {
            byTeam.put(team, byTeam.getOrDefault(team, Evidence.none()).with(Bytes.instant(micros), held));
        }
        if (held) {
            support++;
            lastMicros = micros;
            refs.addFirst(stamp.ref());
            if (refs.size() > REFS) {
                refs.removeLast();
            }
        }
    }

    void judged(Observation.Stamp stamp, boolean helped, int weight) {
        evidence = evidence.with(Bytes.instant(stamp.key().atMicros()), helped, weight);
    }

    /** It went: each file that ever helped is tried, and those that changed now are known from now on. */
    void gone(Observation.Stamp stamp, List<String> changed, @Nullable String commit, @Nullable String team) {
        goneMicros = stamp.key().atMicros();
        openSince = Long.MIN_VALUE;
        for (Fix fix : fixes) {
            fix.tried(stamp, changed.contains(fix.path), commit, team);
        }
        for (String path : changed) {
            if (fixes.stream().noneMatch(fix -> fix.path.equals(path))) {
                if (fixes.size() == FIXES) {
                    fixes.remove(fixes.stream()
                            .min(Comparator.comparingInt((Fix fix) -> fix.times)
                                    .thenComparingLong(fix -> fix.lastMicros)
                                    .thenComparing(fix -> fix.path))
                            .orElseThrow());
                }
                Fix fix = new Fix(path);
                fix.tried(stamp, true, commit, team);
                fixes.add(fix);
            }
        }
    }

    boolean hasFixes() {
        return !fixes.isEmpty();
    }

    void write(ByteWriter out) {
        out.text(key);
        out.text(title);
        out.varint(firstMicros);
        Bytes.write(out, evidence);
        out.varint(lastMicros);
        out.varint(support);
        Bytes.writeRefs(out, refs);
        out.varint(byTeam.size());
        byTeam.forEach((team, theirs) -> {
            out.text(team);
            Bytes.write(out, theirs);
        });
        Bytes.write(out, files);
        out.varint(fixes.size());
        fixes.forEach(fix -> fix.write(out));
        out.varint(openSince);
        out.varint(goneMicros);
        Bytes.write(out, lastRun);
    }

    static Member read(ByteReader in) {
        Member member = new Member(in.text(), in.text(), in.varint());
        member.evidence = Bytes.evidence(in);
        member.lastMicros = in.varint();
        member.support = (int) in.varint();
        member.refs.addAll(Bytes.refs(in));
        for (int left = Bytes.count(in); left > 0; left--) {
            member.byTeam.put(in.text(), Bytes.evidence(in));
        }
        member.files = Bytes.texts(in);
        for (int left = Bytes.count(in); left > 0; left--) {
            member.fixes.add(Fix.read(in));
        }
        member.openSince = in.varint();
        member.goneMicros = in.varint();
        member.lastRun = Bytes.textOrNull(in);
        return member;
    }
}
