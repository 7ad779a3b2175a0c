package dev.devmentor.pbml.engine.trace;

import dev.devmentor.pbml.engine.trace.StackTraces.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** "Traceback (most recent call last):", files and functions, and the exception at the end; causes come first. */
final class Python {
    static final String BEGIN = "Traceback (most recent call last):";
    static final String CONTEXT = "During handling of the above exception, another exception occurred:";
    static final String CAUSE = "The above exception was the direct cause of the following exception:";

    private final OwnCode own;
    private final List<Frame> frames = new ArrayList<>();
    private @Nullable Fault previous;
    private Trace.Relation relation = Trace.Relation.CONTEXT;
    private int faults;

    Python(OwnCode own) {
        this.own = own;
    }

    static boolean begins(String line) {
        return line.endsWith(BEGIN);
    }

    Optional<Trace> parse(List<String> lines) {
        boolean inside = false;
        for (String whole : lines) {
            String line = ungrouped(whole);
            String text = line.strip();
            if (begins(line)) {
                inside = true;
                frames.clear();
            } else if (text.equals(CONTEXT)) {
                relation = Trace.Relation.CONTEXT;
            } else if (text.equals(CAUSE)) {
                relation = Trace.Relation.CAUSE;
            } else if (inside && text.startsWith("File \"")) {
                frame(text);
            } else if (inside
                    && !text.isEmpty()
                    && line.charAt(0) != ' '
                    && line.charAt(0) != '\t'
                    && !frames.isEmpty()) {
                end(text);
                inside = false;
            }
        }
        if (inside && !frames.isEmpty()) {
            end("");
        }
        return previous == null ? Optional.empty() : Optional.of(previous.trace(Language.PYTHON));
    }

    /** The lines of an exception group stand behind a bar. */
    private static String ungrouped(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '|' || line.charAt(i) == '+')) {
            i++;
        }
        int bar = i == 0 ? -1 : Math.max(line.lastIndexOf('|', i - 1), line.lastIndexOf('+', i - 1));
        if (bar < 0) {
            return line;
        }
        return line.substring(
                Math.min(line.length(), line.startsWith("| ", bar) || line.startsWith("+ ", bar) ? bar + 2 : bar + 1));
    }

    /** File "/srv/shop/order.py", line 12, in order */
    private void frame(String text) {
        int close = text.indexOf('"', 6);
        if (close < 0) {
            return;
        }
        String path = text.substring(6, close);
        int lineAt = text.indexOf(", line ", close);
        int number = 0;
        String function = "<module>";
        if (lineAt > 0) {
            int end = lineAt + 7;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            number = StackTraces.number(text, lineAt + 7, end);
            int in = text.indexOf(", in ", end);
            if (in > 0) {
                function = text.substring(in + 5).strip();
            }
        }
        if (frames.size() >= StackTraces.FRAMES) {
            frames.removeFirst(); // the innermost ones come last
        }
        frames.add(new Frame(function, StackTraces.withoutBuildPath(path), number, origin(path, own)));
    }

    private static Frame.Origin origin(String path, OwnCode own) {
        if (path.startsWith("<")) {
            return path.startsWith("<frozen") ? Frame.Origin.PLATFORM : Frame.Origin.GENERATED;
        }
        String file = path.replace('\\', '/');
        int covered = own.ofPath(file);
        int packages = Math.max(file.lastIndexOf("/site-packages/"), file.lastIndexOf("/dist-packages/"));
        if (packages >= 0) {
            return packages + "/site-packages/".length() > covered ? Frame.Origin.LIBRARY : Frame.Origin.OWN;
        }
        if (covered > 0) {
            return Frame.Origin.OWN;
        }
        int lib = Math.max(file.indexOf("/lib/python"), file.indexOf("/lib64/python"));
        if (lib >= 0 || file.contains("/Lib/") && file.contains("Python")) {
            return Frame.Origin.PLATFORM;
        }
        return Frame.Origin.OWN;
    }

    /** shop.errors.OrderError: message */
    private void end(String text) {
        int colon = text.indexOf(": ");
        int end = colon >= 0 ? colon : text.endsWith(":") ? text.length() - 1 : text.length();
        String type = text.substring(0, end);
        String message = colon >= 0 ? text.substring(colon + 2) : "";
        if (type.indexOf(' ') >= 0) {
            message = text;
            type = "";
        }
        Fault fault = new Fault(type, message, 0);
        StackTraces.innermostFirst(frames).forEach(fault::frame);
        if (previous != null && faults < StackTraces.FAULTS) {
            fault.link(relation, previous);
        }
        faults++;
        previous = fault;
        relation = Trace.Relation.CONTEXT;
    }
}
