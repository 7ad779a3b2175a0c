package dev.devmentor.documents;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents that nobody vouches for, each in a JVM of its own that has little memory, little time, an empty
 * environment and an empty directory, and that gets nothing but the file and gives nothing but lines. What it gives is
 * bounded again on this side. Thread-safe; at most a few documents at once.
 */
public final class DocumentReader {
    private static final String MAIN = "dev.devmentor.documents.reading.ReadDocument";
    private static final int HEAP_MIB = 192;
    private static final Duration STARTING = Duration.ofSeconds(10);
    private static final Duration WAIT_FOR_A_PLACE = Duration.ofSeconds(15);
    private static final int LARGEST_HEADER = 64;

    private final Path java;
    private final Path directory;
    private final DocumentLimits limits;
    private final Semaphore places;
    private final Duration starting;
    private final Path temporary;

    /**
     * @param java the program {@code java} of a JDK or JRE 25
     * @param directory what the build makes of this module: {@code classes/} and {@code lib/}
     * @param atOnce processes at a time
     */
    public DocumentReader(Path java, Path directory, DocumentLimits limits, int atOnce) {
        this(java, directory, limits, atOnce, STARTING, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * @param starting what is granted beside the time of the limits, which begins when the JVM is up
     * @param temporary where each process gets its empty directory
     */
    DocumentReader(Path java, Path directory, DocumentLimits limits, int atOnce, Duration starting, Path temporary) {
        // The process runs elsewhere, so nothing may be relative to here.
        this.java = java.toAbsolutePath();
        this.directory = directory.toAbsolutePath();
        this.temporary = temporary;
        this.limits = limits;
        this.places = new Semaphore(atOnce, true);
        this.starting = starting;
    }

    /** What keeps documents from being read here, for people; null if nothing does. */
    public @Nullable String missing() {
        if (!Files.isExecutable(java)) {
            return "there is no JVM to read them with";
        }
        return Files.isDirectory(directory.resolve("classes")) && Files.isDirectory(directory.resolve("lib"))
                ? null
                : "the document reader is not installed";
    }

    /** The limits in force. */
    public DocumentLimits limits() {
        return limits;
    }

    /**
     * Reads a document.
     *
     * @param expected what its sender says it is; {@link Format#ANY} if nobody says
     * @throws InterruptedException if the thread was interrupted; the process is gone by then
     * @throws UncheckedIOException if the file itself, or the directory for temporary files, cannot be used
     */
    public Outcome read(Path file, Format expected) throws InterruptedException {
        if (missing() != null) {
            return new Outcome.Refused(Refusal.UNAVAILABLE);
        }
        try {
            long size = Files.size(file);
            if (size == 0 || size > limits.bytes()) {
                return new Outcome.Refused(size == 0 ? Refusal.EMPTY : Refusal.TOO_LARGE);
            }
            if (!places.tryAcquire(WAIT_FOR_A_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome.Refused(Refusal.BUSY);
            }
            try {
                Path empty = Files.createTempDirectory(temporary, "devmentor-document-");
                try {
                    return readIn(empty, file, expected);
                } finally {
                    deleteTree(empty);
                }
            } finally {
                places.release();
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private Outcome readIn(Path empty, Path file, Format expected) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(empty, expected))
                .directory(empty.toFile())
                .redirectInput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process process;
        try {
            process = builder.start();
        } catch (IOException cannotStart) {
            return new Outcome.Refused(Refusal.UNAVAILABLE);
        }
        try {
            CompletableFuture<byte @Nullable []> output = CompletableFuture.supplyAsync(
                    () -> readBounded(process.getInputStream(), largestOutput()),
                    task -> Thread.ofVirtual().name("document-output").start(task));
            long most = limits.time().plus(starting).toMillis();
            if (!process.waitFor(most, TimeUnit.MILLISECONDS)) {
                return new Outcome.Refused(Refusal.TOO_SLOW);
            }
            if (process.exitValue() != 0) {
                return new Outcome.Refused(Refusal.ofCode(process.exitValue()));
            }
            // The process is gone, so the pipe ends and this wait with it.
            byte[] bytes = output.join();
            return bytes == null ? new Outcome.Refused(Refusal.CRASHED) : parse(bytes);
        } catch (CompletionException brokenPipe) {
            return new Outcome.Refused(Refusal.CRASHED);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private List<String> command(Path empty, Format expected) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-Xss1m",
                "-XX:MaxMetaspaceSize=64m",
                "-XX:MaxDirectMemorySize=8m",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + empty.resolve("crash"),
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-Xshare:auto",
                // Whatever the JVM has to say must not stand between the lines.
                "-Xlog:disable",
                "-XX:+DisplayVMOutputToStderr",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + empty,
                "-Duser.home=" + empty,
                "-cp",
                directory.resolve("classes")
                        + File.pathSeparator
                        + directory.resolve("lib").resolve("*"),
                MAIN,
                expected.wireName()));
        command.addAll(limits.toArguments());
        return command;
    }

    private int largestOutput() {
        // UTF-8 takes at most three bytes for one char of a String.
        return limits.characters() * 3 + limits.lines() + LARGEST_HEADER;
    }

    /** All of a stream, or null if it is longer than allowed. */
    private static byte @Nullable [] readBounded(InputStream in, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (out.size() + n > most) {
                    return null;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return out.toByteArray();
    }

    /** A header {@code format lines}, then the lines; anything else is not believed. */
    private Outcome parse(byte[] output) {
        try {
            String[] rows = PlainText.utf8(output).split("\n", -1);
            String[] header = rows[0].split(" ", -1);
            int count = header.length == 2 ? Integer.parseInt(header[1]) : -1;
            if (count < 1 || rows.length != count + 2 || !rows[count + 1].isEmpty()) {
                return new Outcome.Refused(Refusal.CRASHED);
            }
            TextLines lines = new TextLines(limits);
            for (int i = 1; i <= count; i++) {
                lines.add(rows[i]);
            }
            return new Outcome.Text(Format.ofWireName(header[0]), lines.finish(Refusal.CRASHED));
        } catch (IllegalArgumentException | RefusedException unbelievable) {
            return new Outcome.Refused(Refusal.CRASHED);
        }
    }

    private static void deleteTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
