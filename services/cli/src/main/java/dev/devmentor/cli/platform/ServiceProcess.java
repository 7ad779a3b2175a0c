package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.issuer.LocalIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service of ours as a JVM. What is secret goes into its environment, never onto its command line. */
final class ServiceProcess extends ProcessPart {
    private final Home home;
    private final ServiceDefinition service;
    private final int offset;
    private final LocalPostgres postgres;
    private final @Nullable Path trainingOutput;

    ServiceProcess(Home home, ServiceDefinition service, int offset, LocalPostgres postgres) {
        super(service.name(), home.place(service.name()), service.port() + offset);
        this.home = home;
        this.service = service;
        this.offset = offset;
        this.postgres = postgres;
        this.trainingOutput = null;
    }

    private ServiceProcess(ServiceProcess real, PartPlace place, int port, Path trainingOutput) {
        super(place.log().getFileName().toString().replace(".log", ""), place, port);
        this.home = real.home;
        this.service = real.service;
        this.offset = real.offset;
        this.postgres = real.postgres;
        this.trainingOutput = trainingOutput;
    }

    /** One more instance of the same service, which writes an AOT cache when it ends. */
    ServiceProcess inTraining(int port, Path output) {
        return new ServiceProcess(this, PlatformProcesses.Trainer.servicePlace(home, service), port, output);
    }

    ServiceDefinition service() {
        return service;
    }

    @Override
    public void start() {
        Path jar = service.jar(home.root());
        if (!Files.exists(jar)) {
            throw new Failed(service.name() + " is not built: " + home.show(jar) + " is missing");
        }
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        launch(
                new ManagedProcess.Plan(
                        name(), command(jar), environment(), place().data(), place().log(), place().record()),
                () -> Http.answers("http://127.0.0.1:" + port() + "/q/health/ready"));
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(trainingOutput == null ? Duration.ofSeconds(20) : Duration.ofMinutes(3));
    }

    private List<String> command(Path jar) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(JavaRuntime.java(), "-Xmx192m"));
        command.addAll(JavaRuntime.COMMON_FLAGS);
        Path output = trainingOutput;
        if (output != null) {
            command.addAll(JavaRuntime.writeAotCache(output));
        } else {
            // C1 alone: twelve services on a laptop, not a throughput run.
            command.add("-XX:TieredStopAtLevel=1");
            AotCaches.of(service, home.root())
                    .filter(Files::exists)
                    .ifPresent(cache -> command.addAll(JavaRuntime.useAotCache(cache)));
        }
        command.add("-Djava.io.tmpdir=" + place().tmp());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port()));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + (Platform.KAFKA_PORT + offset));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(service.database()));
        environment.put("QUARKUS_DATASOURCE_USERNAME", service.database());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", databasePassword(home, service));
        environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", LocalIssuer.urlOf(Platform.ISSUER_PORT + offset));
        environment.put("DEVMENTOR_ERASURE_KEY", home.secret("erasure.key", 32));
        if (service.name().equals(Platform.LEARNING)) {
            environment.put(
                    "DEVMENTOR_LEARNING_DOCUMENTS_READER",
                    home.root()
                            .resolve("services/document-reader/target/reader")
                            .toString());
        }
        if (service.needs().contains(ServiceDefinition.Need.REDIS)) {
            environment.put("QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + (Platform.REDIS_PORT + offset));
        }
        String collector = System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (collector == null || collector.isBlank()) {
            environment.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        } else {
            environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
            environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", collector);
        }
        return environment;
    }

    static String databasePassword(Home home, ServiceDefinition service) {
        return home.secret(service.name() + ".database-password", 24);
    }
}
