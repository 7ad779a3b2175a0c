package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that was changed when an error went away. It is a claim that is tried each time the error goes: this file is among
 * those that changed.
 */
final class Fix {
    private static final int REFS = 5;
    private static final int TEAMS = 4;

    final String path;
    Evidence evidence = Evidence.none();
    int times;
    long lastMicros;

    @Nullable String commit;

    final List<UUID> refs = new ArrayList<>();

    /** The same of what was done for a team, by team. */
    final Map<String, Fix> byTeam = new TreeMap<>();

    Fix(String path) {
        this.path = path;
    }

    /** @param team for which the error was met; null if for none */
    void tried(Observation.Stamp stamp, boolean changed, @Nullable String newCommit, @Nullable String team) {
        if (team != null && (byTeam.containsKey(team) || changed && byTeam.size() < TEAMS)) {
            byTeam.computeIfAbsent(team, _ -> new Fix(path)).tried(stamp, changed, newCommit, null);
        }
        long micros = stamp.key().atMicros();
        evidence = evidence.with(Bytes.instant(micros), changed);
        if (changed) {
            times++;
            lastMicros = micros;
            commit = newCommit == null ? commit : newCommit;
            refs.addFirst(stamp.ref());
            if (refs.size() > REFS) {
                refs.removeLast();
            }
        }
    }

    /** What two members of one pattern know of the same file. */
    void add(Fix other) {
        evidence = evidence.plus(other.evidence);
        times += other.times;
        if (other.lastMicros > lastMicros) {
            lastMicros = other.lastMicros;
            commit = other.commit == null ? commit : other.commit;
            refs.addAll(0, other.refs);
        } else {
            refs.addAll(other.refs);
        }
        while (refs.size() > REFS) {
            refs.removeLast();
        }
        other.byTeam.forEach((team, theirs) -> {
            if (byTeam.containsKey(team) || byTeam.size() < TEAMS) {
                byTeam.computeIfAbsent(team, _ -> new Fix(path)).add(theirs);
            }
        });
    }

    Fix copy() {
        Fix copy = new Fix(path);
        copy.evidence = evidence;
        copy.times = times;
        copy.lastMicros = lastMicros;
        copy.commit = commit;
        copy.refs.addAll(refs);
        byTeam.forEach((team, theirs) -> copy.byTeam.put(team, theirs.copy()));
        return copy;
    }

    void write(ByteWriter out) {
        out.text(path);
        Bytes.write(out, evidence);
        out.varint(times);
        out.varint(lastMicros);
        Bytes.write(out, commit);
        Bytes.writeRefs(out, refs);
        out.varint(byTeam.size());
        byTeam.forEach((team, theirs) -> {
            out.text(team);
            theirs.write(out);
        });
    }

    static Fix read(ByteReader in) {
        Fix fix = new Fix(in.text());
        fix.evidence = Bytes.evidence(in);
        fix.times = (int) in.varint();
        fix.lastMicros = in.varint();
        fix.commit = Bytes.textOrNull(in);
        fix.refs.addAll(Bytes.refs(in));
        for (int left = Bytes.count(in); left > 0; left--) {
            fix.byTeam.put(in.text(), read(in));
        }
        return fix;
    }
}
