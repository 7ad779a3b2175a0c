package dev.devmentor.cli.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises errors in lines that belong to no stack trace: those of javac and Maven, Kotlin, Gradle, TypeScript and C#, gcc
 * and clang, Go, Rust, pytest, npm and make, and lines of a log of the level ERROR or above. The lines of one error are put
 * together. What a build tool says about errors that stand above (that it failed, where help is to be found) is no error of
 * its own: it is handed out as {@link Recognised#aside}, for the case that nothing stands above.
 */
final class ErrorLines {
    /** Lines of one error that are kept. */
    private static final int LINES = 40;

    /**
     * What was recognised.
     *
     * @param file as it was printed; empty if none is named
     * @param message without place, on one line; the identity is made of it
     * @param aside whether it only speaks of errors that should stand elsewhere
     */
    record Recognised(Finding.Kind kind, String file, String message, List<String> lines, boolean aside) {}

    private static final Pattern MAVEN_PLACE =
            Pattern.compile("\\[ERROR\\] (?:file:)?([^:\\[\\]]{1,1000}\\.\\w{1,10}):\\[(\\d+)(?:,\\d+)?\\] (.+)");
    private static final Pattern PLACE_ERROR = Pattern.compile(
            "(?:\\[ERROR\\] )?((?:[A-Za-z]:)?[^:\\s][^:]{0,1000}?\\.\\w{1,10}):(\\d+)(?::\\d+)?(?:: | - )(?:fatal"
                    + " )?error:? (.+)");
    private static final Pattern PARENTHESES_ERROR =
            Pattern.compile("((?:[A-Za-z]:)?[^:(]{1,1000}\\.\\w{1,10})\\((\\d+)(?:,\\d+)*\\): error (.+)");
    private static final Pattern KOTLIN =
            Pattern.compile("e: ((?:file://)?[^:]{1,1000}\\.kts?):(?: \\()?\\d+[:,] ?\\d+\\)?:? (.+)");
    private static final Pattern GO_PLACE =
            Pattern.compile("(?:vet: )?((?:[\\w.@-]+/|/)*[\\w.@-]+\\.go):(\\d+)(?::\\d+)?: (.+)");
    private static final Pattern GO_FAIL = Pattern.compile("\\s*--- FAIL: (\\S+) \\(.*\\)");
    private static final Pattern GO_TEST_PLACE = Pattern.compile("\\s+([\\w.-]+\\.go):\\d+: (.*)");
    private static final Pattern RUST = Pattern.compile("error(\\[E\\d+\\])?: (.+)");
    private static final Pattern RUST_PLACE = Pattern.compile("\\s*--> (.+?):\\d+:\\d+");
    private static final Pattern RUST_PANIC = Pattern.compile(
            "thread '(.{0,500}?)'(?: \\(\\d+\\))? panicked at (?:'(.*)', )?([^:']{1,1000}):\\d+:\\d+:?");
    private static final Pattern PYTEST_TEST = Pattern.compile("_{3,} (.{1,300}?) _{3,}");
    private static final Pattern PYTEST_PLACE = Pattern.compile("([^\\s:]{1,1000}\\.py):\\d+: ?(.*)");
    private static final Pattern SYMBOL = Pattern.compile("(?:\\[ERROR\\])?\\s+symbol: +(.+)");
    private static final Pattern JAVAC_DETAIL =
            Pattern.compile("(?:\\[ERROR\\])?\\s+(?:symbol|location|required|found|reason): .*");
    private static final Pattern MAVEN_GOAL = Pattern.compile(
            "\\[ERROR\\] Failed to execute goal (?:\\S+ \\([^)]*\\) )?on project [^:]+: (.*?)(?: -> \\[Help \\d+\\])?");
    private static final Pattern LOG =
            Pattern.compile("(?=[\\d\\[(]|ERROR|FATAL|SEVERE|CRITICAL|[A-Z][a-z]{2} )(?:.{0,70}?[\\s\\[(|])??[\\[(]?"
                    + "(?:ERROR|FATAL|SEVERE|CRITICAL)(?:[\\])|:]|\\s)\\s*(.+)");
    private static final Pattern LOGFMT = Pattern.compile(".*\\blevel=\"?(?:error|fatal|panic|critical)\\b.*");
    private static final Pattern LOGFMT_MESSAGE = Pattern.compile("\\bmsg=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(\\S+))");
    private static final Pattern JSON_LEVEL =
            Pattern.compile("\\{.*\"(?:level|severity|levelname)\"\\s*:\\s*\"(?i:error|fatal|critical|severe)\".*");
    private static final Pattern JSON_MESSAGE =
            Pattern.compile("\"(?:message|msg)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern NPM = Pattern.compile("npm (?:ERR!|error) ?(.*)");
    private static final Pattern MAKE = Pattern.compile("g?make(?:\\[\\d+\\])?: \\*\\*\\* (.+)");
    private static final Pattern SAYS_ERROR = Pattern.compile("(?:fatal|Error|error): (.+)");
    private static final Pattern SUREFIRE_SUMMARY =
            Pattern.compile("\\[ERROR\\] {1,4}([\\w$]+(?:\\.[\\w$]+)?)(?:->[\\w$.:]+)*:(?:\\d+ )?(.+)");

    private static final List<String> MAVEN_SAYS_BESIDE = List.of(
            "COMPILATION ERROR",
            "-> [Help",
            "[Help ",
            "To see the full stack trace",
            "Re-run Maven",
            "For more information",
            "After correcting the problems",
            "mvn <args>",
            "Tests run:",
            "Failures:",
            "Errors:",
            "There are test failures",
            "See ",
            "Please refer to",
            "Some problems were encountered",
            "The build could not read",
            "BUILD ");

    private @Nullable Open open;
    private String pytest = "";
    private boolean mavenSummary;
    private boolean took;

    /** An error whose further lines may come yet. */
    private static final class Open {
        final Finding.Kind kind;
        final Follow follow;
        String file;
        String message;
        boolean aside;
        final List<String> lines = new ArrayList<>();

        Open(Finding.Kind kind, Follow follow, String file, String message, boolean aside) {
            this.kind = kind;
            this.follow = follow;
            this.file = file;
            this.message = message;
            this.aside = aside;
        }

        Open copy() {
            Open copy = new Open(kind, follow, file, message, aside);
            copy.lines.addAll(lines);
            return copy;
        }

        Recognised close() {
            return new Recognised(kind, file, message, List.copyOf(lines), aside);
        }
    }

    /** Which lines go on with an error. */
    private enum Follow {
        NOTHING,
        JAVAC,
        /** Indented lines: source with marks below it. */
        INDENTED,
        RUST,
        PANIC,
        PYTEST,
        GO_TEST,
        NPM,
        GRADLE
    }

    /** Takes a line and says which errors are complete with it. */
    List<Recognised> accept(String line) {
        List<Recognised> out = new ArrayList<>(1);
        Open at = open;
        took = false;
        if (at != null) {
            if (goesOn(at, line)) {
                took = true;
                if (at.lines.size() < LINES) {
                    at.lines.add(line);
                }
                return out;
            }
            out.add(at.close());
            open = null;
        }
        Open fresh = begin(line);
        if (fresh != null) {
            fresh.lines.add(line);
            open = fresh;
            took = fresh.kind != Finding.Kind.LOG;
        } else {
            took = line.startsWith("[ERROR]");
        }
        return out;
    }

    /** Whether the last line was one of a tool's on an error, or on the failing of a build. A log's line is not. */
    boolean took() {
        return took;
    }

    /** What is held back, when no further line comes or it takes too long. */
    List<Recognised> flush() {
        Open at = open;
        open = null;
        return at == null ? List.of() : List.of(at.close());
    }

    /**
     * What is complete because of a line that has not been accepted yet; so it need not wait until that one is. A log's line
     * waits for a stack trace, unless the next line is one of a log, too.
     */
    List<Recognised> flushBefore(String next) {
        Open at = open;
        if (at == null || goesOn(at.copy(), next)) {
            return List.of();
        }
        boolean entry = !next.isEmpty() && (Character.isDigit(next.charAt(0)) || next.charAt(0) == '[');
        return at.kind == Finding.Kind.LOG && !entry ? List.of() : flush();
    }

    /** A stack trace comes next: it takes the place of a log's line that stands right above it. */
    List<Recognised> beforeTrace() {
        Open at = open;
        if (at != null && at.kind == Finding.Kind.LOG) {
            open = null;
            return List.of();
        }
        return flush();
    }

    private static boolean goesOn(Open at, String line) {
        return switch (at.follow) {
            case NOTHING -> false;
            case JAVAC -> javacGoesOn(at, line);
            case INDENTED -> indented(line) && !line.isBlank();
            case RUST -> rustGoesOn(at, line);
            case PANIC -> panicGoesOn(at, line);
            case PYTEST -> pytestGoesOn(at, line);
            case GO_TEST -> goTestGoesOn(at, line);
            case NPM -> npmGoesOn(at, line);
            case GRADLE -> gradleGoesOn(at, line);
        };
    }

    private static boolean javacGoesOn(Open at, String line) {
        Matcher symbol = SYMBOL.matcher(line);
        if (symbol.matches()) {
            at.message = at.message + " " + withoutKind(symbol.group(1));
            return true;
        }
        return JAVAC_DETAIL.matcher(line).matches() || indented(line) && !line.isBlank() && at.lines.size() < 8;
    }

    /** "variable StringUtils" is StringUtils. */
    private static String withoutKind(String symbol) {
        return symbol.strip()
                .replaceFirst("^(?:class|variable|method|interface|package|constructor|record|enum) +", "");
    }

    private static boolean rustGoesOn(Open at, String line) {
        Matcher place = RUST_PLACE.matcher(line);
        if (at.file.isEmpty() && place.matches()) {
            at.file = place.group(1);
        }
        return !line.isBlank();
    }

    private static boolean panicGoesOn(Open at, String line) {
        if (at.message.isEmpty() && !line.isBlank()) {
            at.message = "panicked: " + line.strip();
            return true;
        }
        return line.startsWith("note: ");
    }

    private static boolean pytestGoesOn(Open at, String line) {
        Matcher place = PYTEST_PLACE.matcher(line);
        if (place.matches()) {
            at.file = place.group(1);
            return true;
        }
        return at.file.isEmpty() && (line.startsWith("E  ") || line.isBlank());
    }

    private static boolean goTestGoesOn(Open at, String line) {
        Matcher place = GO_TEST_PLACE.matcher(line);
        if (place.matches()) {
            if (at.file.isEmpty()) {
                at.file = place.group(1);
                at.message = at.message + ": " + place.group(2).strip();
            }
            return true;
        }
        return line.startsWith("        ");
    }

    private static boolean npmGoesOn(Open at, String line) {
        Matcher npm = NPM.matcher(line);
        if (!npm.matches()) {
            return false;
        }
        if (at.lines.size() < 3 && !npm.group(1).isBlank()) {
            at.message = at.message + ", " + npm.group(1).strip();
        }
        return true;
    }

    private static boolean gradleGoesOn(Open at, String line) {
        if (line.isBlank() || line.startsWith("* ")) {
            return false;
        }
        at.message = at.message.isEmpty()
                ? line.strip()
                : at.lines.size() < 4 ? at.message + " " + line.strip().replaceFirst("^> ", "") : at.message;
        return true;
    }

    private @Nullable Open begin(String line) {
        if (line.isBlank() || line.length() > 8_000) {
            return null;
        }
        if (line.startsWith("[ERROR]") || line.startsWith("[FATAL]")) {
            return maven(line);
        }
        if (line.startsWith("[INFO]") || line.startsWith("[WARNING]") || line.startsWith("[DEBUG]")) {
            mavenSummary = mavenSummary && !line.startsWith("[INFO] --- ");
            return null;
        }
        Open compiler = compiler(line);
        if (compiler != null) {
            return compiler;
        }
        Open test = test(line);
        if (test != null) {
            return test;
        }
        return log(line);
    }

    private @Nullable Open maven(String line) {
        Matcher goal = MAVEN_GOAL.matcher(line);
        if (goal.matches()) {
            mavenSummary = true;
            return new Open(Finding.Kind.BUILD, Follow.NOTHING, "", goal.group(1), true);
        }
        Matcher place = MAVEN_PLACE.matcher(line);
        if (place.matches()) {
            return new Open(
                    Finding.Kind.COMPILER,
                    Follow.JAVAC,
                    place.group(1),
                    place.group(3).strip(),
                    mavenSummary);
        }
        Open compiler = compiler(line);
        if (compiler != null) {
            compiler.aside = mavenSummary;
            return compiler;
        }
        String body = line.substring(7).strip();
        boolean beside = body.isEmpty()
                || body.contains(" <<< ")
                || MAVEN_SAYS_BESIDE.stream().anyMatch(body::startsWith);
        if (beside) {
            return null;
        }
        Matcher test = SUREFIRE_SUMMARY.matcher(line);
        if (test.matches()) {
            return new Open(
                    Finding.Kind.TEST,
                    Follow.NOTHING,
                    "",
                    test.group(1) + ": " + test.group(2).strip(),
                    true);
        }
        boolean aside = mavenSummary || line.startsWith("[ERROR]   ");
        return new Open(Finding.Kind.LOG, Follow.NOTHING, "", body, aside);
    }

    private @Nullable Open compiler(String line) {
        char first = line.charAt(0);
        if (first == ' ' || first == '\t') {
            return null;
        }
        if (line.contains("error")) {
            Matcher place = PLACE_ERROR.matcher(line);
            if (place.matches()) {
                boolean java = place.group(1).endsWith(".java");
                return new Open(
                        Finding.Kind.COMPILER,
                        java ? Follow.JAVAC : Follow.INDENTED,
                        place.group(1),
                        place.group(3).strip(),
                        false);
            }
            Matcher parentheses = PARENTHESES_ERROR.matcher(line);
            if (parentheses.matches()) {
                return new Open(
                        Finding.Kind.COMPILER, Follow.INDENTED, parentheses.group(1), parentheses.group(3), false);
            }
            Matcher rust = RUST.matcher(line);
            if (rust.matches()) {
                String message = rust.group(2);
                boolean aside = rust.group(1) == null
                        && (message.startsWith("could not compile")
                                || message.startsWith("aborting due to")
                                || message.startsWith("test failed")
                                || message.startsWith("build failed"));
                String code = rust.group(1) == null ? "" : rust.group(1) + " ";
                return new Open(Finding.Kind.COMPILER, Follow.RUST, "", code + message, aside);
            }
        }
        if (line.startsWith("e: ")) {
            Matcher kotlin = KOTLIN.matcher(line);
            if (kotlin.matches()) {
                return new Open(Finding.Kind.COMPILER, Follow.NOTHING, kotlin.group(1), kotlin.group(2), false);
            }
        }
        if (line.contains(".go:")) {
            Matcher go = GO_PLACE.matcher(line);
            if (go.matches()) {
                return new Open(Finding.Kind.COMPILER, Follow.INDENTED, go.group(1), go.group(3), false);
            }
        }
        return null;
    }

    private @Nullable Open test(String line) {
        if (line.startsWith("___")) {
            Matcher name = PYTEST_TEST.matcher(line);
            pytest = name.matches() ? name.group(1) : pytest;
            return null;
        }
        if (line.startsWith("E   ")) {
            String test = pytest.isEmpty() ? "" : pytest + ": ";
            return new Open(
                    Finding.Kind.TEST,
                    Follow.PYTEST,
                    "",
                    test + line.substring(4).strip(),
                    false);
        }
        if (line.contains("--- FAIL: ")) {
            Matcher go = GO_FAIL.matcher(line);
            if (go.matches()) {
                return new Open(Finding.Kind.TEST, Follow.GO_TEST, "", go.group(1) + " failed", false);
            }
        }
        if (line.startsWith("thread '")) {
            Matcher panic = RUST_PANIC.matcher(line);
            if (panic.matches()) {
                String message = panic.group(2) == null ? "" : "panicked: " + panic.group(2);
                return new Open(Finding.Kind.TEST, Follow.PANIC, panic.group(3), message, false);
            }
        }
        return null;
    }

    private @Nullable Open log(String line) {
        if (line.startsWith("npm ")) {
            Matcher npm = NPM.matcher(line);
            if (npm.matches()) {
                return new Open(
                        Finding.Kind.BUILD,
                        Follow.NPM,
                        "",
                        "npm: " + npm.group(1).strip(),
                        true);
            }
        }
        if (line.startsWith("* What went wrong:")) {
            return new Open(Finding.Kind.BUILD, Follow.GRADLE, "", "", true);
        }
        Matcher make = MAKE.matcher(line);
        if (make.matches()) {
            return new Open(Finding.Kind.BUILD, Follow.NOTHING, "", "make: " + make.group(1), true);
        }
        Matcher log = LOG.matcher(line);
        if (log.matches()) {
            return new Open(Finding.Kind.LOG, Follow.NOTHING, "", log.group(1).strip(), false);
        }
        if (line.contains("level=") && LOGFMT.matcher(line).matches()) {
            Matcher message = LOGFMT_MESSAGE.matcher(line);
            boolean found = message.find();
            String text = !found ? line : message.group(1) == null ? message.group(2) : message.group(1);
            return new Open(Finding.Kind.LOG, Follow.NOTHING, "", text, false);
        }
        if (line.startsWith("{") && JSON_LEVEL.matcher(line).matches()) {
            Matcher message = JSON_MESSAGE.matcher(line);
            return new Open(Finding.Kind.LOG, Follow.NOTHING, "", message.find() ? message.group(1) : line, false);
        }
        Matcher says = SAYS_ERROR.matcher(line);
        if (says.matches()) {
            return new Open(Finding.Kind.BUILD, Follow.NOTHING, "", says.group(1), true);
        }
        return null;
    }

    private static boolean indented(String line) {
        return !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
    }
}
