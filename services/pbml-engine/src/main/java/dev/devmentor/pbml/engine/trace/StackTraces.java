package dev.devmentor.pbml.engine.trace;

import dev.devmentor.pbml.engine.template.MessageMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads stack traces as Java, Node.js, Python and Go print them, with what a logger put before the first line. What stands
 * behind the limits is not read. One pass, no regular expressions.
 */
public final class StackTraces {

    /** What is read of a text. */
    public static final int CHARACTERS = 256 * 1024;

    /** Frames that are kept of a trace; the innermost ones in Java, JavaScript and Go, the last read ones in Python. */
    public static final int FRAMES = 512;

    /** Faults that are kept of a chain. */
    public static final int FAULTS = 32;

    private StackTraces() {}

    /** The trace in a text; empty if it has no frame of any of the languages. */
    public static Optional<Trace> parse(CharSequence text) {
        return parse(text, OwnCode.KNOWN);
    }

    /** The same, with frames of one's own that would be a library's otherwise. */
    public static Optional<Trace> parse(CharSequence text, OwnCode own) {
        List<String> lines = lines(text);
        for (String line : lines) {
            if (Python.begins(line)) {
                return new Python(own).parse(lines);
            }
            if (Go.goroutine(line)) {
                return new Go(own).parse(lines);
            }
            String at = ThrownFrames.afterAt(line);
            if (at != null && (JavaFrames.reads(at) || JavaScriptFrames.reads(at))) {
                return new ThrownFrames(JavaFrames.reads(at) ? Language.JAVA : Language.JAVASCRIPT, own).parse(lines);
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(CharSequence text) {
        List<String> lines = new ArrayList<>();
        int length = Math.min(text.length(), CHARACTERS);
        int from = 0;
        for (int i = 0; i <= length; i++) {
            if (i == length || text.charAt(i) == '\n') {
                int to = i > from && text.charAt(i - 1) == '\r' ? i - 1 : i;
                lines.add(text.subSequence(from, to).toString());
                from = i + 1;
            }
        }
        return lines;
    }

    /** A fault that is being read. */
    static final class Fault {
        final String type;
        final String message;
        final int indent;
        final List<Frame> frames = new ArrayList<>();
        final List<Trace.Relation> relations = new ArrayList<>();
        final List<Fault> linked = new ArrayList<>();

        Fault(String type, String message, int indent) {
            this.type = type;
            this.message = message;
            this.indent = indent;
        }

        void link(Trace.Relation relation, Fault fault) {
            relations.add(relation);
            linked.add(fault);
        }

        void frame(Frame frame) {
            if (frames.size() < FRAMES) {
                frames.add(frame);
            }
        }

        Trace trace(Language language) {
            MessageMask mask = new MessageMask();
            return trace(language, mask);
        }

        private Trace trace(Language language, MessageMask mask) {
            List<Trace.Link> links = new ArrayList<>();
            for (int i = 0; i < linked.size(); i++) {
                links.add(new Trace.Link(relations.get(i), linked.get(i).trace(language, mask)));
            }
            return new Trace(language, type, mask.mask(message), frames, links);
        }
    }

    /** Type and message of a line such as "java.lang.X: message", with anything before it. */
    record Header(String type, String message) {

        /** The first word that is the name of an exception; otherwise the first word. */
        static Header of(String line) {
            String text = line.strip();
            int from = 0;
            if (text.startsWith("Exception in thread ")) {
                int quote = text.indexOf("\" ");
                from = quote < 0 ? 20 : quote + 2;
            } else if (text.startsWith("Uncaught ")) {
                from = text.startsWith("Uncaught (in promise) ") ? 22 : 9;
            }
            int best = -1;
            int bestEnd = -1;
            for (int at = from; at < text.length() && at < 1_000; ) {
                int end = nameEnd(text, at);
                if (end > at
                        && (end == text.length() || text.charAt(end) == ':' || text.startsWith(" [", end))
                        && (best < 0 || !exceptionName(text, best, bestEnd))
                        && (exceptionName(text, at, end) || at == from && qualified(text, at, end))) {
                    best = at;
                    bestEnd = end;
                    if (exceptionName(text, at, end)) {
                        break;
                    }
                }
                int blank = text.indexOf(' ', Math.max(end, at));
                at = blank < 0 ? text.length() : blank + 1;
            }
            if (best < 0) {
                return new Header("", text.substring(Math.min(from, text.length())));
            }
            String type = text.substring(best, bestEnd);
            int rest = bestEnd;
            if (text.startsWith(" [", rest)) {
                int close = text.indexOf(']', rest);
                if (close > 0 && close - rest < 80) {
                    type = text.substring(best, close + 1);
                    rest = close + 1;
                }
            }
            String message = text.substring(rest);
            message = message.startsWith(":") ? message.substring(1).strip() : message.strip();
            return new Header(generatedCut(type), message);
        }

        private static int nameEnd(String text, int at) {
            int end = at;
            while (end < text.length()
                    && (Character.isJavaIdentifierPart(text.charAt(end))
                            || text.charAt(end) == '.'
                            || text.charAt(end) == '/')) {
                end++;
            }
            return end;
        }

        private static boolean exceptionName(String text, int from, int to) {
            return ends(text, from, to, "Exception")
                    || ends(text, from, to, "Error")
                    || ends(text, from, to, "Throwable")
                    || ends(text, from, to, "Failure")
                    || ends(text, from, to, "Interrupt")
                    || ends(text, from, to, "Warning")
                    || ends(text, from, to, "Fault");
        }

        private static boolean ends(String text, int from, int to, String suffix) {
            return to - from >= suffix.length() && text.startsWith(suffix, to - suffix.length());
        }

        private static boolean qualified(String text, int from, int to) {
            int dot = text.indexOf('.', from);
            return dot > from && dot < to - 1 && Character.isJavaIdentifierStart(text.charAt(from));
        }

        private static String generatedCut(String type) {
            int mark = type.indexOf("$$");
            return mark > 0 ? type.substring(0, mark) : type;
        }
    }

    /** Blanks at the beginning, a tab as four. */
    static int indent(String line) {
        int indent = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ' ') {
                indent++;
            } else if (c == '\t') {
                indent += 4;
            } else {
                break;
            }
        }
        return indent;
    }

    /** A whole number that is a part of a text; 0 if it is none. */
    static int number(String text, int from, int to) {
        int value = 0;
        if (from >= to || to - from > 9) {
            return 0;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static final String[] ROOTS = {
        "src", "lib", "dist", "app", "build", "out", "packages", "test", "tests", "site-packages"
    };

    /** A file without the folders that it was built or installed in: from behind the last folder that sources have by habit. */
    static String withoutBuildPath(String path) {
        String file = path.replace('\\', '/');
        int query = file.indexOf('?');
        if (query >= 0) {
            file = file.substring(0, query);
        }
        int cut = -1;
        for (String root : ROOTS) {
            int at = file.lastIndexOf('/' + root + '/');
            if (at >= 0) {
                cut = Math.max(cut, at + root.length() + 2);
            }
        }
        if (cut < 0) {
            cut = file.lastIndexOf('/') + 1;
        }
        return withoutContentHash(file.substring(cut));
    }

    /** main.4f3a2b1c.js is main.js. */
    private static String withoutContentHash(String file) {
        int last = file.lastIndexOf('.');
        int before = Math.max(file.lastIndexOf('.', last - 1), file.lastIndexOf('-', last - 1));
        if (last < 0 || before < 0 || last - before - 1 < 6) {
            return file;
        }
        boolean digit = false;
        for (int i = before + 1; i < last; i++) {
            char c = file.charAt(i);
            if (Character.digit(c, 16) < 0) {
                return file;
            }
            digit |= c <= '9';
        }
        return digit ? file.substring(0, before) + file.substring(last) : file;
    }

    /** Numbers behind a dollar sign, by which compilers count, made one: Outer$1 is Outer$*. */
    static String withoutNumbers(String name) {
        if (name.indexOf('$') < 0) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length());
        boolean counting = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                counting = c == '$';
                out.append(c);
            } else if (!counting) {
                out.append(c);
            } else if (out.charAt(out.length() - 1) != '*') {
                out.append('*');
            }
        }
        return out.toString();
    }

    static @Nullable Frame frame(Language language, String at, OwnCode own) {
        return language == Language.JAVA ? JavaFrames.read(at, own) : JavaScriptFrames.read(at, own);
    }

    static List<Frame> innermostFirst(List<Frame> frames) {
        List<Frame> reversed = new ArrayList<>(frames);
        Collections.reverse(reversed);
        return reversed;
    }
}
