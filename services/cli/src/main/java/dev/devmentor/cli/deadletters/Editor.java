package dev.devmentor.cli.deadletters;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The person's editor on the value of one record. */
final class Editor {
    private Editor() {}

    /** The value as it was saved; empty when the editor ended with an error, which means: leave it. */
    static Optional<byte[]> edit(byte[] value) {
        String program = Optional.ofNullable(System.getenv("VISUAL"))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(System.getenv("EDITOR")).filter(text -> !text.isBlank()))
                .orElse("vi");
        Path directory = null;
        try {
            directory = Files.createTempDirectory("devmentor-edit");
            Path file = directory.resolve("value.json");
            Files.write(file, value);
            int code = new ProcessBuilder("/bin/sh", "-c", program + " \"$1\"", "sh", file.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            return code == 0 ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new Failed("cannot run the editor " + program + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted; nothing more was replayed", e);
        } finally {
            if (directory != null) {
                PrivateFiles.deleteTree(directory);
            }
        }
    }
}
