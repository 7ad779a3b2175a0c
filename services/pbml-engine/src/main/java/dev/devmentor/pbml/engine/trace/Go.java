package dev.devmentor.pbml.engine.trace;

import dev.devmentor.pbml.engine.trace.StackTraces.Fault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** "panic: message", then goroutines with a function and its place on two lines each. The first goroutine is the fault's. */
final class Go {

    private final OwnCode own;

    Go(OwnCode own) {
        this.own = own;
    }

    static boolean goroutine(String line) {
        return line.startsWith("goroutine ")
                && line.indexOf('[', 10) > 0
                && line.strip().endsWith(":");
    }

    /** Whether the line begins a fault. */
    static boolean begins(String line) {
        return line.startsWith("panic: ") || line.startsWith("fatal error: ");
    }

    Optional<Trace> parse(List<String> lines) {
        String head = null;
        String inner = null;
        Fault fault = null;
        String function = null;
        int goroutines = 0;
        for (String line : lines) {
            String text = line.strip();
            if (fault == null && (text.startsWith("panic: ") || text.startsWith("fatal error: "))) {
                if (head == null) {
                    head = text;
                } else if (inner == null) {
                    inner = text; // a recovered panic, and the one that came of it
                }
                continue;
            }
            if (goroutine(line)) {
                if (++goroutines > 1) {
                    break;
                }
                fault = fault(head == null ? text : head);
                continue;
            }
            if (fault == null) {
                continue;
            }
            if (line.startsWith("\t") || line.startsWith("    ")) {
                if (function != null) {
                    fault.frame(frame(function, text));
                    function = null;
                }
            } else if (text.startsWith("created by ")) {
                function = null;
            } else if (text.endsWith(")")) {
                function = text;
            }
        }
        if (fault == null || fault.frames.isEmpty()) {
            return Optional.empty();
        }
        if (inner != null) {
            Fault last = fault(inner);
            fault.frames.forEach(last::frame);
            Fault first = fault(head);
            last.link(Trace.Relation.CAUSE, first);
            fault = last;
        }
        return Optional.of(fault.trace(Language.GO));
    }

    private static Fault fault(@Nullable String head) {
        String text = head == null ? "" : head;
        if (text.startsWith("fatal error: ")) {
            return new Fault("fatal error", text.substring(13), 0);
        }
        if (text.startsWith("panic: runtime error: ")) {
            return new Fault("runtime error", text.substring(22), 0);
        }
        if (text.startsWith("panic: ")) {
            String message = text.substring(7);
            // "panic: main.OrderError{...}", "panic: (main.T) {...}" and "panic: &errors.errorString{...}" name a type.
            int brace = message.indexOf('{');
            int from = message.startsWith("(") || message.startsWith("&") || message.startsWith("*") ? 1 : 0;
            String name = brace > from
                    ? message.substring(from, brace).replace(")", "").strip()
                    : "";
            if (!name.isEmpty() && name.indexOf('.') > 0 && name.indexOf(' ') < 0) {
                return new Fault(name, message, 0);
            }
            return new Fault("panic", message, 0);
        }
        return new Fault("goroutine", "", 0);
    }

    private Frame frame(String call, String place) {
        int open = call.lastIndexOf('(');
        // "main.(*Shop).Order(0x1, 0x2)": the last bracket that is opened holds the arguments, unless they hold
        // brackets.
        int depth = 0;
        for (int i = call.length() - 1; i >= 0; i--) {
            char c = call.charAt(i);
            if (c == ')') {
                depth++;
            } else if (c == '(' && --depth == 0) {
                open = i;
                break;
            }
        }
        String function = counted(open > 0 ? call.substring(0, open) : call);
        int space = place.indexOf(" +0x");
        String where = space > 0 ? place.substring(0, space) : place;
        int colon = where.lastIndexOf(':');
        int line = colon > 0 ? StackTraces.number(where, colon + 1, where.length()) : 0;
        String path = line > 0 ? where.substring(0, colon) : where;
        return new Frame(function, path.substring(path.lastIndexOf('/') + 1), line, origin(function, path));
    }

    /** Where the last folder of this name ends, or 0. */
    private static int end(String path, String folder) {
        int at = path.lastIndexOf(folder);
        return at < 0 ? 0 : at + folder.length();
    }

    /** main.main.func1 is main.main.func*; main.run.func2.1 is main.run.func*.*. */
    private static String counted(String function) {
        StringBuilder out = new StringBuilder(function.length());
        boolean inside = false; // behind ".func" a number is a counter, and so is one that only a dot divides from it
        for (int i = 0; i < function.length(); i++) {
            char c = function.charAt(i);
            if (c < '0' || c > '9') {
                inside &= c == '.';
                out.append(c);
                continue;
            }
            inside |= function.startsWith(".func", i - 5) || function.startsWith(".gowrap", i - 7);
            if (!inside) {
                out.append(c);
            } else if (out.charAt(out.length() - 1) != '*') {
                out.append('*');
            }
        }
        return out.toString();
    }

    private Frame.Origin origin(String function, String path) {
        if (own.ofName(function) > 0 || own.ofPath(path) > Math.max(end(path, "/pkg/mod/"), end(path, "/vendor/"))) {
            return Frame.Origin.OWN;
        }
        if (path.contains("/pkg/mod/") || path.contains("/vendor/")) {
            return Frame.Origin.LIBRARY;
        }
        if (function.equals("panic")
                || path.contains("/go/src/") && !path.contains("/go/src/github.com/")
                || path.startsWith("/usr/lib/go")) {
            return Frame.Origin.PLATFORM;
        }
        int slash = function.lastIndexOf('/');
        int dot = function.indexOf('.', Math.max(0, slash));
        String pkg = dot > 0 ? function.substring(0, dot) : function;
        int first = pkg.indexOf('/');
        String host = first > 0 ? pkg.substring(0, first) : pkg;
        if (host.indexOf('.') > 0 || pkg.equals("main")) {
            return Frame.Origin.OWN;
        }
        return switch (host) {
            case "runtime",
                    "net",
                    "os",
                    "io",
                    "sync",
                    "reflect",
                    "testing",
                    "encoding",
                    "database",
                    "bufio",
                    "bytes",
                    "context",
                    "errors",
                    "fmt",
                    "log",
                    "math",
                    "sort",
                    "strings",
                    "strconv",
                    "syscall",
                    "time",
                    "internal",
                    "text",
                    "html",
                    "crypto",
                    "compress",
                    "archive",
                    "container",
                    "path",
                    "regexp",
                    "slices",
                    "maps",
                    "iter" -> Frame.Origin.PLATFORM;
            default -> Frame.Origin.OWN;
        };
    }
}
