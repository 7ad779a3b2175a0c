package dev.devmentor.cli.patterns;

import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.PrivateFiles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches a build, a log file or standard input. */
@Command(
        name = "watch",
        description = {
            "Run a command, or follow a log, and say of each error whether it was seen before,",
            "when, and what fixed it. All of it stays on this machine, unless the platform runs."
        },
        customSynopsis = {
            "devmentor patterns watch [OPTIONS] -- COMMAND [ARGS...]",
            "       devmentor patterns watch [OPTIONS] FILE",
            "       COMMAND |& devmentor patterns watch [OPTIONS] -",
        },
        footer = {
            "",
            "The exit code is the command's own; 0 for a file and for standard input. Ctrl-C goes to the",
            "command, and the summary follows; a second one ends it, a third one kills it.",
            "",
            "  devmentor patterns watch -- mvn test",
            "  devmentor patterns watch --templates /var/log/app.log",
            "  devmentor patterns watch --json -- npm test | jq 'select(.type == \"gone\")'"
        })
final class WatchCommand implements Callable<Integer> {
    /** When colours are used. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Parameters(arity = "0..*", paramLabel = "COMMAND", hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--quiet", description = "Do not show the output, only what is found in it.")
    private boolean quiet;

    @Option(
            names = "--templates",
            description = "Show the most frequent templates instead, with their counts as they rise.")
    private boolean onlyTemplates;

    @Option(names = "--all", description = "Leave nothing out of the summary.")
    private boolean all;

    @Option(names = "--from-start", description = "Read a file from its beginning, not from its end.")
    private boolean fromStart;

    @Option(
            names = "--json",
            description = "One object of JSON a line on standard output; the command's output goes to standard error.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never. Default: ${DEFAULT-VALUE}.")
    private Colour colour = Colour.AUTO;

    @Option(names = "--local", description = "Neither ask nor tell the platform.")
    private boolean local;

    @Option(
            names = "--learner",
            paramLabel = "ID",
            description = "Whose run it is, for the platform. Default: who is logged in, or else demo.")
    private @Nullable String learner;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean isCommand = spec.commandLine().getParseResult().originalArgs().contains("--");
        check(isCommand);
        Terminal out = Terminal.stdout();
        boolean utf8 = Charset.forName(System.getProperty("native.encoding", "US-ASCII"))
                .equals(StandardCharsets.UTF_8);
        boolean colours = !json && (colour == Colour.ALWAYS || colour == Colour.AUTO && out.colours());
        boolean live = colours && out.isTty();
        TerminalSize asked = live ? TerminalSize.ask() : TerminalSize.USUAL;
        AtomicReference<TerminalSize> size = new AtomicReference<>(asked);
        int width = live ? asked.columns() : Style.UNBOUNDED;
        Style style = new Style(colours, colours && utf8, width);

        Home place = Home.fromEnvironment();
        for (Path folder : List.of(place.directory(), place.data(), place.data().resolve("patterns"))) {
            PrivateFiles.directory(folder);
        }
        PatternsHome home = PatternsHome.of(place, Path.of(""));
        Source source;
        String name;
        if (isCommand) {
            ChildCommand child =
                    new ChildCommand(colouring(arguments, live), Path.of("").toAbsolutePath(), together(out));
            try {
                child.check();
            } catch (ChildCommand.NotRunnable e) {
                Terminal.stderr().line("devmentor: " + e.getMessage());
                return e.exitCode;
            }
            source = child;
            name = nameOf(arguments);
        } else if (arguments.getFirst().equals("-")) {
            source = new StandardInput(System.in);
            name = "standard input";
        } else {
            Path file = Path.of(arguments.getFirst());
            source = new FollowedFile(file, fromStart);
            name = "log " + home.paths().name(file.toAbsolutePath().normalize().toString());
        }
        try (Teller teller = teller(place, home)) {
            return watch(home, source, name, teller == null ? Watch.Service.NONE : teller, style, live, size);
        }
    }

    /** The command without secrets, and without the folder that its program is installed in. */
    private static String nameOf(List<String> command) {
        List<String> words = new ArrayList<>(command);
        Path program = Path.of(words.getFirst());
        if (program.isAbsolute() && program.getFileName() != null) {
            words.set(0, program.getFileName().toString());
        }
        return Secrets.maskCommand(words);
    }

