package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, in a project of its own, over real builds. */
class PatternsWatchIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path project;

    private int number;

    @BeforeEach
    void prepare() throws IOException {
        project = Files.createDirectories(directory.resolve("shop")).toRealPath();
    }

    /** A command that runs, with its output in files. */
    private record Running(Process process, Path out, Path err) {
        String said() {
            try {
                return Files.readString(out) + Files.readString(err);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void awaitOutput(String text) {
            boolean found = Waiting.until(LIMIT, () -> said().contains(text) || !process.isAlive());
            assertThat(found && said().contains(text))
                    .describedAs("never said %s but: %s", text, said())
                    .isTrue();
        }

        Done done() throws InterruptedException, IOException {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end: " + said());
            }
            return new Done(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        void signal(String name) throws IOException, InterruptedException {
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
            assertThat(kill.waitFor()).isZero();
        }
    }

    private record Done(int exitCode, String out, String err) {
        /** The lines of our own, with ages made equal. */
        List<String> ours() {
            return out.lines()
                    .filter(line -> line.startsWith("patterns: "))
                    .map(line -> line.replaceAll("just now|\\d+ (?:s|min) ago", "AGO")
                            .replaceAll("(?<=, )[\\d.]+ (?:s|min \\d+ s)(?=, )", "TOOK")
                            .replaceAll("\\[[0-9a-f]{8}]", "[ID]"))
                    .toList();
        }
    }

    private Running start(Path in, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A session of its own: without a terminal, so that Ctrl-C reaches nobody but the command.
                "setsid",
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Ddevmentor.root=" + System.getProperty("devmentor.root"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.devmentor.cli.Main",
                "patterns"));
        command.addAll(Arrays.asList(arguments));
        Path out = directory.resolve(++number + ".out");
        Path err = directory.resolve(number + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("DEVMENTOR_HOME", directory.resolve("home").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Running(builder.start(), out, err);
    }

    private Running start(String... arguments) throws IOException {
        return start(Path.of("/dev/null"), arguments);
    }

    private Done run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).done();
    }

    private void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private static String greeter(String type) {
        return "package demo;\n\nfinal class Greeter {\n    String greet(String name) {\n        return " + type
                + ".capitalize(name);\n    }\n}\n";
    }

    private Done maven() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "watch",
                "--",
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-o"));
        String repository = System.getProperty("localRepository");
        if (repository != null) {
            arguments.add("-Dmaven.repo.local=" + repository);
        }
        arguments.add("compile");
        return run(arguments.toArray(String[]::new));
    }

    /** The promise of the feature: the second run of a failing build names what fixed it. */
    @Test
    void aFailingMavenBuildIsFixedAndTheNextRunNamesWhatFixedItAndTheOneAfterRemembers() throws Exception {
        write("pom.xml", """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>demo</groupId>
              <artifactId>demo</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <build>
                <plugins>
                  <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
                  <plugin><artifactId>maven-resources-plugin</artifactId><version>3.3.1</version></plugin>
                </plugins>
              </build>
            </project>
            """);
        write("src/main/java/demo/StringUtil.java", """
            package demo;

            final class StringUtil {
                static String capitalize(String text) {
                    return text;
                }
            }
            """);
        write("src/main/java/demo/Greeter.java", greeter("StringUtils"));

        Done first = maven();
        assertThat(first.exitCode()).describedAs(first.out() + first.err()).isEqualTo(1);
        assertThat(first.out())
                .contains("[ERROR] COMPILATION ERROR")
                .contains("BUILD FAILURE")
                .doesNotContain("\u001b");
        assertThat(first.ours())
                .startsWith(
                        "patterns: error: cannot find symbol StringUtils (Greeter.java)  [ID]",
                        "patterns:   never seen here before")
                .anyMatch(
                        line -> line.contains(" compile failed (exit 1), TOOK, ") && line.endsWith(", 1 error (new)"));
        // Right behind the last line of the error, before the next one.
        assertThat(first.out()).containsPattern("location: class demo.Greeter\\Rpatterns: error: ");

        write("src/main/java/demo/Greeter.java", greeter("StringUtil"));
        Done second = maven();
        assertThat(second.exitCode()).describedAs(second.out() + second.err()).isZero();
        assertThat(second.ours())
                .contains(
                        "patterns: gone: cannot find symbol StringUtils (Greeter.java) - failed AGO, 1 time in 1 run",
                        "patterns:   fixed by: src/main/java/demo/Greeter.java (+1 -1)  return"
                                + " StringUtil.capitalize(name);");

        write("src/main/java/demo/Greeter.java", "\n\n" + greeter("StringUtils"));
        Done third = maven();
        assertThat(third.exitCode()).isEqualTo(1);
        assertThat(third.ours())
                .startsWith(
                        "patterns: error: cannot find symbol StringUtils (Greeter.java)  [ID]",
                        "patterns:   seen before: AGO, 1 time in 1 run",
                        "patterns:   came back: last fixed AGO by src/main/java/demo/Greeter.java (+1 -1)"
                                + "  return StringUtil.capitalize(name);");

        Done list = run("list");
        assertThat(list.out())
                .matches("(?s)[0-9a-f]{8}  open  2x  .* ago  cannot find symbol StringUtils \\(Greeter.java\\)  fixed"
                        + " by Greeter.java\n"
                        + "|(?s)[0-9a-f]{8}  open  2x  just now  cannot find symbol StringUtils"
                        + " \\(Greeter.java\\)  fixed by Greeter.java\n");
        String id = list.out().substring(0, 8);
        assertThat(run("show", id.substring(0, 4)).out())
                .contains("  fixed  the command succeeded")
                .contains("  2 times in 2 runs");
        assertThat(run("forget", id).out())
                .isEqualTo("forgot " + id + ": cannot find symbol StringUtils (Greeter.java)\n");
        assertThat(run("show", id).exitCode()).isEqualTo(1);
        try (Stream<Path> files = Files.walk(directory.resolve("home/data/patterns"))) {
            assertThat(files.filter(file -> file.endsWith("ledger.jsonl")).map(PatternsWatchIT::text))
                    .hasSize(1)
                    .noneMatch(text -> text.contains("StringUtils"));
        }
        assertThat(run("forget", "--project").exitCode()).isZero();
        assertThat(run("list").out()).startsWith("no errors are known of " + project);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void outputGoesWhereItWentAndTheExitCodeIsTheCommandsOwn() throws Exception {
        Done done = run("watch", "--", "sh", "-c", "echo out; echo err >&2; printf 'no end'; exit 42");
        assertThat(done.exitCode()).isEqualTo(42);
        assertThat(done.out()).startsWith("out\nno end\npatterns: error: exit 42: ");
        assertThat(done.err()).isEqualTo("err\n");
    }

    @Test
    void saysInOneLineThatThereIsNoSuchCommand() throws Exception {
        Done missing = run("watch", "--", "no-such-command", "--token", "x");
        assertThat(missing.exitCode()).isEqualTo(127);
        assertThat(missing.err()).isEqualTo("devmentor: there is no command no-such-command\n");
        assertThat(missing.out()).isEmpty();
        assertThat(run("watch", "--", project.toString()).exitCode()).isEqualTo(126);
        assertThat(run("watch", "no-such.log").err()).isEqualTo("devmentor: there is no file no-such.log\n");
        Done without = run("watch", "mvn", "test");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err())
                .startsWith("devmentor: a command stands behind --, as in: devmentor patterns watch -- mvn test");
    }

    @Test
    void helpSaysHowItIsCalled() throws Exception {
        Done help = run("watch", "--help");
        assertThat(help.exitCode()).describedAs(help.err()).isZero();
        assertThat(help.out())
                .contains("devmentor patterns watch [OPTIONS] -- COMMAND [ARGS...]")
                .contains("--from-start");
    }

    @Test
    void ctrlCGoesToTheCommandAndTheSummaryFollows() throws Exception {
        Running running = start(
                "watch",
                "--",
                "sh",
                "-c",
                "trap 'echo cleaned up; exit 7' INT; echo main.c:1:1: error: broken; echo ready; while :; do sleep"
                        + " 0.05; done");
        running.awaitOutput("ready");
        running.signal("INT");
        Done done = running.done();

        assertThat(done.exitCode()).describedAs(done.out() + done.err()).isEqualTo(7);
        assertThat(done.out()).contains("cleaned up\n");
        assertThat(done.ours())
                .contains("patterns: error: broken (main.c)  [ID]")
                .anyMatch(line -> line.contains("failed (exit 7), TOOK, "));
    }

    @Test
    void theCommandDoesNotOutliveAWatchThatIsKilledAndItsErrorIsRemembered() throws Exception {
        assumeTrue(new String(
                        new ProcessBuilder("setpriv", "--help")
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .contains("--pdeathsig"));
        String script = "echo main.c:1:1: error: broken; echo pid=$$; while :; do sleep 0.05; done";
        Running running = start("watch", "--", "sh", "-c", script);
        running.awaitOutput("patterns: error: broken (main.c)");
        running.awaitOutput("pid=");
        long pid = Long.parseLong(running.said().replaceAll("(?s).*pid=(\\d+).*", "$1"));
        assertThat(ProcessHandle.of(pid)).isPresent();
        running.process().destroyForcibly().waitFor();

        assertThat(Waiting.until(LIMIT, () -> ProcessHandle.of(pid).isEmpty())).isTrue();
        assertThat(run("list").out()).contains("  open  1x  ").contains("  broken (main.c)");
    }

    @Test
    void followsALogOverRotationAndTruncationToItsEnd() throws Exception {
        Path log = project.resolve("app.log");
        Files.writeString(log, "2026-11-29 10:00:00 ERROR before the watch\n");
        Running running = start("watch", "app.log");
        // Nothing shows that it follows from the end but that it follows.
        assertThat(Waiting.until(LIMIT, () -> {
                    append(log, "2026-11-29 10:00:01 INFO tick\n");
                    return running.said().contains("INFO tick");
                }))
                .isTrue();
        append(log, "2026-11-29 10:00:02 ERROR cannot save the first\n");
        running.awaitOutput("patterns: error: cannot save the first");

        Files.move(log, project.resolve("app.log.1"));
        append(project.resolve("app.log.1"), "2026-11-29 10:00:03 ERROR cannot save the second\n");
        append(log, "2026-11-29 10:00:04 ERROR cannot save the third\n");
        running.awaitOutput("patterns: error: cannot save the third");
        running.awaitOutput("patterns: app.log was rotated; the new one is followed");

        Files.writeString(log, "");
        running.awaitOutput("patterns: app.log was truncated; it is read from its beginning");
        append(log, "2026-11-29 10:00:05 ERROR cannot save the fourth\n");
        running.awaitOutput("patterns: error: cannot save the fourth");
        running.signal("INT");
        Done done = running.done();

        assertThat(done.exitCode()).describedAs(done.out() + done.err()).isZero();
        assertThat(done.out()).doesNotContain("before the watch");
        assertThat(done.ours())
                .contains("patterns: error: cannot save the second  [ID]")
                .anyMatch(line ->
                        line.startsWith("patterns: log app.log ended, TOOK, ") && line.contains("4 errors (new)"));
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsStandardInputAndWritesJsonAlone() throws Exception {
        Path in = directory.resolve("in");
        Files.writeString(in, "\u001b[31mmain.c:1:1: error: broken\u001b[m\n\0\ufffd\nlast line without an end");
        Done done = start(in, "watch", "--json", "-").done();
        assertThat(done.exitCode()).isZero();
        assertThat(done.out().lines().toList())
                .allMatch(line -> line.startsWith("{\"type\":\"") && line.endsWith("}"))
                .anyMatch(line -> line.startsWith("{\"type\":\"error\",\"id\":\"")
                        && line.endsWith("\"kind\":\"compiler\",\"title\":\"broken"
                                + " (main.c)\",\"files\":[\"main.c\"],\"seenBefore\":false}"))
                .last()
                .asString()
                .startsWith("{\"type\":\"summary\",\"command\":\"standard input\",\"seconds\":")
                .endsWith(",\"lines\":3,\"templates\":2,\"errors\":1,\"times\":1,\"gone\":0}");
        assertThat(done.err()).endsWith("last line without an end");
    }

    @Test
    void aLineOfFiftyMegabytesAndAFloodOfLinesPassThroughWhole() throws Exception {
        Done done = run(
                "watch",
                "--color=never",
                "--",
                "sh",
                "-c",
                "head -c 50000000 /dev/zero | tr '\\0' x; echo; i=0; while [ $i -lt 20000 ]; do echo line $i;"
                        + " i=$((i+1)); done");
        assertThat(done.exitCode()).describedAs(done.err()).isZero();
        String child = done.out()
                .lines()
                .filter(line -> !line.startsWith("patterns: "))
                .reduce("", (a, b) -> b);
        assertThat(child).isEqualTo("line 19999");
        assertThat(done.out().indexOf('\n')).isEqualTo(50_000_000);
        assertThat(done.ours()).contains("patterns:      20000x  line <NUMBER>");
    }

    @Test
    void aRequestToEndGoesToTheCommandToo() throws Exception {
        Running running = start(
                "watch", "--", "sh", "-c", "echo pid=$$; exec >/dev/null; trap '' PIPE; while :; do sleep 0.05; done");
        running.awaitOutput("pid=");
        running.signal("TERM");
        Done done = running.done();
        assertThat(done.exitCode()).isEqualTo(143);
        long pid = Long.parseLong(done.out().replaceAll("(?s).*pid=(\\d+).*", "$1"));
        assertThat(Waiting.until(LIMIT, () -> ProcessHandle.of(pid).isEmpty())).isTrue();
    }
}
