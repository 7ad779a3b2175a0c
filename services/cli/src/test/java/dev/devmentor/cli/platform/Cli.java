package dev.devmentor.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LogTail;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.random.RandomGenerator;

/** Runs the command line as a person does: as a process, in a data directory and a repository of the test's own. */
final class Cli {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path home;
    private final Path root;
    private final Path trace;
    final int offset;

    private Cli(Path directory, Path root) {
        home = directory.resolve("home");
        trace = directory.resolve("points");
        this.root = root;
        offset = freeOffset();
    }

    /** With the service that is shipped, of the repository that was built. */
    static Cli ofTheRepository(Path directory) {
        return new Cli(directory, Path.of(System.getProperty("devmentor.root")));
    }

    Cli(Path directory) throws IOException {
        this(directory, directory.resolve("repository"));
        for (ServiceDefinition service : Platform.SERVICES) {
            fake(
                    service.jar(root),
                    switch (service.name()) {
                        case Platform.AUTH -> FakeAuthProgram.class;
                        case Platform.LEARNING -> FakeLearningService.class;
                        case Platform.GATEWAY -> FakeGateway.class;
                        default -> FakeService.class;
                    });
        }
    }

    private static void fake(Path jar, Class<?> main) throws IOException {
        Files.createDirectories(jar.resolveSibling(""));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        List<String> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            URI uri = Path.of(entry).toUri();
            urls.add(uri.toString());
        }
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", urls));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream ignored = new JarOutputStream(out, manifest)) {
            // The manifest is all: it names the class path of the test.
        }
    }

    Path home() {
        return home;
    }

    /** A finished command. */
    record Done(int exitCode, String out, String err) {
        /** Standard output without what a log library of the class path of the tests might say. */
        List<String> outLines() {
            return out.lines().toList();
        }
    }

    Done run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    Done run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return await(start(environment, arguments), arguments);
    }

    private static Done await(Started started, String... arguments) throws IOException, InterruptedException {
        if (!started.process().waitFor(120, TimeUnit.SECONDS)) {
            started.process().destroyForcibly();
            throw new AssertionError(
                    "no end of " + String.join(" ", arguments) + ": " + Files.readString(started.err()));
        }
        return started.done();
    }

    /** A command that runs. */
    record Started(Process process, Path out, Path err) {
        void awaitOutput(String text) {
            boolean found = Waiting.until(
                    Duration.ofSeconds(90),
                    () -> read(out).contains(text) || read(err).contains(text) || !process.isAlive());
            if (!found || !(read(out) + read(err)).contains(text)) {
                throw new AssertionError("never said \"" + text + "\" but:\n" + read(err) + read(out));
            }
        }

        Done done() {
            return new Done(process.exitValue(), read(out), read(err));
        }

        private static String read(Path file) {
            return String.join("\n", LogTail.lastLines(file, 1000));
        }
    }

    Started start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    Started start(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, List.of(), arguments);
    }

    /** Runs a command that has to end itself at a crash point. */
    void dies(String point, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        awaitDeath(point, start(environment, List.of("-Ddevmentor.crash=" + point), arguments));
    }

    void dies(String point, String... arguments) throws IOException, InterruptedException {
        dies(point, Map.of(), arguments);
    }

    /** Starts a command that will end itself at a crash point. */
    Started startDoomed(String point, String... arguments) throws IOException {
        return start(Map.of(), List.of("-Ddevmentor.crash=" + point), arguments);
    }

    void awaitDeath(String point, Started doomed) throws IOException, InterruptedException {
        boolean ended = doomed.process().waitFor(120, TimeUnit.SECONDS);
        doomed.process().destroyForcibly();
        assertThat(ended ? doomed.process().exitValue() : -1)
                .describedAs("end at %s: %s%s", point, Files.readString(doomed.err()), Files.readString(doomed.out()))
                .isEqualTo(137);
    }

    /** Runs a command at a terminal, with what is typed there. */
    Done typed(String input, String... arguments) throws IOException, InterruptedException {
        Started started =
                start(Map.of("TERM", "xterm", "NO_COLOR", ""), List.of("-Ddevmentor.tty.stdout=true"), arguments);
        try (Writer keyboard = started.process().outputWriter()) {
            keyboard.write(input);
        }
        return await(started, arguments);
    }

    /** Runs a command with what a pipe brings it. */
    Done piped(String input, String... arguments) throws IOException, InterruptedException {
        Started started = start(arguments);
        try (Writer pipe = started.process().outputWriter()) {
            pipe.write(input);
        }
        return await(started, arguments);
    }

    /** Runs a command and notes the crash points that it comes by; see {@link #points()}. */
    Done traced(String... arguments) throws IOException, InterruptedException {
        Files.deleteIfExists(trace);
        return await(start(Map.of(), List.of("-Ddevmentor.crash.trace=" + trace), arguments), arguments);
    }

    /** The crash points of the last command that was traced. */
    List<String> points() throws IOException {
        return Files.readAllLines(trace);
    }

    private Started start(Map<String, String> environment, List<String> properties, String... arguments)
            throws IOException {
        int n = NUMBER.incrementAndGet();
        Path out = Files.createDirectories(home.resolveSibling("output")).resolve(n + ".out");
        Path err = out.resolveSibling(n + ".err");
        // A build in the background ignores Ctrl-C, and a child would inherit that.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Ddevmentor.root=" + root,
                "-Ddevmentor.parts=" + System.getProperty("devmentor.parts"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.devmentor.cli.Main"));
        command.addAll(command.indexOf("-cp"), properties);
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .putAll(new TreeMap<>(Map.of("DEVMENTOR_HOME", home.toString(), "DEVMENTOR_TRAIN", "off")));
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    int port(int base) {
        return base + offset;
    }

    private static int freeOffset() {
        RandomGenerator random = RandomGenerator.getDefault();
        while (true) {
            // Below the ports that the system gives to clients: one of those may take ours between two starts.
            int offset = random.nextInt(10_000, 23_000);
            if (Platform.ports().values().stream().allMatch(port -> Ports.isFree(port + offset))) {
                return offset;
            }
        }
    }
}
