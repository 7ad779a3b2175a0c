package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.study.Answer;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyPattern;
import dev.devmentor.pbml.engine.study.StudyPatterns;
import java.util.HashSet;
import java.util.Set;

/**
 * How a person learns. Looking through the answers takes some tenths of a second, so it is done when a sitting has ended, by
 * whoever folds; the answers alone decide what is found.
 */
final class Learning {
    private final OwnerLimits limits;
    private StudyPatterns patterns;
    private long lastMicros = Long.MIN_VALUE;
    /** The last answer of the look; no look since then is needed unless there is a later answer. */
    private long lookedMicros = Long.MIN_VALUE;

    Learning(OwnerLimits limits) {
        this.limits = limits;
        this.patterns = new StudyPatterns(limits.study());
    }

    void observe(Observation.Answered answered) {
        EventKey key = answered.stamp().key();
        patterns.observe(new Answer(
                answered.item(),
                answered.skills(),
                key.atMicros(),
                answered.localMinuteOfDay(),
                answered.correct(),
                answered.responseMs(),
                new EventReference(key.source(), key.id())));
        lastMicros = key.atMicros();
    }

    long lastMicros() {
        return lastMicros;
    }

    boolean wasLookedAt() {
        return lookedMicros == lastMicros;
    }

    /** Looks through the answers, if there are any since the last look. */
    void look(Patterns registry) {
        if (wasLookedAt()) {
            return;
        }
        lookedMicros = lastMicros;
        Set<String> found = new HashSet<>();
        for (StudyPattern study : patterns.patterns()) {
            PatternKind kind = PatternKind.valueOf(study.kind().name());
            Pattern pattern = registry.findOrAdd(study.id(), kind, lastMicros);
            pattern.study = study;
            pattern.found = true;
            registry.member(pattern, study.id(), study.explanation(), lastMicros).lastMicros = lastMicros;
            found.add(study.id());
        }
        for (Pattern pattern : registry.all()) {
            if (pattern.study != null && !found.contains(pattern.id) && pattern.found) {
                pattern.found = false;
                registry.touched(pattern, lastMicros);
            }
        }
        registry.review(lastMicros);
    }

    int answers() {
        return patterns.answers();
    }

    int items() {
        return patterns.items();
    }

    void write(ByteWriter out) {
        out.bool(lastMicros != Long.MIN_VALUE);
        if (lastMicros != Long.MIN_VALUE) {
            out.varint(lastMicros);
            out.bool(lookedMicros != Long.MIN_VALUE);
            out.varint(lookedMicros == Long.MIN_VALUE ? 0 : lookedMicros);
            Bytes.write(out, patterns.snapshot());
        }
    }

    void read(ByteReader in) {
        if (in.bool()) {
            lastMicros = in.varint();
            boolean looked = in.bool();
            long at = in.varint();
            lookedMicros = looked ? at : Long.MIN_VALUE;
            patterns = StudyPatterns.restore(Bytes.bytes(in), limits.study());
        }
    }
}
