package dev.devmentor.learning.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** A folder that nobody else can look into, for one import or export. Closing it removes it with everything in it. */
final class Scratch implements AutoCloseable {
    private final Path folder;

    Scratch() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        folder = parent.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempDirectory(
                        parent,
                        "devmentor-transfer-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createTempDirectory(parent, "devmentor-transfer-");
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
