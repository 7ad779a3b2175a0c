package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyPattern;
import java.util.ArrayList;
import java.util.List;

/** What was found of a person's learning, as bytes. */
final class StudyBytes {
    private StudyBytes() {}

    static void write(ByteWriter out, StudyPattern pattern) {
        out.text(pattern.id());
        out.int1(pattern.kind().ordinal());
        Bytes.write(out, pattern.items());
        Bytes.write(out, pattern.skills());
        out.varint(pattern.hours().size());
        pattern.hours().forEach(out::int1);
        out.varint(pattern.sessionMinutes());
        out.text(pattern.explanation());
        out.float8(pattern.confidence());
        out.varint(pattern.support());
        out.varint(pattern.evidence().size());
        for (EventReference event : pattern.evidence()) {
            out.text(event.source());
            out.text(event.id());
        }
    }

    static StudyPattern read(ByteReader in) {
        String id = in.text();
        StudyPattern.Kind kind = Bytes.pick(StudyPattern.Kind.values(), in.int1());
        List<String> items = Bytes.texts(in);
        List<String> skills = Bytes.texts(in);
        List<Integer> hours = new ArrayList<>();
        for (int left = Bytes.count(in); left > 0; left--) {
            hours.add(in.int1());
        }
        int minutes = (int) in.varint();
        String explanation = in.text();
        double confidence = in.float8();
        int support = (int) in.varint();
        List<EventReference> evidence = new ArrayList<>();
        for (int left = Bytes.count(in); left > 0; left--) {
            evidence.add(new EventReference(in.text(), in.text()));
        }
        return new StudyPattern(id, kind, items, skills, hours, minutes, explanation, confidence, support, evidence);
    }
}
