package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.CrashPoints;
import dev.devmentor.parts.LocalPart;
import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts the platform in a data directory, watches it, stops it. Whatever happens to a launcher, the next one finds what
 * runs by the records of the processes.
 */
public final class Launcher implements AutoCloseable {
    private static final Duration OTHER_START_LIMIT = Duration.ofMinutes(3);

    private final Home home;
    private final int offset;
    private final Terminal progress = Terminal.stderr();
    private final PlatformProcesses processes;
    private final Map<String, Duration> took = new ConcurrentHashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> starters = new ArrayList<>();
    private final boolean partsOnly;
    private final LauncherLock lock;

    private Launcher(Home home, int offset, boolean partsOnly, LauncherLock lock) {
        this.home = home;
        this.offset = offset;
        this.partsOnly = partsOnly;
        this.lock = lock;
        this.processes = new PlatformProcesses(home, offset);
    }

    /** One thing that runs, for a person: name, where it answers, how long that took. */
    public record Running(String name, String address, Duration took) {}

    /** Whether a platform runs here already: the one found, or the right to start one. */
    public sealed interface Begin {
        /** It runs; nothing is to be started. Whether the demo history is in yet is not known by this. */
        record AlreadyRunning(int offset, Duration total, List<Running> things) implements Begin {}

        /** Nothing runs any more; the launcher may start. */
        record MayStart(Launcher launcher) implements Begin {}
    }

    /**
     * Takes the data directory over: waits for another launcher that is just starting, stops what a killed one left.
     */
    public static Begin begin(Home home, int offset, boolean partsOnly, boolean fresh) {
        home.create();
        Terminal progress = Terminal.stderr();
        Optional<LauncherLock> lock = LauncherLock.tryTake(home);
        if (lock.isEmpty()) {
            if (fresh) {
                throw new Failed("DevMentor is running: stop it before --fresh (scripts/devmentor down)");
            }
            progress.passing("another launcher works here; waiting for it ...");
            List<LauncherLock> given = new ArrayList<>();
            boolean settled = Waiting.until(OTHER_START_LIMIT, () -> {
                if (runs(home)) {
                    return true;
                }
                // It has stopped, or was killed.
                LauncherLock.tryTake(home).ifPresent(given::add);
                return !given.isEmpty();
            });
            progress.clearPassing();
            lock = given.stream().findFirst();
            Optional<RunningState> state = RunningState.read(home);
            if (lock.isEmpty() && settled && state.isPresent()) {
                return already(offset, state.get());
            }
            if (lock.isEmpty()) {
                throw new Failed("another launcher"
                        + LauncherLock.launcher(home)
                                .map(r -> " (pid " + r.pid() + ")")
                                .orElse("")
                        + " works in " + home.directory() + " and has not come to an end");
            }
        }
        return begin(home, offset, partsOnly, fresh, lock.orElseThrow());
    }

    private static boolean runs(Home home) {
        return RunningState.read(home)
                .filter(state -> PlatformProcesses.allAlive(home, state))
                .isPresent();
    }

    private static Begin begin(Home home, int offset, boolean partsOnly, boolean fresh, LauncherLock lock) {
        Terminal progress = Terminal.stderr();
        boolean keep = false;
        try {
            CrashPoints.reached("launcher.locked");
            Path cutOff = home.finishMovingAside();
            if (cutOff != null) {
                progress.line("an up --fresh was cut off here: the data of before is in " + home.show(cutOff) + " now");
                home.create();
            }
            Optional<RunningState> state = RunningState.read(home);
            if (state.isPresent() && state.get().detached()) {
                if (PlatformProcesses.allAlive(home, state.get())) {
                    if (fresh) {
                        throw new Failed("DevMentor is running: stop it before --fresh (scripts/devmentor down)");
                    }
                    return already(offset, state.get());
                }
            }
            stopLeftovers(home, progress);
            if (fresh && cutOff == null) {
                Path old = home.moveAside();
                progress.line(
                        old == null
                                ? "there was no data to move aside"
                                : "the data of before is in " + home.show(old) + " now (delete it when you like)");
                home.create();
            }
            home.upgradeOrRefuse().forEach(progress::line);
            Map<String, String> conflicts = PlatformProcesses.portConflicts(offset);
            if (!conflicts.isEmpty()) {
                throw new Failed(String.join("; ", conflicts.values())
                        + ". Nothing was started. End it, or move all ports: up --port-offset " + freeOffset(offset));
            }
            lock.sign();
            keep = true;
            return new Begin.MayStart(new Launcher(home, offset, partsOnly, lock));
        } finally {
            if (!keep) {
                lock.close();
            }
        }
    }

