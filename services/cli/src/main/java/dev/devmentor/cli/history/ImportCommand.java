package dev.devmentor.cli.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.history.ReviewImport.Request;
import dev.devmentor.cli.history.ReviewImport.Result;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings in what a person learned elsewhere. */
@Command(
        name = "import",
        description = "Bring in what was learned elsewhere.",
        subcommands = {ImportCommand.Reviews.class, FileImport.Anki.class, FileImport.Csv.class, FileImport.Export.class
        })
public final class ImportCommand {

    /** {@code import reviews}. */
    @Command(
            name = "reviews",
            description = {
                "Import a review log through Kafka. Importing the same file twice changes nothing.",
                "The file is CSV with the columns card_id, review_time_ms, rating (1 to 4) and, if known, duration_ms."
            })
    static final class Reviews implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE")
        private Path file = Path.of("");

        @Option(names = "--learner", required = true, paramLabel = "ID", description = "Whose reviews they are.")
        private String learner = "";

        @Option(
                names = "--shift-to-now",
                description = "Move all times by whole days, so that the last review was within the last 24 hours.")
        private boolean shiftToNow;

        @Option(names = "--strict", description = "Import nothing when a line is bad.")
        private boolean strict;

        @Option(
                names = "--zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "Where the learner was, such as Europe/Vienna (default ${DEFAULT-VALUE}).")
        private ZoneId zone = ZoneId.of("UTC");

        @Option(names = "--no-wait", description = "Do not wait until the service has applied them.")
        private boolean noWait;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            if (!ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                throw new Failed(zone + " is not a zone of the IANA database, such as Europe/Vienna or UTC");
            }
            byte[] content;
            try {
                content = Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                throw new Failed("there is no file " + file, e);
            } catch (IOException e) {
                throw new Failed("cannot read " + file + ": " + e.getMessage(), e);
            }
            Result result = new ReviewImport(Home.fromEnvironment(), Clock.systemUTC())
                    .run(new Request(file.toString(), content, learner, shiftToNow, strict, zone, !noWait));
            if (json) {
                ObjectNode root = new JsonMapper().createObjectNode();
                root.put("sent", result.sent());
                root.put("badLines", result.badLines());
                root.put("shiftDays", result.shiftDays());
                root.put("applied", result.applied());
                Terminal.stdout().line(root.toString());
            } else {
                Terminal.stdout().line(describe(result, learner));
            }
            return 0;
        }
    }

    /** A result in one line. */
    public static String describe(Result result, String learner) {
        return Terminal.count(result.sent()) + " reviews of " + learner + " went through Kafka in "
                + Terminal.seconds(result.sending())
                + (result.applied() ? " and were applied after " + Terminal.seconds(result.applying()) : "")
                + (result.badLines() > 0 ? "; " + result.badLines() + " bad lines were left out" : "");
    }
}
