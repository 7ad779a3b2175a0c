package dev.devmentor.cli;

import dev.devmentor.cli.deadletters.ReplayDeadLetters;
import dev.devmentor.cli.history.ExportCommand;
import dev.devmentor.cli.history.ImportCommand;
import dev.devmentor.cli.learning.AnswerCommand;
import dev.devmentor.cli.learning.DueCommand;
import dev.devmentor.cli.learning.QuizCommand;
import dev.devmentor.cli.learning.VerifyCommand;
import dev.devmentor.cli.login.LoginCommand;
import dev.devmentor.cli.login.LogoutCommand;
import dev.devmentor.cli.login.TokenCommand;
import dev.devmentor.cli.login.WhoamiCommand;
import dev.devmentor.cli.patterns.PatternsCommand;
import dev.devmentor.cli.platform.DoctorCommand;
import dev.devmentor.cli.platform.DownCommand;
import dev.devmentor.cli.platform.LogsCommand;
import dev.devmentor.cli.platform.StatusCommand;
import dev.devmentor.cli.platform.TrainCommand;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.cli.up.RehearseCommand;
import dev.devmentor.cli.up.UpCommand;
import dev.devmentor.cli.vault.VaultCommand;
import dev.devmentor.parts.PartFailed;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The devmentor command. Exit codes: 0 done, 1 failed (one line says why), 2 wrongly called. */
@Command(
        name = "devmentor",
        mixinStandardHelpOptions = true,
        version = "devmentor 1.0.0",
        description = "A mentor for software developers that remembers and keeps learning.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DoctorCommand.class,
            DueCommand.class,
            AnswerCommand.class,
            QuizCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            PatternsCommand.class,
            ReplayDeadLetters.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            TokenCommand.class,
            VaultCommand.class,
            TrainCommand.class,
            RehearseCommand.class
        })
public final class Main {
    // Held for as long as we run: a logger that nobody holds is collected, and its level with it.
    private static final Logger ROOT = Logger.getLogger("");

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print stack traces and the log of the libraries.")
    private boolean debug;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.getSubcommands().values().forEach(Main::addHelp);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(110);
        line.setUsageHelpAutoWidth(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                Terminal.stdout().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionStrategy(parsed -> {
            ROOT.setLevel(main.debug ? Level.INFO : Level.OFF);
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setParameterExceptionHandler((wrong, ignored) -> {
            Terminal.stderr().line("devmentor: " + oneLine(wrong));
            CommandLine.UnmatchedArgumentException.printSuggestions(
                    wrong, wrong.getCommandLine().getErr());
            Terminal.stderr().line("try: scripts/devmentor " + path(wrong.getCommandLine()) + "--help");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, ignored, parsed) -> {
            if (main.debug) {
                failure.printStackTrace();
            }
            Terminal.stderr().line("devmentor: " + oneLine(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        if (args.length == 0) {
            line.usage(System.out);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** The main command's own help is not inherited, and a wrong call advises --help of the command that was meant. */
    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
        command.getSubcommands().values().forEach(Main::addHelp);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        boolean foreseen = failure instanceof Failed
                || failure instanceof PartFailed
                || failure instanceof CommandLine.ParameterException;
        if (foreseen) {
            return line;
        }
        if (failure instanceof UncheckedIOException io && io.getCause() != null) {
            return line + ": " + io.getCause().getMessage();
        }
        return "unexpected " + failure.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line)
                + " (--debug shows where)";
    }

    private static String path(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName(" ");
        return name.equals("devmentor") ? "" : name.substring("devmentor ".length()) + " ";
    }
}
