package dev.devmentor.parts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A process of ours: it writes to a log file, is remembered in a record, and outlives whoever started it until it is
 * stopped. It has a session of its own, so that Ctrl-C in a terminal reaches only the launcher, which then stops the
 * processes in order.
 */
public final class ManagedProcess {
    private static final long LOG_LIMIT_BYTES = 16L << 20;

    // The child notes itself before it becomes the program: were the launcher to write the record, a kill between the
    // two would leave a process that nobody knows of.
    private static final String NOTE_AND_EXEC = """
            umask 077; r=$1; n=$2; shift 2
            { echo "name=$n"; echo "pid=$$"; echo "at=$(date +%s)"
              if [ -r /proc/$$/stat ]; then
                read -r s < /proc/$$/stat; echo "stat=$s"
                read -r b < /proc/sys/kernel/random/boot_id; echo "boot=$b"
              fi; } > "$r.new" && mv -f "$r.new" "$r" && exec "$@"
            """;

    private final String name;
    private final long pid;
    private final String identity;
    private final Path log;
    private final long logStart;
    private final Path record;
    private final @Nullable Process process;

    private ManagedProcess(
            String name, long pid, String identity, Path log, long logStart, Path record, @Nullable Process process) {
        this.name = name;
        this.pid = pid;
        this.identity = identity;
        this.log = log;
        this.logStart = logStart;
        this.record = record;
        this.process = process;
    }

    /**
     * What to start.
     *
     * @param command no secret may stand in it: everybody on the machine can read it
     * @param environment added to ours; secrets go here. An empty value removes the variable
     * @param directory where the process works
     * @param log appended to; moved aside when it has grown past 16 MiB
     * @param record where the process is remembered
     */
    public record Plan(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log, Path record) {
        public Plan {
            command = List.copyOf(command);
            environment = new LinkedHashMap<>(environment);
        }
    }

    public static ManagedProcess start(Plan plan) {
        try {
            Files.createDirectories(plan.directory());
            Files.createDirectories(parentOf(plan.log()));
            Files.createDirectories(parentOf(plan.record()));
            moveAsideIfLarge(plan.log());
            long logStart = Files.exists(plan.log()) ? Files.size(plan.log()) : 0;
            List<String> command = new ArrayList<>(ownSession());
            command.addAll(List.of(
                    "/bin/sh",
                    "-c",
                    NOTE_AND_EXEC,
                    "sh",
                    plan.record().toAbsolutePath().toString(),
                    plan.name()));
            command.addAll(plan.command());
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.directory(plan.directory().toFile());
            builder.redirectInput(new File("/dev/null"));
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
            plan.environment().forEach((key, value) -> {
                if (value.isEmpty()) {
                    builder.environment().remove(key);
                } else {
                    builder.environment().put(key, value);
                }
            });
            Process process = builder.start();
            CrashPoints.reached(plan.name() + ".started");
            String identity = Processes.identity(process.pid()).orElse("");
            if (!Files.isReadable(Path.of("/proc/self/stat"))) {
                new ProcessRecord(plan.name(), process.pid(), identity, Instant.now()).write(plan.record());
            }
            return new ManagedProcess(
                    plan.name(), process.pid(), identity, plan.log(), logStart, plan.record(), process);
        } catch (IOException e) {
            throw new PartFailed("cannot start " + plan.name() + ": " + e.getMessage(), e);
        }
    }

    /** A process that somebody started earlier and that still runs. */
    public static Optional<ManagedProcess> attach(Path record, Path log) {
        return ProcessRecord.read(record)
                .filter(ProcessRecord::isAlive)
                .map(known -> new ManagedProcess(known.name(), known.pid(), known.identity(), log, 0, record, null));
    }

    public String name() {
        return name;
    }

    public long pid() {
        return pid;
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        Process ours = process;
        return ours != null
                ? ours.isAlive()
                : Processes.identity(pid).filter(identity::equals).isPresent();
    }

    /** How it ended, when it has and we were the one that started it; 128 + n after signal n. */
    public OptionalInt exitCode() {
        Process ours = process;
        return ours == null || ours.isAlive() ? OptionalInt.empty() : OptionalInt.of(ours.exitValue());
    }

    /** The last lines that this run wrote. */
    public List<String> lastLogLines(int count) {
        return LogTail.lastLines(log, logStart, count);
    }

    /** Asks it to end, waits, and kills what has not ended by then. The record is forgotten. */
    public void stop(Duration grace) {
        stop("TERM", grace);
    }

    /** As {@link #stop(Duration)}, asking by another signal. True when it ended by itself. */
    boolean stop(String signal, Duration grace) {
        boolean gentle = true;
        if (isAlive()) {
            List<Long> all = tree();
            Processes.signal("CONT", all);
            Processes.signal(signal, List.of(pid));
            CrashPoints.reached(name + ".asked");
            gentle = Waiting.until(grace, () -> !isAlive());
            if (!gentle) {
                kill9();
            }
            CrashPoints.reached(name + ".stopped");
        }
        ProcessRecord.forget(record);
        return gentle;
    }

    /** Kills it and everything it started, as a power cut would. The record stays, as it would then. */
    public void kill9() {
        Processes.signal("KILL", tree());
        Waiting.until(Duration.ofSeconds(10), () -> !isAlive());
    }

    /** Freezes it and everything it started: connections stay open, nothing answers. */
    public void pause() {
        Processes.signal("STOP", tree());
        Processes.signal("STOP", tree());
    }

    public void resume() {
        Processes.signal("CONT", tree());
    }

    public boolean awaitExit(Duration atMost) {
        return Waiting.until(atMost, () -> !isAlive());
    }

    private List<Long> tree() {
        if (!isAlive()) {
            return List.of();
        }
        List<Long> pids = new ArrayList<>();
        pids.add(pid);
        ProcessHandle.of(pid)
                .ifPresent(
                        handle -> handle.descendants().map(ProcessHandle::pid).forEach(pids::add));
        return pids;
    }

    private static List<String> ownSession() {
        for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (Files.isExecutable(Path.of(setsid))) {
                return List.of(setsid);
            }
        }
        return List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");
    }

    private static void moveAsideIfLarge(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
