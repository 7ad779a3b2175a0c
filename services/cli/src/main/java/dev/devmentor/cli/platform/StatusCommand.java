package dev.devmentor.cli.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.Processes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What runs and where. */
@Command(name = "status", description = "Show what runs and where; exit code 1 unless everything answers.")
public final class StatusCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private record Line(String name, String state, String address, long pid, long memoryMiB, Duration since) {}

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        int offset = RunningState.offset(home);
        PlatformProcesses processes = new PlatformProcesses(home, offset);
        List<Line> lines = processes.all().stream().map(StatusCommand::line).toList();
        boolean well = lines.stream().allMatch(line -> line.state().equals("running"));
        boolean nothing = lines.stream().allMatch(line -> line.state().equals("stopped"));
        if (json) {
            print(home, lines, well);
        } else if (nothing) {
            Terminal.stdout().line("nothing is running (start it: scripts/devmentor up)");
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("NAME", "STATE", "WHERE", "PID", "MEMORY", "SINCE"));
            for (Line line : lines) {
                boolean runs = line.pid() > 0;
                rows.add(List.of(
                        line.name(),
                        line.state(),
                        line.address(),
                        runs ? String.valueOf(line.pid()) : "-",
                        runs ? line.memoryMiB() + " MiB" : "-",
                        runs ? Terminal.seconds(line.since()) : "-"));
            }
            Terminal.stdout().lines(Terminal.table(rows));
            LauncherLock.launcher(home)
                    .ifPresent(
                            launcher -> Terminal.stdout().line("watched by the launcher with pid " + launcher.pid()));
        }
        return well ? 0 : 1;
    }

    private static Line line(ProcessPart part) {
        Optional<ProcessRecord> alive =
                ProcessRecord.read(part.place().record()).filter(ProcessRecord::isAlive);
        String address = Launcher.address(part.name(), part.port());
        if (alive.isEmpty()) {
            return new Line(part.name(), "stopped", address, -1, 0, Duration.ZERO);
        }
        long pid = alive.get().pid();
        boolean answers =
                part instanceof ServiceProcess ? Http.answers(address + "/q/health/ready") : Ports.answers(part.port());
        return new Line(
                part.name(),
                answers ? "running" : "no answer",
                address,
                pid,
                Processes.residentBytes(pid) >> 20,
                Duration.between(alive.get().startedAt(), Instant.now()));
    }

    private static void print(Home home, List<Line> lines, boolean well) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("running", well);
        root.put("home", home.directory().toString());
        ArrayNode things = root.putArray("things");
        for (Line line : lines) {
            ObjectNode thing = things.addObject();
            thing.put("name", line.name());
            thing.put("state", line.state());
            thing.put("address", line.address());
            if (line.pid() > 0) {
                thing.put("pid", line.pid());
                thing.put("memoryMiB", line.memoryMiB());
                thing.put("sinceSeconds", line.since().toSeconds());
            }
        }
        Terminal.stdout().line(root.toString());
    }
}