    private static Begin already(int offset, RunningState state) {
        if (offset != 0 && offset != state.offset()) {
            throw new Failed("DevMentor is running already with --port-offset " + state.offset()
                    + "; stop it first (scripts/devmentor down)");
        }
        return new Begin.AlreadyRunning(state.offset(), state.total(), running(state.offset(), state.took()));
    }

    private static void stopLeftovers(Home home, Terminal progress) {
        PlatformProcesses left = new PlatformProcesses(home, RunningState.offset(home));
        List<String> alive = left.recordedAlive();
        if (!alive.isEmpty()) {
            String why = LauncherLock.launcherWasKilled(home)
                    ? "a launcher was killed here"
                    : "only a part of a platform runs here";
            progress.line(why + ": stopping what is left of it (" + String.join(", ", alive) + ")");
        }
        RunningState.forget(home);
        left.stopRecorded();
        CrashPoints.reached("leftovers.stopped");
    }

    private static int freeOffset(int offset) {
        for (int candidate = 100; candidate < 30_000; candidate += 100) {
            if (candidate != offset
                    && PlatformProcesses.portConflicts(candidate).isEmpty()) {
                return candidate;
            }
        }
        return offset + 100;
    }

    /** Starts everything; when this returns, all of it has answered. On failure it stops what it started. */
    public void start() {
        long began = System.nanoTime();
        try {
            if (LocalRedis.program(PartsDirectory.fromEnvironment()).isEmpty()) {
                throw new Failed(
                        "Redis cannot run here, and sessions and limits need it: install OpenSSL 3 or redis-server");
            }
            startTogether(processes.parts());
            processes.prepareForServices();
            startTogether(partsOnly ? List.of(processes.auth()) : processes.services());
        } catch (RuntimeException e) {
            stopAll();
            throw e;
        }
        took.put("", Duration.ofNanos(System.nanoTime() - began));
    }

    /** Notes that everything runs, for status, for the next launcher and for other commands. */
    public void remember(boolean detached) {
        new RunningState(offset, detached, total(), ordered()).write(home);
    }

    public Duration total() {
        return took.getOrDefault("", Duration.ZERO);
    }

    public List<Running> running() {
        return running(offset, ordered());
    }

    public int offset() {
        return offset;
    }

