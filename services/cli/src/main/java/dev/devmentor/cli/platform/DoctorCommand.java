package dev.devmentor.cli.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PartsDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether this machine can run the platform, and what to do where it cannot. */
@Command(
        name = "doctor",
        description = "Check whether this machine can run the platform; exit code 1 when something is missing.")
public final class DoctorCommand implements Callable<Integer> {
    private static final long GIB = 1L << 30;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What was looked at; {@code remedy} is empty when all is well. */
    private record Finding(String what, Grade grade, String found, String remedy) {}

    private enum Grade {
        OK,
        NOTE,
        MISSING
    }

    @Override
    public Integer call() {
        Home home = Home.fromEnvironment();
        List<Finding> findings = List.of(
                jdk(), node(), memory(), disk(home), userNamespaces(), redis(), data(home), ports(home), built(home));
        boolean well = findings.stream().noneMatch(finding -> finding.grade() == Grade.MISSING);
        if (json) {
            ArrayNode array = new JsonMapper().createArrayNode();
            for (Finding finding : findings) {
                ObjectNode node = array.addObject();
                node.put("what", finding.what());
                node.put("ok", finding.grade() != Grade.MISSING);
                node.put("found", finding.found());
                if (!finding.remedy().isEmpty()) {
                    node.put("remedy", finding.remedy());
                }
            }
            Terminal.stdout().line(array.toString());
        } else {
            print(findings);
        }
        return well ? 0 : 1;
    }

    private static void print(List<Finding> findings) {
        Terminal out = Terminal.stdout();
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            String mark = switch (finding.grade()) {
                case OK -> "ok";
                case NOTE -> "note";
                case MISSING -> "MISSING";
            };
            rows.add(List.of(mark, finding.what(), finding.found()));
        }
        List<String> lines = Terminal.table(rows);
        for (int i = 0; i < lines.size(); i++) {
            Finding finding = findings.get(i);
            out.line(
                    switch (finding.grade()) {
                        case OK -> lines.get(i);
                        case NOTE -> out.yellow(lines.get(i));
                        case MISSING -> out.red(lines.get(i));
                    });
            if (!finding.remedy().isEmpty()) {
                out.line("         -> " + finding.remedy());
            }
        }
    }

    private static Finding jdk() {
        String found = Runtime.version() + " in " + System.getProperty("java.home");
        return Runtime.version().feature() >= 25
                ? new Finding("JDK", Grade.OK, found, "")
                : new Finding("JDK", Grade.MISSING, found, "install a JDK 25 or set JAVA_HOME to one");
    }

    private static Finding node() {
        Optional<String> version = run("node", "--version");
        String remedy = "install Node 20 or later; it is needed for some tests and later for the frontend, not for up";
        if (version.isEmpty()) {
            return new Finding("Node", Grade.NOTE, "not on the PATH", remedy);
        }
        int major = Integer.parseInt(
                "0" + version.get().replaceAll("^v?(\\d+).*", "$1").replaceAll("\\D", ""));
        return major >= 20
                ? new Finding("Node", Grade.OK, version.get(), "")
                : new Finding("Node", Grade.NOTE, version.get(), remedy);
    }

    private static Finding memory() {
        long available = meminfo("MemAvailable:");
        if (available < 0) {
            return new Finding("memory", Grade.NOTE, "not known on this system", "");
        }
        String found = gib(available) + " free of " + gib(meminfo("MemTotal:"));
        return available >= 2 * GIB
                ? new Finding("memory", Grade.OK, found, "")
                : new Finding("memory", Grade.NOTE, found, "the platform takes about 1.8 GiB: close something large");
    }

    private static Finding disk(Home home) {
        Path existing = home.directory();
        for (Path up = existing.getParent(); !Files.exists(existing) && up != null; up = up.getParent()) {
            existing = up;
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            return free >= 3 * GIB
                    ? new Finding("disk", Grade.OK, gib(free) + " free for " + home.directory(), "")
                    : new Finding(
                            "disk",
                            Grade.MISSING,
                            gib(free) + " free for " + home.directory(),
                            "make 3 GiB free, or set DEVMENTOR_HOME to a larger disk");
        } catch (IOException e) {
            return new Finding("disk", Grade.NOTE, "not known: " + e.getMessage(), "");
        }
    }

    private static Finding userNamespaces() {
        if (!System.getProperty("user.name").equals("root")) {
            return new Finding("PostgreSQL's user", Grade.OK, "you are not root, so it runs as you", "");
        }
        return run("unshare", "-U", "true").isPresent()
                ? new Finding("PostgreSQL's user", Grade.OK, "you are root; it gets a user namespace of its own", "")
                : new Finding(
                        "PostgreSQL's user",
                        Grade.MISSING,
                        "you are root, and unshare -U does not work here",
                        "run as another user, or install util-linux and allow user namespaces"
                                + " (sysctl user.max_user_namespaces)");
    }

    private static Finding redis() {
        try {
            Optional<Path> program = LocalRedis.program(PartsDirectory.fromEnvironment());
            return program.isPresent()
                    ? new Finding("Redis", Grade.OK, program.get() + " runs", "")
                    : new Finding(
                            "Redis",
                            Grade.MISSING,
                            "the one brought along needs libssl.so.3, and there is none on the PATH",
                            "install OpenSSL 3 or redis-server");
        } catch (PartFailed e) {
            return new Finding("Redis", Grade.NOTE, "the parts are not built", "scripts/devmentor up builds them");
        }
    }

    private static Finding data(Home home) {
        try {
            Integer layout = home.layout();
            if (layout == null) {
                return new Finding("data", Grade.OK, "none yet in " + home.directory(), "");
            }
            return layout <= Home.LAYOUT
                    ? new Finding("data", Grade.OK, "layout " + layout + " in " + home.directory(), "")
                    : new Finding(
                            "data",
                            Grade.MISSING,
                            "layout " + layout + " in " + home.directory() + ", this build knows " + Home.LAYOUT,
                            "use the newer build, another DEVMENTOR_HOME, or up --fresh");
        } catch (Failed e) {
            return new Finding("data", Grade.MISSING, String.valueOf(e.getMessage()), "set DEVMENTOR_HOME");
        }
    }

    private static Finding ports(Home home) {
        if (Launcher.anythingRuns(home)) {
            return new Finding("ports", Grade.OK, "in use by this platform", "");
        }
        Map<String, String> conflicts = PlatformProcesses.portConflicts(0);
        return conflicts.isEmpty()
                ? new Finding("ports", Grade.OK, "all free", "")
                : new Finding(
                        "ports",
                        Grade.MISSING,
                        String.join("; ", conflicts.values()),
                        "end it, or move all ports: up --port-offset 100");
    }

    private static Finding built(Home home) {
        List<String> missing = Platform.SERVICES.stream()
                .filter(service -> !Files.exists(service.jar(home.root())))
                .map(ServiceDefinition::name)
                .toList();
        return missing.isEmpty()
                ? new Finding("build", Grade.OK, "all services are built", "")
                : new Finding(
                        "build", Grade.NOTE, "not built: " + String.join(", ", missing), "scripts/devmentor up builds");
    }

    private static long meminfo(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    private static String gib(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }

    /** The output of a program that ended well. */
    private static Optional<String> run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean well = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            return well ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
