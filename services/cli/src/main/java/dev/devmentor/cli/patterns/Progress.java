package dev.devmentor.cli.patterns;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a build has come, as its own lines tell: goals of Maven per module, test classes of Surefire, tasks of Gradle. An
 * error that does not come again may only be called gone if the part of the build that it belongs to was passed.
 */
final class Progress {
    /** Parts that are remembered of one run. */
    private static final int PARTS = 20_000;

    private static final Pattern GOAL = Pattern.compile(
            "\\[INFO\\] --- (?:maven-)?([\\w.-]+?)(?:-maven)?(?:-plugin)?:[^:\\s]+:([\\w.-]+) \\(([^)]*)\\) @ (\\S+)"
                    + " ---");
    private static final Pattern TEST_RUNS = Pattern.compile("\\[INFO\\] Running ([\\w.$]+)");
    private static final Pattern TEST_ENDED = Pattern.compile(
            "\\[(?:INFO|WARNING|ERROR)\\] Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+),"
                    + " Time elapsed: .*?(?:-- |- )in ([\\w.$]+)");
    private static final Pattern TEST_FAILED = Pattern.compile(
            "\\[ERROR\\] ([\\w.$]+?)(?:\\.[\\w$]+(?:\\(.*\\))?(?:\\[.*\\])?)?\\s+(?:-- )?Time elapsed: .* <<< .*");
    private static final Pattern TASK = Pattern.compile("> Task (:\\S+)( FAILED)?(?: .*)?");

    private String context = "";
    /** Of each module of Maven the goal that was begun last. */
    private final Map<String, String> goalOf = new HashMap<>();

    private final Set<String> passed = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private boolean succeeded;
    private boolean broken;

    /** Takes the next line that belongs to no stack trace. */
    void line(String line) {
        if (line.startsWith("> Task ")) {
            task(line);
        } else if (line.startsWith("[")) {
            maven(line);
        } else if (line.startsWith("BUILD SUCCESSFUL")) {
            succeeded = true;
        } else if (line.startsWith("BUILD FAILED")) {
            broken = true;
        }
    }

    private void task(String line) {
        Matcher task = TASK.matcher(line);
        if (task.matches()) {
            context = "gradle:" + task.group(1);
            if (task.group(2) == null) {
                pass(context);
            } else {
                fail(context);
            }
        }
    }

    private void maven(String line) {
        if (line.startsWith("[INFO] --- ")) {
            Matcher goal = GOAL.matcher(line);
            if (goal.matches()) {
                String module = goal.group(4);
                context = "maven:" + module + ":" + goal.group(1) + ":" + goal.group(2) + ":" + goal.group(3);
                String before = goalOf.size() < PARTS ? goalOf.put(module, context) : null;
                if (before != null) {
                    pass(before);
                }
            }
            return;
        }
        if (line.equals("[INFO] BUILD SUCCESS")) {
            succeeded = true;
        } else if (line.equals("[INFO] BUILD FAILURE")) {
            broken = true;
        } else if (line.startsWith("[INFO] Running ")) {
            Matcher runs = TEST_RUNS.matcher(line);
            if (runs.matches()) {
                context = test(runs.group(1));
            }
        } else if (line.contains("Tests run: ")) {
            Matcher ended = TEST_ENDED.matcher(line);
            if (ended.matches()) {
                context = test(ended.group(5));
                boolean clean = ended.group(2).equals("0") && ended.group(3).equals("0");
                if (!clean) {
                    fail(context);
                } else if (!ended.group(1).equals(ended.group(4))) {
                    pass(context);
                }
            }
        } else if (line.contains(" <<< ")) {
            Matcher failure = TEST_FAILED.matcher(line);
            if (failure.matches()) {
                context = test(failure.group(1));
                fail(context);
            }
        }
    }

    private static String test(String type) {
        return "test:" + type;
    }

    private void pass(String part) {
        if (passed.size() < PARTS) {
            passed.add(part);
        }
    }

    private void fail(String part) {
        if (failed.size() < PARTS) {
            failed.add(part);
        }
    }

    /** The part of the build that prints now; empty where the build does not tell. */
    String context() {
        return context;
    }

    /** Whether the part was gone through to its end without a failure. */
    boolean passed(String part) {
        return passed.contains(part) && !failed.contains(part);
    }

    /** Whether the build tool said itself that all went well. */
    boolean succeeded() {
        return succeeded && !broken;
    }

    /** Whether the build tool said itself that it failed. */
    boolean broken() {
        return broken;
    }
}