    /** Lets the processes live on without a launcher. */
    public void leaveRunning() {
        lock.unsign();
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Makes AOT caches in the background where they are missing, so that the next start is quicker. */
    public void trainInBackground() {
        if (!"off".equals(System.getenv("DEVMENTOR_TRAIN")) && TrainCommand.somethingToDo(home)) {
            PlatformProcesses.Trainer.start(home);
        }
    }

    /** Runs when the launcher is asked to end (Ctrl-C, SIGTERM, closed terminal). */
    public void stopOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopBySignal, "stop-platform"));
    }

    private void stopBySignal() {
        signalled.set(true);
        stopOnce();
    }

    /**
     * Stops everything in order and says so. Called while a signal has begun that already, it does not return: whatever
     * fails then fails because everything is being stopped, and is not worth a word.
     */
    public void stopAll() {
        stopOnce();
        if (signalled.get()) {
            Waiting.until(Duration.ofDays(10_000), () -> false); // until the shutdown that is under way ends us
        }
    }

    private void stopOnce() {
        if (!stopping.compareAndSet(false, true)) {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        long began = System.nanoTime();
        try {
            progress.passing("stopping ...");
            giveUpStarts();
            // First: were we killed while all of it still ends, the next launcher would take it for a platform that
            // runs.
            RunningState.forget(home);
            // By the records, not by what this object knows: a start may have been cut off anywhere.
            List<String> names = new PlatformProcesses(home, offset).stopRecorded();
            lock.unsign();
            progress.clearPassing();
            if (!names.isEmpty()) {
                progress.line("stopped " + String.join(", ", names) + " ("
                        + Terminal.seconds(Duration.ofNanos(System.nanoTime() - began)) + "); the data is kept");
            }
        } finally {
            stopped.countDown();
        }
    }

    /** Interrupts the starts that are under way and waits until they have ended what they had begun. */
    private void giveUpStarts() {
        List<Thread> unfinished;
        synchronized (starters) {
            unfinished = starters.stream().filter(Thread::isAlive).toList();
        }
        unfinished.forEach(Thread::interrupt);
        try {
            for (Thread thread : unfinished) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watches until the launcher is asked to end; what dies is started again, later each time. Never returns by itself. */
    public void supervise() {
        Supervisor supervisor = new Supervisor(progress, stopping::get);
        List<ProcessPart> watched = new ArrayList<>();
        for (ProcessPart part : processes.all()) {
            if (part.isAlive()) {
                watched.add(part);
            }
        }
        supervisor.watch(watched);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startTogether(List<? extends ProcessPart> parts) {
        LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        Map<String, Long> waiting = new LinkedHashMap<>();
        synchronized (starters) {
            for (ProcessPart part : parts) {
                waiting.put(part.name(), System.nanoTime());
                starters.add(Thread.ofVirtual().name("start-" + part.name()).start(() -> {
                    long began = System.nanoTime();
                    try {
                        part.start();
                        outcomes.add(new Outcome(part, Duration.ofNanos(System.nanoTime() - began), Optional.empty()));
                    } catch (RuntimeException e) {
                        outcomes.add(new Outcome(part, Duration.ZERO, Optional.of(e)));
                    }
                }));
            }
        }
        long began = System.nanoTime();
        long spokenSeconds = 0;
        while (!waiting.isEmpty()) {
            Outcome outcome;
            try {
                outcome = outcomes.poll(200, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PartFailed("interrupted while starting", e);
            }
            if (outcome == null) {
                long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
                String line = "  waiting for " + String.join(", ", waiting.keySet()) + " (" + seconds + " s)";
                if (progress.isTty()) {
                    progress.passing(line);
                } else if (seconds >= spokenSeconds + 10) {
                    spokenSeconds = seconds;
                    progress.line(line);
                }
                continue;
            }
            waiting.remove(outcome.part().name());
            if (outcome.failure().isPresent()) {
                throw outcome.failure().get();
            }
            took.put(outcome.part().name(), outcome.took());
            progress.line("  " + progress.green("✓") + " " + pad(outcome.part().name()) + " "
                    + Terminal.seconds(outcome.took()));
        }
    }

    private record Outcome(ProcessPart part, Duration took, Optional<RuntimeException> failure) {}

    private static String pad(String name) {
        int width = Platform.ports().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return name + " ".repeat(Math.max(0, width - name.length()) + 1);
    }

    private Map<String, Duration> ordered() {
        Map<String, Duration> ordered = new LinkedHashMap<>();
        for (LocalPart part : processes.all()) {
            Duration duration = took.get(part.name());
            if (duration != null) {
                ordered.put(part.name(), duration);
            }
        }
        return ordered;
    }

    private static List<Running> running(int offset, Map<String, Duration> took) {
        List<Running> running = new ArrayList<>();
        Platform.ports().forEach((name, base) -> {
            Duration duration = took.get(name);
            if (duration != null) {
                running.add(new Running(name, address(name, base + offset), duration));
            }
        });
        return running;
    }

    static String address(String name, int port) {
        boolean http = Platform.SERVICES.stream().anyMatch(s -> s.name().equals(name));
        return (http ? "http://" : "") + "127.0.0.1:" + port;
    }

    /** Whether any process of the platform in this directory runs. */
    public static boolean anythingRuns(Home home) {
        return !new PlatformProcesses(home, RunningState.offset(home))
                        .recordedAlive()
                        .isEmpty()
                || LauncherLock.launcher(home).filter(ProcessRecord::isAlive).isPresent();
    }
}
