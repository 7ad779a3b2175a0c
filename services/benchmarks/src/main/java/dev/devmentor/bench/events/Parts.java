package dev.devmentor.bench.events;

import dev.devmentor.parts.LocalKafka;
import dev.devmentor.parts.LocalPart;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Kafka, PostgreSQL and an issuer with the settings that the launcher uses, in a directory that goes away. */
final class Parts implements AutoCloseable {
    private final Path home;
    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final LocalIssuer issuer;
    private final List<Runnable> kills = Collections.synchronizedList(new ArrayList<>());
    private final Thread hook = new Thread(this::remove, "bench-remove");

    Parts(Path root, Map<String, String> postgresSettings) throws IOException {
        PartsDirectory directory = System.getProperty("devmentor.parts") == null
                ? new PartsDirectory(
                        root.toAbsolutePath().normalize().resolve("services/platform-parts/target/parts"),
                        PartsDirectory.defaultCache())
                : PartsDirectory.fromEnvironment();
        home = Files.createTempDirectory("devmentor-bench-");
        List<Integer> ports = Ports.free(2);
        // The broker serves all contenders alike: with both compilers, and a heap that is not what is measured.
        kafka = new LocalKafka(directory, PartPlace.in(home, "kafka"), ports.get(0))
                .withHeapMiB(512)
                .forThroughput();
        postgres = new LocalPostgres(directory, PartPlace.in(home, "postgres"), ports.get(1));
        postgresSettings.forEach(postgres::with);
        issuer = LocalIssuer.start(0, IssuerKey.generate());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void start() {
        kafka.start();
        postgres.start();
    }

    LocalKafka kafka() {
        return kafka;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    LocalIssuer issuer() {
        return issuer;
    }

    String postgresVersion() throws SQLException {
        try (Connection connection = postgres.connect("postgres")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    Path home() {
        return home;
    }

    /** Has a process ended with the parts, whatever happens. */
    <T extends LocalPart> T owned(T service) {
        kills.add(service::kill9);
        return service;
    }

    /** Has a process ended with the parts, whatever happens. */
    ManagedProcess owned(ManagedProcess process) {
        kills.add(process::kill9);
        return process;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        remove();
    }

    private synchronized void remove() {
        List.copyOf(kills).forEach(Runnable::run);
        issuer.close();
        // Nothing of it is kept, so it need not end in an orderly way.
        kafka.kill9();
        postgres.kill9();
        PrivateFiles.deleteTree(home);
    }
}
