package dev.devmentor.cli.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.learning.LearningApi;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Hands a file to the learning service, which reads it and sends what is in it through Kafka, and follows it to its end. The
 * service tells the kind of a file by its content.
 */
abstract class FileImport implements Callable<Integer> {
    private static final Set<String> UNDER_WAY = Set.of("reading", "applying");

    /** {@code import anki}. */
    @Command(
            name = "anki",
            description = {
                "Import cards and reviews of an Anki package (.apkg or .colpkg, old or new format).",
                "Media are left out and named. Importing the same collection again changes nothing, or brings what is new."
            })
    static final class Anki extends FileImport {}

    /** {@code import csv}. */
    @Command(
            name = "csv",
            description = {
                "Import a table: cards with the columns front, back, tags, deck, id; or a review log with the columns",
                "card_id, review_time_ms (or reviewed_at), rating and duration_ms. See docs/import-export.md."
            })
    static final class Csv extends FileImport {}

    /** {@code import export}. */
    @Command(name = "export", description = "Import a JSON export of DevMentor, into an account that is new.")
    static final class Export extends FileImport {}

    @Parameters(index = "0", paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--learner", required = true, paramLabel = "ID", description = "Whose it is.")
    private String learner = "";

    @Option(
            names = "--shift-to-now",
            description = "Move all times by whole days, so that the last review was within the last 24 hours.")
    private boolean shiftToNow;

    @Option(names = "--dry-run", description = "Say what the file has and import nothing.")
    private boolean dryRun;

    @Option(names = "--no-wait", description = "Do not wait for the end.")
    private boolean noWait;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new Failed("there is no file " + file);
        }
        try (LearningApi api = LearningApi.of(Home.fromEnvironment(), learner)) {
            JsonNode view = api.startImport(file, dryRun, shiftToNow);
            if (!noWait) {
                view = follow(api, view);
            }
            if (json) {
                Terminal.stdout().line(view.toString());
            } else {
                describe(view).lines().forEach(Terminal.stdout()::line);
            }
            String state = view.path("state").asText();
            if (state.equals("failed")) {
                throw new Failed(file + ": " + view.path("error").asText());
            }
            if (!state.equals("done") && !noWait) {
                throw new Failed("the import of " + file + " was " + state + "; import it again, nothing is doubled");
            }
            return 0;
        }
    }

    private JsonNode follow(LearningApi api, JsonNode first) {
        JsonNode view = first;
        try {
            while (UNDER_WAY.contains(view.path("state").asText())) {
                Terminal.stderr().passing(progress(view));
                Thread.sleep(200); // the next look, not a guess at how long it takes
                view = api.importOf(view.path("id").asText());
            }
            return view;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted; the import goes on", e);
        } finally {
            Terminal.stderr().clearPassing();
        }
    }

    private static String progress(JsonNode view) {
        return "  read " + count(view, "read") + " of " + count(view, "total") + ", sent " + count(view, "sent")
                + ", applied " + count(view, "applied");
    }

    private static String count(JsonNode view, String field) {
        return Terminal.count(view.path(field).asLong());
    }

    /** An import in a few lines. */
    static String describe(JsonNode view) {
        StringBuilder text = new StringBuilder();
        JsonNode found = view.path("found");
        if (!found.isMissingNode()) {
            text.append(found.path("format").asText())
                    .append(": ")
                    .append(count(found, "cards"))
                    .append(" cards, ")
                    .append(count(found, "reviews"))
                    .append(" reviews");
            if (found.path("decksTotal").asLong() > 0) {
                text.append(" in ").append(count(found, "decksTotal")).append(" decks");
            }
            text.append('\n');
        }
        if (!view.path("dryRun").asBoolean()) {
            text.append(count(view, "sent"))
                    .append(" events went through Kafka, ")
                    .append(count(view, "applied"))
                    .append(" of them are in the log; ")
                    .append(count(view, "recorded"))
                    .append(" further entries were recorded, ")
                    .append(count(view, "alreadyThere"))
                    .append(" were there already\n");
        }
        for (Map.Entry<String, JsonNode> left : view.path("leftOut").properties()) {
            text.append("left out: ")
                    .append(Terminal.count(left.getValue().asLong()))
                    .append(' ')
                    .append(left.getKey())
                    .append('\n');
        }
        view.path("badLines").forEach(line -> text.append(line.asText()).append('\n'));
        found.path("media")
                .forEach(name -> text.append("left out: ").append(name.asText()).append('\n'));
        return text.toString();
    }
}
