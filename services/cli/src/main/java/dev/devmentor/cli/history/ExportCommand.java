package dev.devmentor.cli.history;

import dev.devmentor.cli.learning.LearningApi;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything that is kept of a person, as a file. */
@Command(
        name = "export",
        description =
                "Write everything that is kept of a person into a file; its ending (.json, .zip, .apkg) says in which form.")
public final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--learner", required = true, paramLabel = "ID", description = "Whose it is.")
    private String learner = "";

    @Option(names = "--force", description = "Overwrite a file that is there.")
    private boolean force;

    @Override
    public Integer call() {
        String name = file.toString();
        String format;
        if (name.endsWith(".json")) {
            format = "json";
        } else if (name.endsWith(".zip")) {
            format = "csv";
        } else if (name.endsWith(".apkg")) {
            format = "apkg";
        } else {
            throw new Failed("the file ends in .json (everything), .zip (tables in CSV) or .apkg (for Anki)");
        }
        if (!force && Files.exists(file)) {
            throw new Failed(file + " is there already (--force overwrites it)");
        }
        try (LearningApi api = LearningApi.of(Home.fromEnvironment(), learner)) {
            api.export(format, file);
            Terminal.stdout().line("wrote " + Terminal.count(Files.size(file)) + " bytes to " + file);
            return 0;
        } catch (IOException e) {
            throw new Failed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
