package dev.devmentor.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the operating system says about processes, ours and others'. */
public final class Processes {
    private static final boolean HAS_PROC = Files.isReadable(Path.of("/proc/self/stat"));
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Processes() {}

    /**
     * What tells a process from a later one with the same pid: boot and start tick on Linux, start time elsewhere. Empty
     * when there is no such process, or it is dead and only waits for its parent.
     */
    public static Optional<String> identity(long pid) {
        if (!HAS_PROC) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(handle -> handle.info()
                            .startInstant()
                            .map(Instant::toEpochMilli)
                            .map(String::valueOf)
                            .orElse("unknown"));
        }
        return read(Path.of("/proc", String.valueOf(pid), "stat")).flatMap(Processes::identityOfStat);
    }

    /** The identity by the line of /proc/PID/stat; empty for a zombie. */
    static Optional<String> identityOfStat(String stat) {
        int end = stat.lastIndexOf(") ");
        if (end < 0) {
            return Optional.empty();
        }
        String[] fields = stat.substring(end + 2).split(" ");
        boolean dead = fields[0].equals("Z") || fields[0].equals("X");
        // Field 22 of proc(5) is the start time in ticks after boot; fields[0] here is field 3.
        return dead || fields.length < 20 ? Optional.empty() : Optional.of(bootId() + ":" + fields[19]);
    }

    /** Whether the process runs; one that is dead and waits to be collected by its parent does not. */
    public static boolean isAlive(long pid) {
        return identity(pid).isPresent();
    }

    /** Program and arguments, at most 100 characters. A JVM is named by its main class or jar, not by its flags. */
    public static String commandOf(long pid) {
        List<String> arguments = read(Path.of("/proc", String.valueOf(pid), "cmdline"))
                .map(line -> List.of(line.split("\0")))
                .orElseGet(() -> ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().commandLine())
                        .map(line -> List.of(line.split(" ")))
                        .orElse(List.of()));
        String command = arguments.isEmpty() || arguments.getFirst().isBlank()
                ? read(Path.of("/proc", String.valueOf(pid), "comm"))
                        .map(String::strip)
                        .orElse("unknown")
                : describe(arguments);
        command = command.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return command.length() <= 100 ? command : command.substring(0, 97) + "...";
    }

    static String describe(List<String> arguments) {
        String program = arguments.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        if (!name.equals("java")) {
            return String.join(" ", arguments).strip();
        }
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-jar") && i + 1 < arguments.size()) {
                return "java -jar " + arguments.get(i + 1);
            }
            if (argument.equals("-cp") || argument.equals("-classpath") || argument.equals("--class-path")) {
                i++;
            } else if (!argument.startsWith("-")) {
                return "java " + String.join(" ", arguments.subList(i, arguments.size()));
            }
        }
        return "java";
    }

    /** Resident memory in bytes, 0 when it cannot be known. */
    public static long residentBytes(long pid) {
        return read(Path.of("/proc", String.valueOf(pid), "status"))
                .flatMap(status ->
                        status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst())
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .orElse(0L);
    }

    /** Processes that work in the directory or below it. Parts run in their data directory, so this finds lost ones. */
    public static List<Long> workingIn(Path directory) {
        List<Long> found = new ArrayList<>();
        if (!HAS_PROC) {
            return found;
        }
        Path real = realPath(directory);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(real)) {
                        long pid = Long.parseLong(process.getFileName().toString());
                        if (pid != ProcessHandle.current().pid() && isAlive(pid)) {
                            found.add(pid);
                        }
                    }
                } catch (IOException e) {
                    // gone meanwhile, or somebody else's
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** Sends a signal by name (TERM, INT, STOP, CONT, KILL); a process that is gone is fine. */
    public static void signal(String signal, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill \"$@\" 2>/dev/null", "kill"));
        command.add("-" + signal);
        pids.forEach(pid -> command.add(String.valueOf(pid)));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new PartFailed("cannot run /bin/sh to send " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailed("interrupted while sending " + signal, e);
        }
    }

    /** Waits until the process is gone; false when it still runs after the time. */
    public static boolean awaitExit(long pid, Duration atMost) {
        return Waiting.until(atMost, () -> !isAlive(pid));
    }

    private static String bootId() {
        return read(BOOT_ID).map(String::strip).orElse("boot");
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory.toAbsolutePath().normalize();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
