package dev.devmentor.pbml.engine.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the lines of a log together that are one stack trace. Lines come out in the order in which they went in; each is held
 * back until it is known whether the next one belongs to it, {@link #flush} gives out what is held. One thread at a time.
 */
public final class LineAssembler {

    /** Lines of a trace that are kept; further ones that belong to it are dropped. */
    public static final int LINES = 4_000;

    /** How long a message of several lines may be before the first frame, or a pause between two faults. */
    private static final int WAIT = 10;

    private enum Mode {
        /** At most the last line is held. */
        LINES,
        /** A line looks like the header of an exception; frames may follow. */
        HEADER,
        /** Frames that begin with "at". */
        THROWN,
        PYTHON,
        /** The exception of a traceback was read; another traceback may follow it. */
        PYTHON_END,
        GO
    }

    private final OwnCode own;
    private Mode mode = Mode.LINES;
    private final List<String> held = new ArrayList<>();
    /** How many of the held lines are certain to belong to the trace. */
    private int certain;

    private int characters;
    /** Whether what is held was seen to be a trace, when it became too long. */
    private boolean read;

    private boolean framed;
    /** Whether a bracket of Node.js is open. */
    private boolean open;

    public LineAssembler() {
        this(OwnCode.KNOWN);
    }

    /** For logs whose traces have frames of one's own that would be a library's otherwise. */
    public LineAssembler(OwnCode own) {
        this.own = own;
    }

    /**
     * Takes a line.
     *
     * @param line without its end
     * @return what is complete now, none to many
     */
    public List<Entry> accept(String line) {
        List<Entry> out = new ArrayList<>(2);
        accept(line, out);
        return out;
    }

    private void accept(String line, List<Entry> out) {
        switch (mode) {
            case LINES -> plain(line, out);
            case HEADER -> {
                if (at(line)) {
                    mode = Mode.THROWN;
                    hold(line, true, out);
                } else if (startsCertainly(line) || held.size() > WAIT || looksLikeHeader(line)) {
                    end(out);
                    accept(line, out);
                } else {
                    hold(line, false, out);
                }
            }
            case THROWN -> {
                if (thrownGoesOn(line) || open && line.equals("}")) {
                    open = !line.equals("}") && (open || line.endsWith(" {"));
                    hold(line, true, out);
                } else if (afterCause() && held.size() - certain < WAIT && !startsCertainly(line)) {
                    hold(line, false, out); // the message of a cause may have several lines
                } else {
                    end(out);
                    accept(line, out);
                }
            }
            case PYTHON -> {
                boolean inside =
                        line.isEmpty() || line.charAt(0) == ' ' || line.charAt(0) == '\t' || line.charAt(0) == '|';
                if (inside) {
                    framed |= line.contains("File \"");
                    hold(line, true, out);
                } else if (framed) {
                    mode = Mode.PYTHON_END;
                    hold(line, true, out);
                } else {
                    end(out);
                    accept(line, out);
                }
            }
            case PYTHON_END -> {
                String text = line.strip();
                if (Python.begins(line) && certain > 0 && chained()) {
                    framed = false;
                    mode = Mode.PYTHON;
                    hold(line, true, out);
                } else if ((text.isEmpty() || text.equals(Python.CAUSE) || text.equals(Python.CONTEXT))
                        && held.size() - certain < WAIT) {
                    hold(line, false, out);
                } else {
                    end(out);
                    accept(line, out);
                }
            }
            case GO -> {
                if (goGoesOn(line)) {
                    framed |= Go.goroutine(line);
                    hold(line, !line.isEmpty(), out);
                } else {
                    end(out);
                    accept(line, out);
                }
            }
            default -> throw new IllegalStateException("no such mode: " + mode);
        }
    }

    /** What is held, when no further line comes or it takes too long. */
    public List<Entry> flush() {
        List<Entry> out = new ArrayList<>();
        while (!held.isEmpty()) {
            end(out); // may hold again what turned out not to belong to a trace
        }
        return out;
    }

    private void plain(String line, List<Entry> out) {
        if (at(line) && !held.isEmpty()) {
            mode = Mode.THROWN;
            certain = held.size();
            hold(line, true, out);
            return;
        }
        give(out);
        hold(line, false, out);
        if (Python.begins(line)) {
            mode = Mode.PYTHON;
            certain = 1;
        } else if (Go.begins(line) || Go.goroutine(line)) {
            mode = Mode.GO;
            framed = Go.goroutine(line);
            certain = 1;
        } else if (looksLikeHeader(line)) {
            mode = Mode.HEADER;
        }
    }

    private static boolean startsCertainly(String line) {
        return Python.begins(line) || Go.begins(line) || Go.goroutine(line);
    }

    private static boolean looksLikeHeader(String line) {
        return line.length() < 4_096 && !StackTraces.Header.of(line).type().isEmpty();
    }

    private static boolean at(String line) {
        String at = ThrownFrames.afterAt(line);
        return at != null && (JavaFrames.reads(at) || JavaScriptFrames.reads(at));
    }

    private static boolean thrownGoesOn(String line) {
        String text = line.strip();
        if (at(line)
                || text.startsWith("Caused by: ")
                || text.startsWith("Suppressed: ")
                || text.startsWith("[cause]: ")
                || text.startsWith("[CIRCULAR REFERENCE")) {
            return true;
        }
        boolean indented = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
        return indented && (text.startsWith("... ") || text.equals("}"));
    }

    private boolean afterCause() {
        String last = held.get(Math.max(0, certain - 1)).strip();
        return last.startsWith("Caused by: ") || last.startsWith("Suppressed: ") || last.startsWith("[cause]: ");
    }

    private boolean chained() {
        for (int i = certain; i < held.size(); i++) {
            String text = held.get(i).strip();
            if (text.equals(Python.CAUSE) || text.equals(Python.CONTEXT)) {
                return true;
            }
        }
        return false;
    }

    private boolean goGoesOn(String line) {
        if (line.isEmpty()) {
            return held.size() - certain < 2;
        }
        char first = line.charAt(0);
        if (first == '\t' || Go.goroutine(line) || line.startsWith("[signal ") || line.startsWith("created by ")) {
            return true;
        }
        if (line.startsWith("exit status ") || line.startsWith("runtime: ") || !framed && Go.begins(line)) {
            return true;
        }
        if (!framed) {
            return held.size() < WAIT; // the message of a panic may have several lines
        }
        int open = line.indexOf('(');
        int blank = line.indexOf(' ');
        return open > 0 && line.endsWith(")") && (blank < 0 || blank > open);
    }

    /** Holds a line back, or drops one that belongs to a trace of which enough is held. */
    private void hold(String line, boolean sure, List<Entry> out) {
        if (sure && certain < held.size()) {
            certain = held.size();
        }
        boolean full = held.size() >= LINES || characters + line.length() > StackTraces.CHARACTERS;
        if (full && sure && mode != Mode.LINES) {
            if (!read) {
                read = StackTraces.parse(String.join("\n", held), own).isPresent();
            }
            if (!read) {
                // All this was no trace: nothing of it may get lost.
                end(out);
                accept(line, out);
            }
            return;
        }
        held.add(line);
        characters += line.length() + 1;
        if (sure) {
            certain = held.size();
        }
    }

    /** Gives out the trace that is held, and behind it, as lines of their own, what turned out not to belong to it. */
    private void end(List<Entry> out) {
        if (mode == Mode.LINES || mode == Mode.HEADER) {
            give(out);
            mode = Mode.LINES;
            return;
        }
        List<String> all = List.copyOf(held);
        int belonging = Math.min(certain, all.size());
        mode = Mode.LINES;
        clear();
        String text = String.join("\n", all.subList(0, belonging));
        Optional<Trace> trace = StackTraces.parse(text, own);
        if (trace.isPresent()) {
            out.add(new Entry.Traced(text, trace.get()));
        } else {
            all.subList(0, belonging).forEach(line -> out.add(new Entry.Line(line)));
        }
        for (String line : all.subList(belonging, all.size())) {
            accept(line, out);
        }
    }

    private void give(List<Entry> out) {
        held.forEach(line -> out.add(new Entry.Line(line)));
        clear();
    }

    private void clear() {
        held.clear();
        certain = 0;
        characters = 0;
        read = false;
        framed = false;
        open = false;
    }
}
