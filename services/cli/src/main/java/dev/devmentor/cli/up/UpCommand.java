package dev.devmentor.cli.up;

import dev.devmentor.cli.history.ImportCommand;
import dev.devmentor.cli.history.ReviewImport;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.platform.Launcher;
import dev.devmentor.cli.platform.Launcher.Begin;
import dev.devmentor.cli.platform.Launcher.Running;
import dev.devmentor.cli.platform.Platform;
import dev.devmentor.cli.terminal.Terminal;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The one command with which everything runs. */
@Command(
        name = "up",
        description = {
            "Start everything and stay, until Ctrl-C stops it again.",
            "The first start also imports a real review history for the person demo."
        })
public final class UpCommand implements Callable<Integer> {
    @Option(names = "--detach", description = "Start everything and come back; scripts/devmentor down stops it.")
    private boolean detach;

    @Option(names = "--fresh", description = "Begin with empty data; what was there is moved aside, not deleted.")
    private boolean fresh;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Add N to every port, to run beside something else.")
    private int portOffset;

    @Option(
            names = "--parts-only",
            description = "Start Kafka, PostgreSQL, Redis and the auth service, and no other service.")
    private boolean partsOnly;

    @Option(names = "--no-demo", description = "Do not import the demo history.")
    private boolean noDemo;

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        Terminal progress = Terminal.stderr();
        switch (Launcher.begin(home, portOffset, partsOnly, fresh)) {
            case Begin.AlreadyRunning running -> {
                Terminal.stdout().line("DevMentor is running already");
                // Whoever started it may have been killed before the history was in, or be importing it right now.
                if (wantsDemo(running.things())) {
                    importDemo(home);
                }
                new ClosingLines(home, running.things(), running.total(), true).print();
            }
            case Begin.MayStart start -> {
                try (Launcher launcher = start.launcher()) {
                    launcher.stopOnSignal();
                    progress.line("starting DevMentor in " + home.show(home.directory())
                            + (portOffset == 0 ? "" : ", all ports + " + portOffset));
                    launcher.start();
                    launcher.remember(detach);
                    if (wantsDemo(launcher.running())) {
                        try {
                            importDemo(home);
                        } catch (RuntimeException e) {
                            launcher.stopAll();
                            throw e;
                        }
                    }
                    launcher.trainInBackground();
                    new ClosingLines(home, launcher.running(), launcher.total(), detach).print();
                    if (detach) {
                        launcher.leaveRunning();
                        // The hook would stop what is meant to go on.
                        Runtime.getRuntime().halt(0);
                    }
                    launcher.supervise();
                }
            }
        }
        return 0;
    }

    private boolean wantsDemo(List<Running> things) {
        return !noDemo && things.stream().anyMatch(thing -> thing.name().equals(Platform.LEARNING));
    }

    private static void importDemo(Home home) {
        Terminal progress = Terminal.stderr();
        new ReviewImport(home, Clock.systemUTC())
                .runUnlessDone(ReviewImport.demo(Platform.DEMO))
                .ifPresent(result -> progress.line(
                        "  " + progress.green("✓") + " " + ImportCommand.describe(result, Platform.DEMO)));
    }
}
