package dev.devmentor.cli.patterns;

import java.util.Locale;
import java.util.Set;

/** What kinds of files there are in a project, by their names alone. */
final class SourceFiles {
    private static final Set<String> BUILD = Set.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts",
            "gradle.properties",
            "libs.versions.toml",
            "package.json",
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "tsconfig.json",
            "go.mod",
            "go.sum",
            "cargo.toml",
            "cargo.lock",
            "pyproject.toml",
            "requirements.txt",
            "setup.py",
            "setup.cfg",
            "poetry.lock",
            "makefile",
            "cmakelists.txt",
            "dockerfile",
            "extensions.xml",
            "maven.config",
            "jvm.config");

    private static final Set<String> SOURCE = Set.of(
            "java",
            "kt",
            "kts",
            "scala",
            "groovy",
            "gradle",
            "js",
            "mjs",
            "cjs",
            "jsx",
            "ts",
            "tsx",
            "mts",
            "cts",
            "vue",
            "svelte",
            "py",
            "pyi",
            "go",
            "rs",
            "c",
            "h",
            "cc",
            "cpp",
            "cxx",
            "hpp",
            "cs",
            "fs",
            "rb",
            "php",
            "swift",
            "m",
            "mm",
            "dart",
            "ex",
            "exs",
            "erl",
            "clj",
            "lua",
            "sh",
            "bash",
            "sql",
            "xml",
            "json",
            "yaml",
            "yml",
            "toml",
            "properties",
            "cfg",
            "ini",
            "html",
            "css",
            "scss",
            "proto",
            "graphql",
            "md",
            "txt",
            "tf");

    private static final Set<String> FOLDERS_LEFT_OUT = Set.of(
            "target",
            "build",
            "out",
            "dist",
            "bin",
            "obj",
            "node_modules",
            "vendor",
            "venv",
            "__pycache__",
            "coverage",
            "logs");

    private SourceFiles() {}

    /** Whether the file says what a project is built of and how. */
    static boolean ofTheBuild(String path) {
        return BUILD.contains(ProjectPaths.base(path).toLowerCase(Locale.ROOT));
    }

    /** Whether it is a text that people write; keys, passwords and what hides behind a dot are none. */
    static boolean isSource(String path) {
        String name = ProjectPaths.base(path).toLowerCase(Locale.ROOT);
        if (BUILD.contains(name)) {
            return true;
        }
        boolean secret = name.startsWith(".") || name.contains("secret") || name.contains("credential");
        return !secret && SOURCE.contains(name.substring(name.lastIndexOf('.') + 1)) && name.indexOf('.') > 0;
    }

    /** Whether it is a source that lies in no folder of made things. */
    static boolean written(String path) {
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            if (leftOut(parts[i])) {
                return false;
            }
        }
        return isSource(path);
    }

    /** Whether a folder holds what is made and not written. */
    static boolean leftOut(String folder) {
        return folder.startsWith(".") || FOLDERS_LEFT_OUT.contains(folder);
    }
}
