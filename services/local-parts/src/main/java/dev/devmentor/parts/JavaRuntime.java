package dev.devmentor.parts;

import java.nio.file.Path;
import java.util.List;

/** How JVMs of the platform are started. */
public final class JavaRuntime {
    /** Small and quick to start; an AOT cache fits only a JVM with the same flags. */
    public static final List<String> COMMON_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError");

    private JavaRuntime() {}

    /** The program of the JDK that runs us. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The file of an AOT cache: another JDK or another build of the jars has another one. */
    public static Path aotCache(Path cache, String name, List<Path> jars) {
        String jdk = System.getProperty("java.vm.vendor") + System.getProperty("java.runtime.version");
        String key = PartsDirectory.fingerprint(jars) + Integer.toHexString(jdk.hashCode());
        return cache.resolve("aot").resolve(name + "-" + key + ".aot");
    }

    /** Flags that use the cache. One that does not fit is ignored by the JVM, without a word on standard output. */
    public static List<String> useAotCache(Path cache) {
        return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off", "-Xlog:aot+codecache=off");
    }

    /** Flags with which a run writes a cache when it ends; what it cannot hold is not worth a line each. */
    public static List<String> writeAotCache(Path output) {
        return List.of(
                "-XX:AOTCacheOutput=" + output, "-Xlog:aot=error", "-Xlog:cds=error", "-Xlog:aot+codecache=error");
    }
}
