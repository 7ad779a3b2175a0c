package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A quiz in the terminal. */
@Command(
        name = "quiz",
        description = {
            "Take a quiz: from the question bank, or from a text of your own.",
            "What you answered is graded at the end, or when you stop with :q; --resume goes on with the rest."
        })
public final class QuizCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--skills",
            paramLabel = "SKILL",
            split = ",",
            description = "Skills (kafka.partitions) or areas (kafka), separated by commas; all if absent.")
    private List<String> skills = new ArrayList<>();

    @Option(names = "--size", paramLabel = "1..50", description = "How many questions.")
    private @Nullable Integer size;

    @Option(names = "--minutes", paramLabel = "1..120", description = "As many questions as fit.")
    private @Nullable Integer minutes;

    @Option(names = "--strategy", paramLabel = "NAME", description = "Why questions are chosen, such as due-review.")
    private @Nullable String strategy;

    @Option(names = "--ready", paramLabel = "ID", description = "A ready-made quiz, such as backend-mastery.")
    private @Nullable String ready;

    @Option(names = "--text", paramLabel = "FILE", description = "Make the questions of this text (at most 64 KiB).")
    private @Nullable Path text;

    @Option(names = "--resume", paramLabel = "ID", description = "Go on with a quiz.")
    private @Nullable String resume;

    @Option(names = "--learner", paramLabel = "ID", description = "Default: who is logged in, or else demo.")
    private @Nullable String learner;

    @Option(names = "--json", description = "Print the service's answers instead of words.")
    private boolean json;

    @Override
    public Integer call() {
        boolean anew = !skills.isEmpty()
                || size != null
                || minutes != null
                || strategy != null
                || ready != null
                || text != null;
        if (resume != null && anew) {
            throw new ParameterException(spec.commandLine(), "--resume goes with no other choice of questions");
        }
        Terminal out = Terminal.stdout();
        try (LearningApi api = LearningApi.of(Home.fromEnvironment(), learner)) {
            JsonNode quiz = resume == null ? api.generateQuiz(request()) : api.quiz(resume);
            if (json) {
                out.line(quiz.toString());
            }
            proposeBreak(out, quiz.path("load"));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            QuizPlayer player = new QuizPlayer(line -> show(out, line), in, System::nanoTime);
            ArrayNode answers = player.play(quiz);
            if (answers.isEmpty()) {
                show(
                        out,
                        "nothing was answered; scripts/devmentor quiz --resume "
                                + quiz.path("id").asText() + " goes on");
                return 0;
            }
            ObjectNode submission = new JsonMapper().createObjectNode();
            submission.put("quizId", quiz.path("id").asText());
            submission.set("answers", answers);
            JsonNode result = api.submitQuiz(submission.toString());
            if (json) {
                out.line(result.toString());
            } else {
                QuizPlayer.result(result).forEach(out::line);
            }
            proposeBreak(out, loadAfter(api));
            return 0;
        } catch (IOException unreadable) {
            throw new Failed("the answers cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private void proposeBreak(Terminal out, JsonNode load) {
        Terminal shown = json ? Terminal.stderr() : out;
        QuizPlayer.proposedBreak(load).ifPresent(line -> shown.line(shown.yellow(line)));
    }

    /** What was answered is graded and shown by then: not to know the load is no failure. */
    private JsonNode loadAfter(LearningApi api) {
        try {
            return api.load();
        } catch (Failed unknown) {
            return MissingNode.getInstance();
        }
    }

    private void show(Terminal out, String line) {
        if (json) {
            Terminal.stderr().line(line);
        } else {
            out.line(line);
        }
    }

    private String request() throws IOException {
        ObjectNode request = new JsonMapper().createObjectNode();
        if (!skills.isEmpty()) {
            ArrayNode named = request.putArray("skills");
            skills.forEach(skill -> named.add(skill.strip()));
        }
        if (size != null) {
            request.put("size", size);
        }
        if (minutes != null) {
            request.put("minutes", minutes);
        }
        if (strategy != null) {
            request.put("strategy", strategy);
        }
        if (ready != null) {
            request.put("quiz", ready);
        }
        Path file = text;
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new Failed("there is no readable file " + file);
            }
            request.put("text", Files.readString(file));
            Path name = file.getFileName();
            request.put("title", name == null ? "A text of yours" : name.toString());
        }
        return request.toString();
    }
}
