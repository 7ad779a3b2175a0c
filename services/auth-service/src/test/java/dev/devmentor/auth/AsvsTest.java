package dev.devmentor.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the document of security to the tests that it names. */
class AsvsTest {
    private static final Path ROOT = Path.of(System.getProperty("devmentor.root", "../.."));
    private static final Path LIST = ROOT.resolve("docs/security.md");
    /** {@code SomethingTest.claims} or {@code SomethingIT.claims}, as code. */
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    /** {@code | 2.1.1 | requirement | how it is met | tests |}. */
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+\\.\\d+\\.\\d+(?:, \\d+\\.\\d+\\.\\d+)*) \\|([^|]+)\\|([^|]+)\\|([^|]+)\\|");

    private static final Pattern ANNOTATED = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b");

    private static final List<String> WITHOUT_A_TEST = List.of("Not met", "Not applicable", "By review");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher found = NAMED.matcher(Files.readString(LIST));
        while (found.find()) {
            named++;
            String source = sources.getOrDefault(found.group(1), "");
            boolean there = found.group(2) == null ? !source.isEmpty() : isTest(source, found.group(2));
            if (!there) {
                missing.add(found.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    /** A line says that a requirement is not met, or does not concern us, or that people look after it; or it names a test. */
    @Test
    void everyRequirementStandsThereOnceWithATestOrAReason() throws IOException {
        Set<String> requirements = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(LIST)) {
            if (!line.matches("\\| \\d.*")) {
                continue;
            }
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                wrong.add(line);
                continue;
            }
            for (String requirement : row.group(1).split(", ")) {
                if (!requirements.add(requirement)) {
                    wrong.add(requirement + " stands there twice");
                }
            }
            String how = row.group(3).strip();
            if (WITHOUT_A_TEST.stream().noneMatch(how::startsWith)
                    && !NAMED.matcher(row.group(4)).find()) {
                wrong.add(row.group(1) + " has no test and no reason");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(requirements).hasSizeGreaterThan(80);
    }

    /** Whether there is such a method, and an annotation of a test between it and the blank line before. */
    private static boolean isTest(String source, String method) {
        Matcher found = Pattern.compile("\\bvoid " + method + "\\(").matcher(source);
        while (found.find()) {
            String before = source.substring(source.lastIndexOf("\n\n", found.start()) + 1, found.start());
            if (ANNOTATED.matcher(before).find()) {
                return true;
            }
        }
        return false;
    }

    /** Sources of tests by the name of their class; where two modules have one of the same name, both. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT.resolve("services"))) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src/test/java");
                if (!Files.isDirectory(tests)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(path -> path.toString().matches(".*(?:Test|IT)\\.java"))
                            .toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        return sources;
    }
}