    private void check(boolean isCommand) {
        String wrong = null;
        if (arguments.isEmpty()) {
            wrong = "nothing to watch: give a command behind --, a log file, or - for standard input";
        } else if (!isCommand && arguments.size() > 1) {
            wrong = "a command stands behind --, as in: devmentor patterns watch -- " + Secrets.maskCommand(arguments);
        } else if (json && onlyTemplates) {
            wrong = "--json and --templates exclude each other";
        } else if (fromStart && (isCommand || arguments.getFirst().equals("-"))) {
            wrong = "--from-start is for files";
        }
        if (wrong != null) {
            throw new ParameterException(spec.commandLine(), wrong);
        }
    }

    private @Nullable Teller teller(Home place, PatternsHome home) {
        if (local) {
            return null;
        }
        boolean debug = spec.root().findOption("--debug").getValue() instanceof Boolean on && on;
        return PatternsApi.of(place, learner)
                .map(api -> new Teller(api, home.ledger(), home.repository(), debug))
                .orElse(null);
    }

    private int watch(
            PatternsHome home,
            Source source,
            String name,
            Watch.Service service,
            Style style,
            boolean live,
            AtomicReference<TerminalSize> size) {
        String id = "r" + UUID.randomUUID().toString().replace("-", "");
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Memory.Run run = new Memory.Run(id, at, name, home.paths().where(), "", "");
        RunMemory memory = new RunMemory(home.ledger(), home.objects(), home.files(), Clock.systemUTC(), run);
        Templates templates = home.templatesOf(run);
        OutputStream stdout = new FileOutputStream(FileDescriptor.out);
        OutputStream stderr = new FileOutputStream(FileDescriptor.err);
        // With --json standard output is for the objects alone.
        Screen screen =
                json ? new Screen(stdout, stderr, false, false) : new Screen(stdout, stderr, live, style.colours());
        boolean pass = !quiet && !onlyTemplates;
        Watch.Look look = new Watch.Look(pass, json, display(style, live, size::get));
        Watch watch = new Watch(source, memory, home.paths(), templates, service, look, screen, Clock.systemUTC());
        Interrupts.handle(source::interrupt);
        if (live) {
            Interrupts.onResize(() -> size.set(TerminalSize.ask()));
        }
        int exitCode = watch.run();
        keep(home, templates, exitCode == 0, run);
        return exitCode;
    }

    private static void keep(PatternsHome home, Templates templates, boolean whole, Memory.Run run) {
        try {
            if (templates.size() > 0) {
                home.keep(templates, whole, run);
            }
        } catch (UncheckedIOException | Failed e) {
            Terminal.stderr().line("devmentor: the templates of this run are not remembered: " + e.getMessage());
        }
    }

    private Display display(Style style, boolean live, Supplier<TerminalSize> size) {
        if (json) {
            return new JsonDisplay(all);
        }
        return onlyTemplates && live ? new TemplatesDisplay(style, size, all) : new LinesDisplay(style, size, all);
    }

    /** Where both of our outputs go to the same place, the command's go through one pipe, which keeps their order. */
    private boolean together(Terminal out) {
        if (json) {
            return true;
        }
        try {
            Path standard = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return standard.equals(Files.readSymbolicLink(Path.of("/proc/self/fd/2")));
        } catch (IOException e) {
            return out.isTty() && Terminal.stderr().isTty();
        }
    }

    /** Maven leaves its colours out when it writes into a pipe, as it does here; it can be told. */
    private static List<String> colouring(List<String> command, boolean live) {
        @Nullable Path program = Path.of(command.getFirst()).getFileName();
        boolean maven = program != null && List.of("mvn", "mvnw", "mvnd").contains(program.toString());
        if (!live || !maven || command.stream().anyMatch(word -> word.contains("style.color") || word.equals("-B"))) {
            return command;
        }
        List<String> out = new ArrayList<>(command);
        out.add(1, "-Dstyle.color=always");
        return out;
    }
}
