package dev.devmentor.parts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What all parts and services have in common: one process in one place. */
public abstract class ProcessPart implements LocalPart {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final String name;
    private final PartPlace place;
    private final int port;
    private @Nullable ManagedProcess process;

    protected ProcessPart(String name, PartPlace place, int port) {
        this.name = name;
        this.place = place;
        this.port = port;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final Path log() {
        return place.log();
    }

    public final PartPlace place() {
        return place;
    }

    @Override
    public boolean attach() {
        process = ManagedProcess.attach(place.record(), place.log()).orElse(null);
        return process != null;
    }

    @Override
    public boolean isAlive() {
        ManagedProcess running = process;
        return running != null && running.isAlive();
    }

    @Override
    public long pid() {
        ManagedProcess running = process;
        return running == null ? -1 : running.pid();
    }

    /** How the process ended, when it has and this object started it. */
    public OptionalInt exitCode() {
        ManagedProcess running = process;
        return running == null ? OptionalInt.empty() : running.exitCode();
    }

    /** The last lines that the present run wrote. */
    public List<String> lastLogLines(int count) {
        ManagedProcess running = process;
        return running == null ? List.of() : running.lastLogLines(count);
    }

    @Override
    public void stop() {
        ManagedProcess running = process;
        if (running != null) {
            stop(running);
            process = null;
        }
    }

    /** How this part is asked to end. */
    protected void stop(ManagedProcess running) {
        running.stop(Duration.ofSeconds(30));
    }

    @Override
    public void kill9() {
        ManagedProcess running = process;
        if (running != null) {
            running.kill9();
        }
    }

    @Override
    public void pause() {
        ManagedProcess running = process;
        if (running != null) {
            running.pause();
        }
    }

    @Override
    public void resume() {
        ManagedProcess running = process;
        if (running != null) {
            running.resume();
        }
    }

    /** Ends what an earlier run left: the recorded process, and processes that work in the data directory. */
    protected final void clearLeftovers(Path directory) {
        ManagedProcess.attach(place.record(), place.log()).ifPresent(left -> left.stop(Duration.ofSeconds(20)));
        ProcessRecord.forget(place.record());
        List<Long> lost = Processes.workingIn(directory);
        if (!lost.isEmpty()) {
            Processes.signal("KILL", lost);
            boolean gone = Waiting.until(
                    Duration.ofSeconds(10), () -> Processes.workingIn(directory).isEmpty());
            if (!gone) {
                throw new PartFailed("processes " + Processes.workingIn(directory) + " still work in " + directory
                        + " and cannot be stopped");
            }
        }
        PrivateFiles.directory(place.log().resolveSibling(""));
        PrivateFiles.deleteTree(place.tmp());
        PrivateFiles.directory(place.tmp());
    }

    /** Starts the process and waits until it answers; see {@link #start()}. */
    protected final void launch(ManagedProcess.Plan plan, BooleanSupplier answers) {
        ManagedProcess started = ManagedProcess.start(plan);
        process = started;
        boolean ready;
        try {
            ready = Waiting.until(START_LIMIT, () -> !started.isAlive() || answers.getAsBoolean());
        } catch (PartFailed e) {
            abandon(started);
            throw e;
        }
        if (!started.isAlive()) {
            process = null;
            ProcessRecord.forget(place.record());
            throw new PartFailed(name + " ended while it started: " + lastWords(started) + " (log: " + log() + ")");
        }
        if (!ready) {
            abandon(started);
            throw new PartFailed(name + " did not answer on port " + port + " within " + START_LIMIT.toSeconds()
                    + " s (log: " + log() + ")");
        }
        CrashPoints.reached(name + ".answers");
    }

    /** A start that was given up leaves nothing behind, also when it was given up because the thread was interrupted. */
    private void abandon(ManagedProcess started) {
        boolean interrupted = Thread.interrupted();
        started.kill9();
        started.stop(Duration.ZERO);
        process = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String lastWords(ManagedProcess ended) {
        List<String> lines = ended.lastLogLines(40);
        return lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("ERROR") || line.contains("Exception"))
                .map(String::strip)
                .findFirst()
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                .orElse("without a word");
    }
}
