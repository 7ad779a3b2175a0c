package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutsideProducerIT {
    @Test
    void anEventOfAProducerThatKnowsNothingOfOursChangesWhatIsDue() throws Exception {
        Figures figures = Figures.of(getClass(), "an event by kafkajs changes the due list", 0);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            Path producer = installed();
            LocalService service = system.start(1);
            String token = system.platform().tokens().learner("grace");
            assertThat(due(system, service, token)).doesNotContain("node-streams-7");

            // Wrong, and long enough ago that it has come up again.
            run(
                    producer,
                    "node",
                    "produce.mjs",
                    "--brokers",
                    system.platform().kafka().bootstrapServers(),
                    "--learner",
                    "grace",
                    "--item",
                    "node-streams-7",
                    "--correct",
                    "false",
                    "--answered-at",
                    "2026-01-05T10:00:00Z",
                    "--zone",
                    "Europe/Berlin");
            Conditions.await(
                    "the item is due", () -> due(system, service, token).contains("node-streams-7"));

            assertThat(due(system, service, system.platform().tokens().learner("somebody-else")))
                    .doesNotContain("node-streams-7");
            figures.passed("1 event", "due over HTTP");
        }
    }

    private static String due(LearningSystem system, LocalService service, String token) {
        var response = system.get(service, "/api/learning/reviews/due", token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** The example as somebody has it who copied it: in a directory of its own, its packages from the lock file. */
    private static Path installed() throws Exception {
        Path from = LearningSystem.root().resolve("events-schema/examples/node-producer");
        Path to = TestPlatform.shared().home().resolve("node-producer");
        Files.createDirectories(to);
        for (String file : List.of("package.json", "package-lock.json", "produce.mjs")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
        run(to, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
        return to;
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "run", ".log");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(Counts.HANGS.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as("%s: %s", String.join(" ", command), Files.readString(output))
                .isTrue();
    }
}
