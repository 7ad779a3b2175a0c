package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What to review now. */
@Command(name = "due", description = "Show what a learner should review, most urgent first.")
public final class DueCommand implements Callable<Integer> {
    @Option(names = "--learner", paramLabel = "ID", description = "Default: who is logged in, or else demo.")
    private @Nullable String learner;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--at", paramLabel = "TIME", description = "As it will be then, such as 2026-12-01T08:00:00Z.")
    private @Nullable String at;

    @Option(names = "--skill", paramLabel = "SKILL", description = "Only items that need this skill.")
    private @Nullable String skill;

    @Option(names = "--json", description = "Print the service's answer.")
    private boolean json;

    @Override
    public Integer call() {
        try (LearningApi api = LearningApi.of(Home.fromEnvironment(), learner)) {
            JsonNode answer = api.due(limit, at, skill);
            Terminal out = Terminal.stdout();
            if (json) {
                out.line(answer.toString());
                return 0;
            }
            long total = answer.path("total").asLong();
            if (total == 0) {
                out.line("nothing is due for " + api.person().name());
                return 0;
            }
            out.lines(DueList.lines(answer));
            int shown = answer.path("items").size();
            if (shown < total) {
                out.line(Terminal.count(total - shown) + " more are due (--limit shows more)");
            }
            return 0;
        }
    }
}
