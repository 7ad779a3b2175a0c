package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.LogTail;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The end of the logs. */
@Command(name = "logs", description = "Show the end of one log, or of all.")
public final class LogsCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Such as learning-service or kafka.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is written.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            description = "How many lines of each (default ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        Map<String, Path> logs = new LinkedHashMap<>();
        Set<String> known = names(home);
        if (name != null) {
            if (!known.contains(name)) {
                throw new Failed(
                        known.isEmpty()
                                ? "there are no logs in " + home.show(home.logs()) + " yet"
                                : "there is no log of " + name + "; there is " + String.join(", ", known));
            }
            logs.put("", home.logs().resolve(name + ".log"));
        } else {
            known.forEach(one -> logs.put(one, home.logs().resolve(one + ".log")));
        }
        Map<String, Long> positions = new LinkedHashMap<>();
        logs.forEach((prefix, file) -> {
            positions.put(prefix, size(file));
            print(prefix, LogTail.lastLines(file, lines));
        });
        while (follow) {
            logs.forEach((prefix, file) ->
                    positions.put(prefix, printFrom(prefix, file, positions.getOrDefault(prefix, 0L))));
            Waiting.until(
                    Duration.ofMillis(200),
                    () -> logs.entrySet().stream()
                            .anyMatch(log -> size(log.getValue()) != positions.getOrDefault(log.getKey(), 0L)));
        }
        return 0;
    }

    private static Set<String> names(Home home) {
        Set<String> names = new TreeSet<>();
        if (!Files.isDirectory(home.logs())) {
            return names;
        }
        try (Stream<Path> files = Files.list(home.logs())) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .forEach(file -> names.add(file.substring(0, file.length() - ".log".length())));
        } catch (IOException e) {
            throw new Failed("cannot list " + home.logs() + ": " + e.getMessage(), e);
        }
        return names;
    }

    /** Prints the whole lines behind the position; returns the position behind them. */
    private static long printFrom(String prefix, Path file, long position) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long length = log.length();
            long from = length < position ? 0 : position;
            byte[] bytes = new byte[(int) Math.min(1 << 20, length - from)];
            log.seek(from);
            log.readFully(bytes);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            print(
                    prefix,
                    new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList());
            return from + whole;
        } catch (IOException e) {
            return position;
        }
    }

    private static void print(String prefix, List<String> lines) {
        Terminal out = Terminal.stdout();
        lines.forEach(line -> out.line(prefix.isEmpty() ? line : out.dim(prefix + " |") + " " + line));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
