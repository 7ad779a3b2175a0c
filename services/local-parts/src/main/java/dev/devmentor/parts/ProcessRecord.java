package dev.devmentor.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The note that a process was started, kept in a file so that a later launcher finds it. It names the process by pid and
 * identity: a pid that was given to another program since is never taken for ours.
 *
 * @param identity see {@link Processes#identity}
 */
public record ProcessRecord(String name, long pid, String identity, Instant startedAt) {

    /** The record in the file; empty when there is none or it was cut off while it was written. */
    public static Optional<ProcessRecord> read(Path file) {
        String text = PrivateFiles.readOrNull(file);
        if (text == null) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        try {
            long pid = Long.parseLong(values.getOrDefault("pid", ""));
            // The process itself notes its line of /proc/PID/stat before it becomes the program (see ManagedProcess).
            String identity = values.containsKey("stat")
                    ? Processes.identityOfStat(values.getOrDefault("stat", "")).orElse("")
                    : values.getOrDefault("identity", "");
            String boot = values.get("boot");
            if (boot != null && identity.contains(":")) {
                identity = boot + identity.substring(identity.indexOf(':'));
            }
            Instant startedAt = Instant.ofEpochSecond(Long.parseLong(values.getOrDefault("at", "0")));
            return Optional.of(new ProcessRecord(values.getOrDefault("name", ""), pid, identity, startedAt));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A record of this very process. */
    public static ProcessRecord ofSelf(String name) {
        long pid = ProcessHandle.current().pid();
        return new ProcessRecord(name, pid, Processes.identity(pid).orElse(""), Instant.now());
    }

    public void write(Path file) {
        PrivateFiles.write(
                file,
                "name=" + name + "\npid=" + pid + "\nidentity=" + identity + "\nat=" + startedAt.getEpochSecond()
                        + "\n");
    }

    /** Whether this process, and not a later one with its pid, runs. */
    public boolean isAlive() {
        return !identity.isEmpty()
                && Processes.identity(pid).filter(identity::equals).isPresent();
    }

    public static void forget(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                CrashPoints.reached(file.getFileName() + ".forgotten");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
