package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The state, recomputed from the log and compared. */
@Command(
        name = "verify",
        description = "Recompute all state from the review log and compare; exit code 1 on a difference.")
public final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the service's lines.")
    private boolean json;

    @Override
    public Integer call() {
        try (LearningApi api = LearningApi.of(Home.fromEnvironment());
                Stream<String> lines = api.verify()) {
            JsonNode last = follow(lines.iterator());
            if (last == null || !last.path("done").asBoolean()) {
                throw new Failed("verify was cut off before it had finished");
            }
            long mismatches = last.path("mismatches").asLong();
            if (!json) {
                Terminal.stdout().line(counts(last));
            }
            if (mismatches > 0) {
                throw new Failed(mismatches + " differences from what the log gives");
            }
            return 0;
        }
    }

    private @Nullable JsonNode follow(Iterator<String> lines) {
        JsonNode last = null;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.isBlank()) {
                continue;
            }
            last = LearningApi.parse(line);
            if (json) {
                Terminal.stdout().line(line);
            } else {
                Terminal.stderr().passing(counts(last));
            }
        }
        Terminal.stderr().clearPassing();
        return last;
    }

    private static String counts(JsonNode step) {
        return "verified " + Terminal.count(step.path("cards").asLong()) + " cards of "
                + Terminal.count(step.path("learners").asLong()) + " learners from "
                + Terminal.count(step.path("entries").asLong()) + " entries: "
                + Terminal.count(step.path("mismatches").asLong()) + " differ";
    }
}
