package dev.devmentor.cli.patterns;

import dev.devmentor.cli.terminal.Failed;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs below us: it has our standard input, is told of our signals, and does not outlive us where the system
 * can see to that (Linux: {@code setpriv --pdeathsig}).
 */
final class ChildCommand implements Source {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<String> command;
    private final Path working;
    private final boolean together;
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable Process process;
    private volatile long lastRead = System.nanoTime();

    /** @param together whether standard error goes where standard output goes, so that one pipe keeps their order */
    ChildCommand(List<String> command, Path working, boolean together) {
        this.command = List.copyOf(command);
        this.working = working;
        this.together = together;
    }

    /** Why a command cannot be run, with the exit code that shells use for it. */
    static final class NotRunnable extends Exception {
        private static final long serialVersionUID = 1L;
        final int exitCode;

        NotRunnable(String message, int exitCode) {
            super(message);
            this.exitCode = exitCode;
        }
    }

    /** Whether there is such a program; says it in one line before anything has begun if not. */
    void check() throws NotRunnable {
        String program = command.getFirst();
        if (program.indexOf('/') >= 0) {
            Path file = working.resolve(program);
            if (!Files.exists(file)) {
                throw new NotRunnable("there is no command " + program, 127);
            }
            if (!Files.isExecutable(file) || Files.isDirectory(file)) {
                throw new NotRunnable(program + " is not a program that may be run", 126);
            }
            return;
        }
        String path = System.getenv("PATH");
        boolean found = !program.isEmpty()
                && path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, program))
                        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        if (!found) {
            throw new NotRunnable("there is no command " + (program.isEmpty() ? "''" : program), 127);
        }
    }

    @Override
    public void start(Reader reader) throws IOException {
        List<String> all = new ArrayList<>();
        if (dieWithParent()) {
            all.addAll(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        }
        all.addAll(command);
        Process started = new ProcessBuilder(all)
                .directory(working.toFile())
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectErrorStream(together)
                .start();
        process = started;
        open.set(together ? 1 : 2);
        read(started.getInputStream(), false, reader);
        if (!together) {
            read(started.getErrorStream(), true, reader);
        }
    }

    /** Not every setpriv knows the option. */
    private static boolean dieWithParent() {
        try {
            Process help = new ProcessBuilder("setpriv", "--help")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(help.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8);
            return help.waitFor(2, TimeUnit.SECONDS) && said.contains("--pdeathsig");
        } catch (IOException e) {
            return false; // not on this system
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read(InputStream in, boolean error, Reader reader) {
        Thread.ofPlatform().daemon().name(error ? "stderr" : "stdout").start(() -> {
            byte[] buffer = new byte[8192];
            try {
                int n;
                while ((n = in.read(buffer)) >= 0) {
                    reader.bytes(Arrays.copyOf(buffer, n), error);
                    lastRead = System.nanoTime();
                }
            } catch (IOException e) {
                // The pipe was closed below us: the same as its end.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.decrementAndGet();
            }
        });
    }

    /** A process that stays behind in the background may hold the pipe open for ever; it is not waited for. */
    @Override
    public boolean ended() {
        Process running = process;
        if (running == null || running.isAlive()) {
            return false;
        }
        return open.get() == 0
                || System.nanoTime() - lastRead > Duration.ofSeconds(1).toNanos();
    }

    /**
     * Ctrl-C at a terminal reaches the command by itself, as it reaches us; any other signal is handed on. The second time
     * the command and its children are ended, the third time killed.
     */
    @Override
    public void interrupt(String signal) {
        Process running = process;
        if (running == null) {
            return;
        }
        int n = signals.incrementAndGet();
        if (n == 1) {
            if (!signal.equals("INT") || !inForeground()) {
                send(running, signal);
            }
            if (!signal.equals("INT")) {
                Thread.ofPlatform().daemon().start(() -> killLater(running));
            }
        } else {
            end(running, n > 2);
        }
    }

    private static void killLater(Process running) {
        try {
            if (!running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                end(running, true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process running, boolean kill) {
        running.descendants().forEach(child -> {
            if (kill) {
                child.destroyForcibly();
            } else {
                child.destroy();
            }
        });
        if (kill) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
    }

    @Override
    public void stop() {
        Process running = process;
        if (running != null) {
            end(running, false);
            Thread.ofPlatform().daemon().start(() -> killLater(running));
        }
    }

    private static void send(Process running, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + running.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            running.destroy(); // without a shell the only signal that Java has
        }
    }

    /** Whether the terminal sends Ctrl-C to our process group; false where there is none or the system does not tell. */
    private static boolean inForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[4].equals("0") && fields[2].equals(fields[5]); // terminal; our group is the terminal's
        } catch (IOException e) {
            return Boolean.getBoolean("devmentor.tty.stdout");
        }
    }

    @Override
    public OptionalInt exitCode() {
        Process running = process;
        if (running == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(running.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted while the command ran", e);
        }
    }
}
