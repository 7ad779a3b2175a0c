package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One answer, and when the item comes up next. */
@Command(name = "answer", description = "Answer a review; prints when the item comes up next.")
public final class AnswerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ITEM", description = "As due names it.")
    private String item = "";

    @ArgGroup(multiplicity = "1")
    private final How how = new How();

    private static final class How {
        @Option(names = "--grade", paramLabel = "1..4", description = "1 again, 2 hard, 3 good, 4 easy.")
        private @Nullable Integer grade;

        @Option(names = "--correct", description = "It was right.")
        private boolean correct;

        @Option(names = "--wrong", description = "It was wrong.")
        private boolean wrong;
    }

    @Option(names = "--learner", paramLabel = "ID", description = "Default: who is logged in, or else demo.")
    private @Nullable String learner;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Idempotency key: the same call with the same key counts once.")
    private @Nullable String key;

    @Option(names = "--json", description = "Print the service's answer.")
    private boolean json;

    @Override
    public Integer call() {
        Integer grade = how.grade;
        if (grade != null && (grade < 1 || grade > 4)) {
            throw new ParameterException(spec.commandLine(), "a grade is 1 (again), 2 (hard), 3 (good) or 4 (easy)");
        }
        ObjectNode body = new JsonMapper().createObjectNode();
        body.put("item", item);
        if (grade != null) {
            body.put("grade", grade);
        } else {
            body.put("correct", how.correct && !how.wrong);
        }
        try (LearningApi api = LearningApi.of(Home.fromEnvironment(), learner)) {
            JsonNode answer = api.answer(body.toString(), key);
            if (json) {
                Terminal.stdout().line(answer.toString());
                return 0;
            }
            String interval = answer.path("intervalDays").isNumber()
                    ? ", in " + answer.path("intervalDays").asText()
                            + (answer.path("intervalDays").asInt() == 1 ? " day" : " days")
                    : "";
            Terminal.stdout()
                    .line(answer.path("item").asText(item) + " comes up again "
                            + answer.path("dueAt").asText("at a time that was not said") + interval + " ("
                            + answer.path("scheduler").asText("scheduler unknown") + ")");
            return 0;
        }
    }
}
