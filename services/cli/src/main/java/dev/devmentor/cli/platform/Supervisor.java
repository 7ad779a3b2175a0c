package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Starts again what dies, after 1, 2, 4 ... 30 seconds; gives up after ten times without a calm minute between. */
final class Supervisor {
    private static final int TRIES = 10;
    private static final Duration CALM = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final BooleanSupplier stopping;

    Supervisor(Terminal terminal, BooleanSupplier stopping) {
        this.terminal = terminal;
        this.stopping = stopping;
    }

    /** Watches each in a thread of its own; returns at once. */
    void watch(List<ProcessPart> parts) {
        parts.forEach(part -> Thread.ofVirtual().name("watch-" + part.name()).start(() -> watch(part)));
    }

    private void watch(ProcessPart part) {
        int failures = 0;
        boolean cameUp = true;
        long startedNanos = System.nanoTime();
        while (true) {
            Waiting.until(Duration.ofDays(10_000), () -> stopping.getAsBoolean() || !part.isAlive());
            if (stopping.getAsBoolean()) {
                return;
            }
            if (Duration.ofNanos(System.nanoTime() - startedNanos).compareTo(CALM) > 0) {
                failures = 0;
            }
            failures++;
            if (cameUp) {
                report(part);
            }
            if (failures > TRIES) {
                terminal.line(part.name() + " has failed " + TRIES + " times and stays down; its log: " + part.log());
                return;
            }
            Duration pause = Duration.ofSeconds(Math.min(LONGEST_PAUSE.toSeconds(), 1L << (failures - 1)));
            terminal.line("starting " + part.name() + " again in " + pause.toSeconds() + " s");
            if (Waiting.until(pause, stopping)) {
                return;
            }
            startedNanos = System.nanoTime();
            cameUp = false;
            try {
                part.start();
                cameUp = true;
                terminal.line(part.name() + " answers again ("
                        + Terminal.seconds(Duration.ofNanos(System.nanoTime() - startedNanos)) + ")");
            } catch (RuntimeException e) {
                // Whatever it is: ending this thread would leave the part down without a word.
                if (!stopping.getAsBoolean()) {
                    terminal.line(why(part, e));
                }
            }
        }
    }

    private static String why(ProcessPart part, RuntimeException failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        boolean foreseen = failure instanceof PartFailed || failure instanceof Failed;
        return foreseen
                ? message
                : "cannot start " + part.name() + ": " + failure.getClass().getSimpleName() + ": " + message;
    }

    private void report(ProcessPart part) {
        String how = part.exitCode().isPresent() ? how(part.exitCode().getAsInt()) : "it is gone";
        List<String> lines = part.lastLogLines(5);
        terminal.line(terminal.yellow(part.name() + " ended unexpectedly: " + how)
                + (lines.isEmpty() ? "" : "; its last lines:"));
        lines.forEach(line -> terminal.line("    " + line));
    }

    private static String how(int exitCode) {
        return exitCode > 128 ? "killed by signal " + (exitCode - 128) : "exit code " + exitCode;
    }
}
