package dev.devmentor.parts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The jars that hold the parts, and the cache into which programs are unpacked once per version.
 *
 * @param jars has the folders kafka, postgres and redis; made by the module platform-parts
 * @param cache shared by all data directories of a person
 */
public record PartsDirectory(Path jars, Path cache) {
    private static final Pattern CUT_OFF = Pattern.compile(".+\\.new-(?<pid>\\d{1,9})-\\d+");
    private static final Duration CUT_OFF_AFTER = Duration.ofHours(1);

    /**
     * The jars named by the system property {@code devmentor.parts} or else the environment variable DEVMENTOR_PARTS;
     * the cache named by {@code devmentor.cache} or DEVMENTOR_CACHE, or else ~/.cache/devmentor.
     */
    public static PartsDirectory fromEnvironment() {
        String jars = setting("devmentor.parts", "DEVMENTOR_PARTS");
        if (jars == null) {
            throw new PartFailed("where Kafka, PostgreSQL and Redis lie is not known: set -Ddevmentor.parts");
        }
        return new PartsDirectory(Path.of(jars).toAbsolutePath().normalize(), defaultCache());
    }

    public static Path defaultCache() {
        String cache = setting("devmentor.cache", "DEVMENTOR_CACHE");
        if (cache != null) {
            return Path.of(cache).toAbsolutePath();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("devmentor").toAbsolutePath();
    }

    /** All jars of the broker. */
    List<Path> kafkaJars() {
        return jarsIn("kafka");
    }

    /** The unpacked PostgreSQL: has bin, lib and share. */
    Path postgres() {
        String system = system() + "-" + (architecture().equals("arm64") ? "arm64v8" : "amd64");
        Path jar = jarsIn("postgres").stream()
                .filter(file -> file.getFileName().toString().contains(system))
                .findFirst()
                .orElseThrow(() -> new PartFailed("there is no PostgreSQL for " + system + " in " + jars));
        Path target = cache.resolve("postgres-" + fingerprint(List.of(jar)));
        if (!Files.isExecutable(target.resolve("bin/postgres"))) {
            unpackOnce(target, fresh -> untar(jar, fresh));
        }
        return target;
    }

    /** The unpacked redis-server of the jar; whether it runs on this machine has to be tried. */
    Path redisServer() {
        Path jar =
                jarsIn("redis").stream().findFirst().orElseThrow(() -> new PartFailed("there is no Redis in " + jars));
        String suffix = system() + "-" + architecture();
        Path target = cache.resolve("redis-" + fingerprint(List.of(jar)));
        Path program = target.resolve("redis-server");
        if (!Files.isExecutable(program)) {
            unpackOnce(target, fresh -> {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    ZipEntry entry = zip.stream()
                            .filter(e -> e.getName().startsWith("redis-server-")
                                    && e.getName().endsWith(suffix))
                            .map(ZipEntry.class::cast)
                            .findFirst()
                            .orElseThrow(() -> new PartFailed("there is no Redis for " + suffix + " in " + jar));
                    Path file = fresh.resolve("redis-server");
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            });
        }
        return program;
    }

    /** Changes when a jar changes; names what is derived from them. */
    static String fingerprint(List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                String line = file.getFileName() + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new PartFailed("cannot read a jar of the parts: " + e.getMessage(), e);
        }
    }

    static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") || name.equals("arm64") ? "arm64" : "amd64";
    }

    private List<Path> jarsIn(String folder) {
        Path directory = jars.resolve(folder);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PartFailed(
                    "the parts are not there: " + directory
                            + " (build with ./mvnw -pl services/platform-parts package)",
                    e);
        }
    }

    /** Fills a directory that is there and empty. */
    interface Unpacking {
        void into(Path fresh) throws IOException;
    }

    /** Several processes may do this at once: each unpacks aside, the first rename wins. */
    void unpackOnce(Path target, Unpacking unpacking) {
        Path fresh = target.resolveSibling(target.getFileName() + ".new-"
                + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId());
        try {
            Files.createDirectories(cache);
            clearCutOff();
            PrivateFiles.deleteTree(fresh);
            Files.createDirectories(fresh);
            CrashPoints.reached("cache.unpacking");
            unpacking.into(fresh);
            CrashPoints.reached("cache.unpacked");
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                CrashPoints.reached("cache.renamed");
            } catch (AtomicMoveNotSupportedException e) {
                throw e;
            } catch (FileSystemException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                PrivateFiles.deleteTree(fresh);
            }
        } catch (IOException e) {
            PrivateFiles.deleteTree(fresh);
            throw new PartFailed("cannot unpack " + target.getFileName() + " into " + cache + ": " + e.getMessage(), e);
        }
    }

    /**
     * Deletes what others were unpacking when they were killed. The cache may be another machine's too, whose processes
     * nobody here knows of: so only what has lain there for longer than unpacking takes.
     */
    private void clearCutOff() throws IOException {
        FileTime recent = FileTime.from(Instant.now().minus(CUT_OFF_AFTER));
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = CUT_OFF.matcher(file.getFileName().toString());
                if (name.matches()
                        && !Processes.isAlive(Long.parseLong(name.group("pid")))
                        && Files.getLastModifiedTime(file).compareTo(recent) < 0) {
                    PrivateFiles.deleteTree(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody else deletes the same.
            return;
        }
    }

    private static void untar(Path jar, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .map(ZipEntry.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz in " + jar));
            try (TarArchiveInputStream tar = new TarArchiveInputStream(
                    new XZCompressorInputStream(new BufferedInputStream(zip.getInputStream(archive), 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    Path file = target.resolve(entry.getName()).normalize();
                    if (!file.startsWith(target)) {
                        throw new IOException("an entry leads out of the archive: " + entry.getName());
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(file);
                    } else {
                        Files.createDirectories(file.resolveSibling(""));
                        if (entry.isSymbolicLink()) {
                            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                        } else if (!entry.getName().endsWith(".a")) { // archives to link against: nobody links here
                            Files.copy(tar, file);
                            boolean runs = (entry.getMode() & 0111) != 0;
                            Files.setPosixFilePermissions(
                                    file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
                        }
                    }
                }
            }
        }
    }

    private static @Nullable String setting(String property, String variable) {
        String value = System.getProperty(property);
        if (value == null || value.isBlank()) {
            value = System.getenv(variable);
        }
        return value == null || value.isBlank() ? null : value;
    }
}
