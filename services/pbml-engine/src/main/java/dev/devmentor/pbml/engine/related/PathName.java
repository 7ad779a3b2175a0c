package dev.devmentor.pbml.engine.related;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a path says by its words alone: a test, its class, its header and its translation are found by names before a
 * history has said anything.
 *
 * @param path as given
 * @param directory all before the last slash, empty at the top
 * @param base all behind the last slash
 * @param extension in lower case, without the dot, at most {@value #LONGEST_EXTENSION} characters
 * @param role what kind of file it seems to be
 * @param stem words of the name without those of its role: {@code UserServiceImplTest.java} gives {@code userservice}
 * @param words the stem's words, sorted, without repeats
 * @param segments the directory's parts
 * @param place the directory without the parts that only tell roles: {@code src/main/java/a} and {@code src/test/java/a}
 *     are the same place
 */
record PathName(
        String path,
        String directory,
        String base,
        String extension,
        Role role,
        String stem,
        String[] words,
        String[] segments,
        String place) {

    enum Role {
        SOURCE,
        TEST,
        TEXT,
        BUILD
    }

    static final int LONGEST_EXTENSION = 12;
    private static final int MOST_WORDS = 12;
    private static final int MOST_SEGMENTS = 32;

    /** Words of a name that tell its role, not its subject. */
    private static final Set<String> ROLE_WORDS = Set.of(
            "test",
            "tests",
            "testing",
            "spec",
            "specs",
            "it",
            "impl",
            "mock",
            "mocks",
            "bench",
            "benchmark",
            "stub",
            "fake");

    private static final Set<String> TEST_WORDS =
            Set.of("test", "tests", "testing", "spec", "specs", "it", "testdata", "fixtures");

    /** Parts of a directory that tell a role, in the usual layouts of several languages. */
    private static final Set<String> ROLE_SEGMENTS = Set.of(
            "src",
            "main",
            "test",
            "tests",
            "__tests__",
            "spec",
            "specs",
            "java",
            "kotlin",
            "scala",
            "groovy",
            "lib",
            "include",
            "docs",
            "doc",
            "it",
            "integration-test",
            "resources",
            "testdata");

    private static final Set<String> TEXT_EXTENSIONS =
            Set.of("md", "adoc", "rst", "txt", "markdown", "asciidoc", "org", "tex");

    private static final Set<String> BUILD_NAMES = Set.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts",
            "gradle.properties",
            "libraries.gradle",
            "package.json",
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "go.mod",
            "go.sum",
            "cargo.toml",
            "cargo.lock",
            "setup.py",
            "setup.cfg",
            "pyproject.toml",
            "requirements.txt",
            "poetry.lock",
            "makefile",
            "cmakelists.txt",
            "dockerfile",
            "gemfile",
            "gemfile.lock",
            "build.sbt",
            "composer.json",
            "composer.lock");

    static PathName of(String path) {
        int slash = path.lastIndexOf('/');
        String directory = slash < 0 ? "" : path.substring(0, slash);
        String base = path.substring(slash + 1);
        int dot = base.lastIndexOf('.');
        String extension = dot > 0 ? base.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
        if (extension.length() > LONGEST_EXTENSION) {
            extension = extension.substring(0, LONGEST_EXTENSION);
        }
        List<String> all = words(dot > 0 ? base.substring(0, dot) : base);
        List<String> own =
                all.stream().filter(word -> !ROLE_WORDS.contains(word)).toList();
        if (own.isEmpty()) {
            own = all;
        }
        String[] segments = segments(directory);
        StringBuilder place = new StringBuilder();
        boolean inTests = false;
        boolean inTexts = false;
        for (String segment : segments) {
            String lower = segment.toLowerCase(Locale.ROOT);
            inTests |= TEST_WORDS.contains(lower) || lower.equals("__tests__");
            inTexts |= lower.equals("docs") || lower.equals("doc");
            if (!ROLE_SEGMENTS.contains(lower)) {
                place.append(segment).append('/');
            }
        }
        return new PathName(
                path,
                directory,
                base,
                extension,
                role(base, extension, all, inTests, inTexts),
                String.join("", own),
                own.stream().distinct().sorted().toArray(String[]::new),
                segments,
                place.toString());
    }

    private static Role role(String base, String extension, List<String> words, boolean inTests, boolean inTexts) {
        if (BUILD_NAMES.contains(base.toLowerCase(Locale.ROOT))) {
            return Role.BUILD;
        }
        if (inTests || words.stream().anyMatch(TEST_WORDS::contains)) {
            return Role.TEST;
        }
        return inTexts || TEXT_EXTENSIONS.contains(extension) ? Role.TEXT : Role.SOURCE;
    }

    private static String[] segments(String directory) {
        if (directory.isEmpty()) {
            return new String[0];
        }
        String[] parts = directory.split("/", MOST_SEGMENTS + 1);
        return parts.length > MOST_SEGMENTS ? Arrays.copyOf(parts, MOST_SEGMENTS) : parts;
    }

    /** Words in lower case: cut at what is no letter or digit, and where camel case begins a word. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length() && words.size() < MOST_WORDS; i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                flush(word, words);
                continue;
            }
            if (startsWord(name, i)) {
                flush(word, words);
            }
            word.append(Character.toLowerCase(c));
        }
        flush(word, words);
        return words;
    }

    /** Whether a word starts here: aB, AAa before the last two, a1 and 1a stay together. */
    private static boolean startsWord(String name, int i) {
        if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        return !Character.isUpperCase(name.charAt(i - 1))
                || i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty() && words.size() < MOST_WORDS) {
            words.add(word.toString());
        }
        word.setLength(0);
    }

    /** Extension and role: what kinds go together is learnt. */
    String kind() {
        return role + "." + extension;
    }

    /** How many leading parts both directories share. */
    int sharedSegments(PathName other) {
        int limit = Math.min(segments.length, other.segments.length);
        int shared = 0;
        while (shared < limit && segments[shared].equals(other.segments[shared])) {
            shared++;
        }
        return shared;
    }

    /** Words of both names over words of either (Jaccard), 0 to 1. */
    double sharedWords(PathName other) {
        int both = 0;
        int i = 0;
        int j = 0;
        while (i < words.length && j < other.words.length) {
            int order = words[i].compareTo(other.words[j]);
            if (order == 0) {
                both++;
                i++;
                j++;
            } else if (order < 0) {
                i++;
            } else {
                j++;
            }
        }
        int either = words.length + other.words.length - both;
        return either == 0 ? 0 : (double) both / either;
    }

    /** Paths are their identity. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PathName name && name.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }
}
