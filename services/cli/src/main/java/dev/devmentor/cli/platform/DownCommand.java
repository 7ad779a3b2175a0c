package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.CrashPoints;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops everything, whoever started it. */
@Command(name = "down", description = "Stop everything that runs, in order; the data is kept.")
public final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        home.create();
        long began = System.nanoTime();
        Optional<ProcessRecord> launcher = LauncherLock.launcher(home);
        if (launcher.isPresent()) {
            long pid = launcher.get().pid();
            Terminal.stderr().passing("asking the launcher (pid " + pid + ") to stop everything ...");
            Processes.signal("TERM", List.of(pid));
            boolean gone = Processes.awaitExit(pid, Duration.ofSeconds(90));
            Terminal.stderr().clearPassing();
            if (!gone) {
                throw new Failed("the launcher (pid " + pid + ") does not end; its terminal may say why");
            }
        }
        try (LauncherLock ignored = LauncherLock.tryTake(home)
                .orElseThrow(() -> new Failed("another launcher is just starting here; try again"))) {
            CrashPoints.reached("down.locked");
            PlatformProcesses processes = new PlatformProcesses(home, RunningState.offset(home));
            // First: were we killed while all of it still ends, the next launcher would take it for a platform that
            // runs.
            RunningState.forget(home);
            List<String> stopped = processes.stopRecorded();
            ignored.unsign();
            if (launcher.isEmpty() && stopped.isEmpty()) {
                Terminal.stdout().line("nothing is running");
            } else {
                Terminal.stdout()
                        .line("stopped " + (stopped.isEmpty() ? "everything" : String.join(", ", stopped)) + " ("
                                + Terminal.seconds(Duration.ofNanos(System.nanoTime() - began))
                                + "); the data is kept in " + home.show(home.data()));
            }
        }
        return 0;
    }
}
