package dev.devmentor.parts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A built service of ours as a process of its own, the way it is shipped: {@code java -jar
 * services/NAME/target/quarkus-app/quarkus-run.jar}. It has started when {@code /q/health/ready} answers 200.
 *
 * <p>Several instances of one service are several objects with places and ports of their own.
 */
public final class LocalService extends ProcessPart {
    private final Path jar;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private List<String> jvmFlags = List.of("-Xmx192m", "-XX:TieredStopAtLevel=1");

    private @Nullable Path executable;

    private LocalService(String name, Path jar, PartPlace place, int port) {
        super(name, place, port);
        this.jar = jar;
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_OTEL_SDK_DISABLED", "true");
    }

    /** The service of this name as the build left it below the project's root. */
    public static LocalService of(Path root, String name, PartPlace place, int port) {
        return new LocalService(name, jar(root, name), place, port);
    }

    /** Where the build puts the program of a service. */
    public static Path jar(Path root, String name) {
        return root.toAbsolutePath()
                .normalize()
                .resolve("services")
                .resolve(name)
                .resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Sets an environment variable; secrets go here, never into a system property. */
    public LocalService with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The broker that it is to use. */
    public LocalService withKafka(String bootstrapServers) {
        return with("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    }

    /** The database that it is to use. */
    public LocalService withDatabase(String jdbcUrl, String role, String password) {
        return with("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl)
                .with("QUARKUS_DATASOURCE_USERNAME", role)
                .with("QUARKUS_DATASOURCE_PASSWORD", password);
    }

    /** The issuer whose tokens it is to accept. */
    public LocalService withIssuer(String url) {
        return with("QUARKUS_OIDC_AUTH_SERVER_URL", url);
    }

    /** Sets a system property of its JVM, such as {@code devmentor.crash}. */
    public LocalService withSystemProperty(String name, String value) {
        systemProperties.put(name, value);
        return this;
    }

    /** Flags of its JVM in place of those for a laptop, which are a small heap and the first compiler alone. */
    public LocalService withJvmFlags(String... flags) {
        jvmFlags = List.of(flags);
        return this;
    }

    /** Runs a native executable in place of the JVM build. */
    public LocalService withExecutable(Path file) {
        executable = file;
        return this;
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void start() {
        Path program = executable == null ? jar : executable;
        if (!Files.exists(program)) {
            throw new PartFailed(name() + " is not built: there is no " + program);
        }
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        launch(
                new ManagedProcess.Plan(
                        name(), command(), environment, place().data(), place().log(), place().record()),
                this::isReady);
    }

    /** Whether {@code /q/health/ready} says UP: it could do its work now. */
    public boolean isReady() {
        return status("/q/health/ready") == 200;
    }

    /** Whether {@code /q/health/live} says UP. */
    public boolean isLive() {
        return status("/q/health/live") == 200;
    }

    private int status(String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(5_000);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return -1;
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        Path nativeProgram = executable;
        if (nativeProgram == null) {
            command.add(JavaRuntime.java());
            command.addAll(JavaRuntime.COMMON_FLAGS);
            command.addAll(jvmFlags);
        } else {
            command.add(nativeProgram.toString());
            command.add("-Xmx96m");
        }
        command.add("-Djava.io.tmpdir=" + place().tmp());
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        if (nativeProgram == null) {
            command.addAll(List.of("-jar", jar.toString()));
        }
        return command;
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(Duration.ofSeconds(30));
    }
}
