package dev.devmentor.cli.patterns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A project on disk, of which builds are run that print what the test says. */
final class Shop {
    static final Instant MORNING = Instant.parse("2026-11-29T08:00:00Z");

    static final String FAILS = """
        [INFO] --- compiler:3.14.1:compile (default-compile) @ shop ---
        [ERROR] %s/src/demo/Greeter.java:[5,16] cannot find symbol
          symbol:   variable StringUtils
          location: class demo.Greeter
        [INFO] BUILD FAILURE
        """;

    final Path project;
    final Path home;
    Instant now = MORNING;
    String command = "mvn test";

    Shop(Path directory) throws IOException {
        project = Files.createDirectories(directory.resolve("shop")).toRealPath();
        home = directory.resolve("home");
    }

    void write(String path, String content) {
        try {
            Path file = project.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void git(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        all.addAll(List.of(arguments));
        Process git = new ProcessBuilder(all)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    Ledger ledger() {
        return new Ledger(home, project);
    }

    private ObjectStore objects() {
        return new ObjectStore(home.resolve("objects"), 1 << 20);
    }

    /** What a run had to say: errors when they came, and the rest at the end. */
    record Told(List<Note> notes, RunMemory memory) {
        <T extends Note> List<T> of(Class<T> kind) {
            return notes.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    Told run(String output, @Nullable Integer exitCode) {
        Git git = Git.of(project).filter(found -> found.top().equals(project)).orElse(null);
        ProjectPaths paths = new ProjectPaths(project, project);
        now = now.plus(Duration.ofMinutes(1));
        String id = "r" + Texts.hash(now.toString());
        RunMemory memory = new RunMemory(
                ledger(),
                objects(),
                new ProjectFiles(project, git, objects()),
                Clock.fixed(now, ZoneOffset.UTC),
                new Memory.Run(id, now, command, "", "", ""));
        memory.takeState();
        Progress progress = new Progress();
        Recogniser recogniser = new Recogniser(paths, progress, line -> {});
        List<Finding> found = new ArrayList<>();
        output.replace("%s", project.toString()).lines().forEach(line -> found.addAll(recogniser.accept(line)));
        OptionalInt exit = exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
        found.addAll(recogniser.end(exit));
        List<Note> notes = new ArrayList<>();
        found.forEach(finding -> memory.seen(finding).ifPresent(notes::add));
        notes.addAll(memory.end(exit, progress, output.lines().count()));
        return new Told(notes, memory);
    }

    /** The notes as a terminal without colours shows them. */
    List<String> lines(Told told) {
        NoteLines lines = new NoteLines(Style.PLAIN);
        List<String> out = new ArrayList<>();
        told.notes().forEach(note -> out.addAll(lines.of(note, now)));
        return out;
    }
}
