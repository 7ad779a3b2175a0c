package dev.devmentor.systest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Notes what a test did. Those of the full counts make {@code docs/reliability.md}; the file is named by {@code
 * -Ddevmentor.figures} and lies in {@code target} where nothing names one.
 */
final class Figures {
    private static final String HEAD = """
            | Test | Counts | Seed | Date | Command | Result |
            |---|---|---|---|---|---|
            """;

    private final String test;
    private final long seed;
    private final long begin = System.nanoTime();

    private Figures(String test, long seed) {
        this.test = test;
        this.seed = seed;
    }

    /** The clock of a test's figures begins to run. */
    static Figures of(Class<?> test, String claim, long seed) {
        return new Figures(test.getSimpleName() + ": " + claim, seed);
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Writes the row of a test that has passed. */
    void passed(String counts, String result) {
        String command = Counts.LONG ? "`scripts/check --long`" : "`scripts/check`";
        String row = String.format(
                Locale.ROOT,
                "| %s | %s | %d | %s | %s | %s; %.1f s |%n",
                test,
                counts,
                seed,
                LocalDate.now(Clock.system(ZoneOffset.UTC)),
                command,
                result,
                seconds());
        Path file = file();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.notExists(file)) {
                Files.writeString(file, HEAD);
            }
            Files.writeString(file, row, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file() {
        String named = System.getProperty("devmentor.figures");
        return named != null ? Path.of(named) : Path.of("target", Counts.LONG ? "reliability.md" : "reliability-ci.md");
    }
}
