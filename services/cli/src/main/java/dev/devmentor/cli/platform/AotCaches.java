package dev.devmentor.cli.platform;

import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Where the AOT caches of our programs are, or would be. Another build or another JDK has another file. */
final class AotCaches {
    private AotCaches() {}

    /**
     * Of this command line, beside its jar, where scripts/devmentor finds it without asking a JVM; empty when it runs
     * from class directories, which a cache cannot hold.
     */
    static Optional<Path> ofCli() {
        Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        return Files.isRegularFile(jar) ? Optional.of(jar.resolveSibling("cli.aot")) : Optional.empty();
    }

    /** Whether the command line has a cache of this build and this JDK. */
    static boolean cliIsTrained() {
        Optional<Path> cache = ofCli();
        if (cache.isEmpty() || !Files.exists(cache.get())) {
            return false;
        }
        return cliKey().equals(PrivateFiles.readOrNull(keyFile(cache.get())));
    }

    static void cliWasTrained() {
        ofCli().ifPresent(cache -> PrivateFiles.write(keyFile(cache), cliKey()));
    }

    private static Path keyFile(Path cache) {
        return cache.resolveSibling("cli.aot.key");
    }

    private static String cliKey() {
        Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        try {
            return System.getProperty("java.runtime.version") + " "
                    + Files.getLastModifiedTime(jar).toMillis() + "\n";
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Of a service; empty when it is packaged in a way that loads classes behind the JVM's back (fast-jar). */
    static Optional<Path> of(ServiceDefinition service, Path root) {
        Path jar = service.jar(root);
        if (!hasPlainClassPath(jar)) {
            return Optional.empty();
        }
        Path app = jar.resolveSibling("");
        return Optional.of(JavaRuntime.aotCache(PartsDirectory.defaultCache(), service.name(), jarsBelow(app)));
    }

    /** Both package types have the same files; only in an aot-jar the manifest names all of them. */
    private static boolean hasPlainClassPath(Path jar) {
        if (!Files.exists(jar)) {
            return false;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String classPath =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return classPath != null && classPath.contains("quarkus/generated-bytecode.jar");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> jarsBelow(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
