package dev.devmentor.parts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the three parts have in common: one process in one place. */
abstract class ProcessPart implements LocalPart {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final String name;
    private final PartPlace place;
    private final int port;
    private @Nullable ManagedProcess process;

    ProcessPart(String name, PartPlace place, int port) {
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

    final PartPlace place() {
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

    @Override
    public void stop() {
        ManagedProcess running = process;
        if (running != null) {
            stop(running);
            process = null;
        }
    }

    void stop(ManagedProcess running) {
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
    final void clearLeftovers(Path directory) {
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

    final void launch(ManagedProcess.Plan plan, BooleanSupplier answers) {
        ManagedProcess started = ManagedProcess.start(plan);
        process = started;
        boolean ready = Waiting.until(START_LIMIT, () -> !started.isAlive() || answers.getAsBoolean());
        if (!started.isAlive()) {
            process = null;
            ProcessRecord.forget(place.record());
            throw new PartFailed(name + " ended while it started: " + lastWords(started) + " (log: " + log() + ")");
        }
        if (!ready) {
            throw new PartFailed(name + " did not answer on port " + port + " within " + START_LIMIT.toSeconds()
                    + " s (log: " + log() + ")");
        }
    }

    private static String lastWords(ManagedProcess ended) {
        List<String> lines = ended.lastLogLines(40);
        return lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("ERROR") || line.contains("Exception"))
                .findFirst()
                .or(() -> lines.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(lines.getLast()))
                .orElse("without a word");
    }
}
