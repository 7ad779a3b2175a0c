package dev.devmentor.cli.patterns;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names files as the project does.
 *
 * @param project the top of the project
 * @param working the directory that the command runs in
 */
record ProjectPaths(Path project, Path working) {

    /** A file that some output names: from the top of the project on where it lies there, and always with slashes. */
    String name(String printed) {
        String text = printed.startsWith("file://") ? printed.substring("file://".length()) : printed;
        text = text.replace('\\', '/');
        while (text.startsWith("./")) {
            text = text.substring(2);
        }
        try {
            Path path = working.resolve(text).normalize();
            if (path.startsWith(project) && (Path.of(text).isAbsolute() || Files.exists(path))) {
                return slashes(project.relativize(path));
            }
        } catch (InvalidPathException e) {
            return text; // names no file of this system, and is a name all the same
        }
        return text;
    }

    /** The directory that the command runs in, from the top of the project on; empty if it is that. */
    String where() {
        return working.startsWith(project) ? slashes(project.relativize(working)) : working.toString();
    }

    /** A text without this machine's folders: those of the project go, the home directory becomes {@code ~}. */
    String relative(String text) {
        String out = text.replace(project + "/", "");
        String home = System.getProperty("user.home");
        return home == null || home.length() < 3 ? out : out.replace(home + "/", "~/");
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The last part of a path. */
    static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
