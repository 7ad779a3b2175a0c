package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets one error, or all that is known of a project. */
@Command(name = "forget", description = "Forget one error, or all that is known of this project on this machine.")
final class ForgetCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "As list shows it, or its first characters.")
        private @Nullable String id;

        @Option(names = "--project", description = "Everything: errors, runs, templates, kept contents of files.")
        private boolean project;
    }

    @Override
    public Integer call() {
        PatternsHome home = PatternsHome.of(Home.fromEnvironment(), Path.of(""));
        Ledger ledger = home.ledger();
        Terminal out = Terminal.stdout();
        String id = what.id;
        if (what.project || id == null) {
            ledger.delete();
            out.line("forgot all that was known of " + home.paths().project());
            return 0;
        }
        KnownError error = ErrorLook.find(Memory.of(ledger.read().records()), id);
        ledger.append(new JsonMapper().createObjectNode().put("t", "forget").put("id", error.id));
        // The text is not to lie there any longer: what was forgotten goes from the file, too.
        ledger.rewrite(all -> Memory.of(all).compacted());
        out.line("forgot " + error.id + ": " + error.finding().title());
        return 0;
    }
}
