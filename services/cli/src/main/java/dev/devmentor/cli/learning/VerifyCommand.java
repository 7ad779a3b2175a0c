package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The state, recomputed from the log and compared. */
@Command(name = "verify", description = "Recompute all state from the logs and compare; exit code 1 on a difference.")
public final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the services' lines.")
    private boolean json;

    @Override
    public Integer call() {
        try (LearningApi api = LearningApi.of(Home.fromEnvironment(), null)) {
            long mismatches = verify(api.verify(), VerifyCommand::cards);
            mismatches += verify(api.verifyPatterns(), VerifyCommand::patterns);
            if (mismatches > 0) {
                throw new Failed(mismatches + " differences from what the logs give");
            }
            return 0;
        }
    }

    /** @return how many differences there are */
    private long verify(Stream<String> steps, Function<JsonNode, String> counts) {
        try (Stream<String> lines = steps) {
            JsonNode last = follow(lines.iterator(), counts);
            if (last == null || !last.path("done").asBoolean()) {
                throw new Failed("verify was cut off before it had finished");
            }
            if (!json) {
                Terminal.stdout().line(counts.apply(last));
            }
            return last.path("mismatches").asLong();
        }
    }

    private @Nullable JsonNode follow(Iterator<String> lines, Function<JsonNode, String> counts) {
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
                Terminal.stderr().passing(counts.apply(last));
            }
        }
        Terminal.stderr().clearPassing();
        return last;
    }

    private static String cards(JsonNode step) {
        return verified(step, "cards", "learners", "entries");
    }

    private static String patterns(JsonNode step) {
        return verified(step, "patterns", "owners", "observations");
    }

    private static String verified(JsonNode step, String what, String whose, String from) {
        return "verified " + Terminal.count(step.path(what).asLong()) + " " + what + " of "
                + Terminal.count(step.path(whose).asLong()) + " " + whose + " from "
                + Terminal.count(step.path(from).asLong()) + " " + from + ": "
                + Terminal.count(step.path("mismatches").asLong()) + " differ";
    }
}
