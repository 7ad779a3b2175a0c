package dev.devmentor.pbml.engine.trace;

import dev.devmentor.pbml.engine.trace.StackTraces.Fault;
import dev.devmentor.pbml.engine.trace.StackTraces.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Java and JavaScript: a header, then "at" and a frame on each line, then what belongs to it, further to the right or not. */
final class ThrownFrames {
    private final Language language;
    private final OwnCode own;
    /** From the outermost to the one being read, by how far right they stand. */
    private final List<Fault> open = new ArrayList<>();

    private int faults;

    ThrownFrames(Language language, OwnCode own) {
        this.language = language;
        this.own = own;
    }

    /** What stands behind "at", or null if the line has none. */
    static @Nullable String afterAt(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i > 0 && line.startsWith("at ", i) ? line.substring(i + 3) : null;
    }

    Optional<Trace> parse(List<String> lines) {
        String before = "";
        Fault first = null;
        boolean named = false;
        for (String line : lines) {
            String at = afterAt(line);
            Frame frame = at == null ? null : StackTraces.frame(language, at, own);
            if (frame != null) {
                if (first == null) {
                    first = begin(before);
                }
                open.getLast().frame(frame);
                continue;
            }
            String text = line.strip();
            if (first != null) {
                if (!link(line, text)) {
                    // The rest of a message of several lines, "... 12 more", or the source that Node.js shows.
                    continue;
                }
            } else if (!text.isEmpty()) {
                // Of a message of several lines the first one has the type.
                boolean names = !Header.of(line).type().isEmpty();
                if (names || !named) {
                    before = line;
                }
                named |= names;
            }
        }
        return first == null ? Optional.empty() : Optional.of(first.trace(language));
    }

    private Fault begin(String line) {
        Header header = Header.of(line);
        Fault fault = new Fault(header.type(), header.message(), StackTraces.indent(line));
        open.add(fault);
        faults++;
        return fault;
    }

    /** Reads the header of a fault that belongs to one before it. */
    private boolean link(String line, String text) {
        Trace.Relation relation;
        String rest;
        if (text.startsWith("Caused by: ")) {
            relation = Trace.Relation.CAUSE;
            rest = text.substring(11);
        } else if (text.startsWith("Suppressed: ")) {
            relation = Trace.Relation.SUPPRESSED;
            rest = text.substring(12);
        } else if (text.startsWith("[cause]: ")) {
            relation = Trace.Relation.CAUSE;
            rest = text.substring(9);
        } else {
            return false;
        }
        if (faults >= StackTraces.FAULTS) {
            return false;
        }
        int indent = StackTraces.indent(line);
        // A cause stands as far right as its fault in Java, further right in JavaScript; a suppressed fault always
        // further.
        boolean beside = language == Language.JAVA && relation == Trace.Relation.CAUSE;
        while (open.size() > 1 && (beside ? open.getLast().indent > indent : open.getLast().indent >= indent)) {
            open.removeLast();
        }
        Header header = Header.of(rest);
        Fault fault = new Fault(header.type(), header.message(), indent);
        open.getLast().link(relation, fault);
        open.add(fault);
        faults++;
        return true;
    }
}
