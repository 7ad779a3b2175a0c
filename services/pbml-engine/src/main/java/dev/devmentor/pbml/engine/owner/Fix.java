package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that was changed when an error went away. It is a claim that is tried each time the error goes: this file is among
 * those that changed.
 */
final class Fix {
    private static final int REFS = 5;

    final String path;
    Evidence evidence = Evidence.none();
    int times;
    long lastMicros;
    @Nullable String commit;
    final List<UUID> refs = new ArrayList<>();

    Fix(String path) {
        this.path = path;
    }

    void tried(Observation.Stamp stamp, boolean changed, @Nullable String newCommit) {
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
    }

    Fix copy() {
        Fix copy = new Fix(path);
        copy.evidence = evidence;
        copy.times = times;
        copy.lastMicros = lastMicros;
        copy.commit = commit;
        copy.refs.addAll(refs);
        return copy;
    }

    void write(ByteWriter out) {
        out.text(path);
        Bytes.write(out, evidence);
        out.varint(times);
        out.varint(lastMicros);
        Bytes.write(out, commit);
        Bytes.writeRefs(out, refs);
    }

    static Fix read(ByteReader in) {
        Fix fix = new Fix(in.text());
        fix.evidence = Bytes.evidence(in);
        fix.times = (int) in.varint();
        fix.lastMicros = in.varint();
        fix.commit = Bytes.textOrNull(in);
        fix.refs.addAll(Bytes.refs(in));
        return fix;
    }
}
