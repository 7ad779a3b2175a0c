package dev.devmentor.cli.patterns;

import dev.devmentor.parts.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Contents by their hash, compressed, readable by their owner only. What was used longest ago goes when there is more than
 * the limit; whoever asks for it then gets nothing.
 */
final class ObjectStore {
    /** What a content may have. */
    static final int CONTENT = 1 << 20;

    private final Path directory;
    private final long limit;

    /** @param limit bytes of all together */
    ObjectStore(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /** Keeps a content under a name made of letters and digits; one that is there already is marked as used. */
    void put(String name, byte[] content) {
        Path file = file(name);
        try {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return;
            }
            PrivateFiles.directory(directory);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write(content);
            }
            Path fresh = Files.createTempFile(
                    directory,
                    "new",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, bytes.toByteArray());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    Optional<byte[]> get(String name) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file(name))))) {
            return Optional.of(zip.readNBytes(CONTENT + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // cut off by a crash of the machine: as good as not there
        }
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Deletes what was used longest ago until the limit is kept. */
    void trim() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        record Kept(Path file, long bytes, FileTime used) {}
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
            long bytes = all.stream().mapToLong(Kept::bytes).sum();
            all.sort(Comparator.comparing(Kept::used));
            for (Kept kept : all) {
                if (bytes <= limit) {
                    break;
                }
                Files.deleteIfExists(kept.file());
                bytes -= kept.bytes();
            }
        } catch (NoSuchFileException e) {
            return; // another watch trims at the same time
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy " + directory, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".gz");
    }
}
