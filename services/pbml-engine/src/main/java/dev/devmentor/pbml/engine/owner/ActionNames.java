package dev.devmentor.pbml.engine.owner;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an observation is called among the actions of a person. */
public final class ActionNames {
    private static final int LONGEST = 128;

    private ActionNames() {}

    /** The action that an observation is; null if it is none. */
    public static @Nullable String of(Observation observation) {
        String name = switch (observation) {
            case Observation.TaskBegun _ -> "begin a task";
            case Observation.TaskDone _ -> "complete a task";
            case Observation.Answered answered ->
                (answered.correct() ? "answer right" : "answer wrong")
                        + (answered.skills().isEmpty()
                                ? ""
                                : ": " + answered.skills().getFirst());
            case Observation.Noted noted -> (noted.deleted() ? "delete a " : "store a ") + noted.kind();
            case Observation.CodeChange change -> (change.commit() ? "commit " : "edit ") + role(change);
            case Observation.ErrorMet error ->
                error.gone() ? error.origin() + " error goes" : error.origin() + " error comes";
            default -> null;
        };
        return name == null || name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    private static String role(Observation.CodeChange change) {
        boolean code = false;
        boolean tests = false;
        String other = "nothing";
        for (Observation.ChangedFile file : change.files()) {
            String role = role(file.path());
            code |= role.equals("code");
            tests |= role.equals("tests");
            other = other.equals("nothing") || other.compareTo(role) > 0 ? role : other;
        }
        return code && tests ? "code with tests" : code ? "code" : tests ? "tests" : other;
    }

    private static String role(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String name = lower.substring(lower.lastIndexOf('/') + 1);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (("/" + lower).contains("/test")
                || name.contains("test.")
                || name.contains("_test")
                || name.contains(".spec.")) {
            return "tests";
        }
        return switch (name) {
            case "pom.xml",
                    "package.json",
                    "package-lock.json",
                    "go.mod",
                    "go.sum",
                    "cargo.toml",
                    "cargo.lock",
                    "makefile",
                    "dockerfile",
                    "build.gradle",
                    "build.gradle.kts",
                    "settings.gradle",
                    "requirements.txt",
                    "pyproject.toml" -> "build files";
            default ->
                switch (ending) {
                    case "md", "adoc", "rst", "txt" -> "documentation";
                    case "yml", "yaml", "json", "toml", "properties", "xml", "ini", "cfg", "conf", "env" ->
                        "configuration";
                    default -> "code";
                };
        };
    }
}
