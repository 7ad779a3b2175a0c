package dev.devmentor.testkit;

import dev.devmentor.parts.LocalKafka;
import dev.devmentor.parts.LocalPart;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.TopicDefinition;
import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Kafka and an issuer, with the durable settings of production, in a directory that goes away with the JVM.
 * Redis starts when it is asked for first. What a killed test JVM left behind is cleared by the next one.
 */
public final class TestPlatform implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable TestPlatform shared;

    private final Path home;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final LocalIssuer issuer;
    private final AtomicInteger databases = new AtomicInteger();
    private boolean redisStarted;

    private TestPlatform() {
        Path base = base();
        sweep(base);
        // Not only a number: this class may be there once per class loader.
        home = PrivateFiles.directory(base.resolve(ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + "-"
                + HexFormat.of().toHexDigits(System.identityHashCode(TestPlatform.class))));
        ProcessRecord.ofSelf("tests").write(home.resolve("owner.process"));
        PartsDirectory parts = PartsDirectory.fromEnvironment();
        List<Integer> ports = Ports.free(3);
        postgres = new LocalPostgres(parts, PartPlace.in(home, "postgres"), ports.get(0));
        kafka = new LocalKafka(parts, PartPlace.in(home, "kafka"), ports.get(1));
        redis = new LocalRedis(parts, PartPlace.in(home, "redis"), ports.get(2));
        issuer = LocalIssuer.start(0, IssuerKey.generate());
        startAll(List.of(postgres, kafka));
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove, "test-platform-remove"));
    }

    /** The platform of this JVM, started when it is asked for first. */
    public static synchronized TestPlatform shared() {
        TestPlatform known = shared;
        if (known == null) {
            known = new TestPlatform();
            shared = known;
        }
        return known;
    }

    /** A platform for one test alone, which may kill its parts; close it. */
    public static TestPlatform exclusive() {
        return new TestPlatform();
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public LocalKafka kafka() {
        return kafka;
    }

    public synchronized LocalRedis redis() {
        if (!redisStarted) {
            redis.start();
            redisStarted = true;
        }
        return redis;
    }

    public LocalIssuer issuer() {
        return issuer;
    }

    public TestTokens tokens() {
        return new TestTokens(issuer);
    }

    public TestTopics topics() {
        return new TestTopics(kafka.bootstrapServers());
    }

    /** A directory for files of a test; goes away with the platform. */
    public Path home() {
        return home;
    }

    /** The way into one database. */
    public record Database(String name, String jdbcUrl, String username, String password) {}

    /** A fresh, empty database with a role of its own. */
    public Database newDatabase() {
        return newDatabase("template1");
    }

    /** A fresh database with a role of its own, as a copy of a template (an existing database without connections). */
    public Database newDatabase(String template) {
        String name = "test_" + databases.incrementAndGet();
        String password = "pw_" + name;
        postgres.createRole(name, password);
        postgres.createDatabase(name, name, template);
        return new Database(name, postgres.jdbcUrl(name), name, password);
    }

    /** Empties Kafka: all topics and consumer groups go, and the given topics are made anew. */
    public void resetTopics(Collection<TopicDefinition> topics) {
        try (Admin admin = kafka.admin()) {
            LocalKafka.deleteAllTopics(admin);
            List<String> groups = admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
            if (!groups.isEmpty()) {
                // One that still has members keeps offsets of topics that are gone: harmless.
                admin.deleteConsumerGroups(groups).deletedGroups().values().forEach(future -> {
                    try {
                        future.get();
                    } catch (ExecutionException e) {
                        return;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            LocalKafka.createTopics(admin, topics);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka could not be emptied", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was emptied", e);
        }
    }

    @Override
    public void close() {
        remove();
    }

    private synchronized void remove() {
        issuer.close();
        if (redisStarted) {
            redis.kill9();
        }
        // Nothing of it is kept, so it need not end in an orderly way.
        kafka.kill9();
        postgres.kill9();
        PrivateFiles.deleteTree(home);
    }

    private static void startAll(List<LocalPart> parts) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starts = new ArrayList<>();
            parts.forEach(part -> starts.add(threads.submit(part::start)));
            for (Future<?> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            parts.forEach(LocalPart::kill9);
            throw new IllegalStateException("the parts could not be started: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the parts started", e);
        }
    }

    private static Path base() {
        return PrivateFiles.directory(
                Path.of(System.getProperty("java.io.tmpdir"), "devmentor-tests-" + System.getProperty("user.name")));
    }

    /** Ends what test JVMs that were killed have left. */
    private static void sweep(Path base) {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(base)) {
            for (Path left : homes) {
                Path owner = left.resolve("owner.process");
                boolean young = Files.getLastModifiedTime(left)
                                .toInstant()
                                .plus(Duration.ofSeconds(60))
                                .isAfter(java.time.Instant.now())
                        && !Files.exists(owner);
                if (young
                        || ProcessRecord.read(owner)
                                .filter(ProcessRecord::isAlive)
                                .isPresent()) {
                    continue;
                }
                for (String part : List.of("postgres", "kafka", "redis")) {
                    PartPlace place = PartPlace.in(left, part);
                    ManagedProcess.attach(place.record(), place.log()).ifPresent(ManagedProcess::kill9);
                }
                PrivateFiles.deleteTree(left);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger("devmentor").log(System.Logger.Level.DEBUG, "could not clear {0}: {1}", base, e);
        }
    }
}
