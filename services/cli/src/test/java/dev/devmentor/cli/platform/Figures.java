package dev.devmentor.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Notes what a test did, in the file and the columns of the system tests; sharing their class would bring Quarkus onto the
 * class path with which these tests run the command line.
 */
final class Figures {
    private static final boolean LONG = Boolean.getBoolean("devmentor.long");
    private static final String HEAD = """
            | Test | Counts | Seed | Date | Command | Result |
            |---|---|---|---|---|---|
            """;

    private Figures() {}

    /** Writes the row of a test that has passed; nothing in it is random. */
    static void passed(String test, String counts, String result, Duration took) throws IOException {
        String named = System.getProperty("devmentor.figures");
        Path file = named != null ? Path.of(named) : Path.of("target", LONG ? "reliability.md" : "reliability-ci.md");
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        if (Files.notExists(file)) {
            Files.writeString(file, HEAD);
        }
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        "| %s | %s | | %s | %s | %s; %.1f s |%n",
                        test,
                        counts,
                        LocalDate.now(Clock.system(ZoneOffset.UTC)),
                        LONG ? "`scripts/check --long`" : "`scripts/check`",
                        result,
                        took.toMillis() / 1e3),
                StandardOpenOption.APPEND);
    }
}
