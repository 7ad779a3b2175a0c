package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import dev.devmentor.testkit.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A service's instances with a database and topics of their own, and what a test asks about them. */
class ServiceSystem implements AutoCloseable {
    private final String service;
    private final List<String> consumed;
    private final TestPlatform platform;
    private final TestPlatform.Database database;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<Integer, LocalService> instances = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Admin admin;
    private @Nullable Connection connection;

    /**
     * Topics and database of a service, and no instance yet.
     *
     * @param produced topics beside those that it consumes
     */
    ServiceSystem(TestPlatform platform, String service, List<String> consumed, List<String> produced) {
        this(platform, service, consumed);
        platform.resetTopics(new ArrayList<>(EventTopics.of(service, consumed, produced)));
    }

    /** The same beside another service, on the same topics. */
    ServiceSystem(ServiceSystem other, String service, List<String> consumed, List<String> produced) {
        this(other.platform, service, consumed);
        platform.kafka().createTopics(EventTopics.of(service, consumed, produced));
    }

    private ServiceSystem(TestPlatform platform, String service, List<String> consumed) {
        this.platform = platform;
        this.service = service;
        this.consumed = consumed;
        admin = platform.kafka().admin();
        database = platform.newDatabase();
    }

    /** An environment variable of every instance started from now on. */
    ServiceSystem with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    // ── instances ──────────────────────────────────────────────────────────────────────────────────────────────

    /** Starts an instance and waits until it is ready. */
    LocalService start(int number) {
        LocalService service = service(number);
        synchronized (instances) {
            instances.put(number, service);
        }
        service.start();
        return service;
    }

    /** Starts instances at the same time. */
    List<LocalService> startAll(int... numbers) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LocalService>> starts = new ArrayList<>();
            for (int number : numbers) {
                starts.add(threads.submit(() -> start(number)));
            }
            List<LocalService> started = new ArrayList<>();
            for (Future<LocalService> start : starts) {
                started.add(start.get());
            }
            return started;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an instance did not start", failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts an instance with a system property that makes it stop by itself.
     *
     * @return the instance, which may have ended already
     */
    LocalService start(int number, String property, String value) {
        LocalService service = service(number).withSystemProperty(property, value);
        synchronized (instances) {
            instances.put(number, service);
        }
        try {
            service.start();
        } catch (PartFailed early) {
            assertThat(service.isAlive()).as(early.getMessage()).isFalse();
        }
        return service;
    }

    /** Starts an instance that ends itself at a crash point, and waits until it has. */
    void startUntilItCrashes(int number, String crash) {
        LocalService service = start(number, "devmentor.crash", crash);
        Conditions.await("the end at " + crash, Counts.HANGS, () -> !service.isAlive());
    }

    private LocalService service(int number) {
        LocalService instance = LocalService.of(
                        root(), service, PartPlace.in(platform.home(), service + "-" + number), Ports.free())
                .withKafka(platform.kafka().bootstrapServers())
                .withDatabase(database.jdbcUrl(), database.username(), database.password())
                .withIssuer(platform.issuer().url())
                .with("DEVMENTOR_ERASURE_KEY", PlatformResource.ERASURE_KEY);
        settings.forEach(instance::with);
        return instance;
    }

    static Path root() {
        return Path.of(System.getProperty("devmentor.root", "../.."));
    }

    LocalService instance(int number) {
        LocalService service = instances.get(number);
        assertThat(service).as("instance %d", number).isNotNull();
        return service;
    }

    /** Spares the wait until the broker notices that members are gone, which is the session timeout of the group. */
    void forgetDeadMembers() {
        try {
            admin.removeMembersFromConsumerGroup(service, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        } catch (ExecutionException nobodyThere) {
            // A group without members has nobody to forget.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The value of a metric without labels other than those given as they stand in the text; NaN if it is not there. */
    double metric(LocalService service, String name) {
        String text = get(service, "/metrics", "").body();
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Whether the instance is the one that relays. */
    boolean relays(LocalService service) {
        try {
            return metric(service, "devmentor_outbox_leader") == 1;
        } catch (UncheckedIOException frozenOrGone) {
            return false;
        }
    }

    /** The first of the instances that relays, as soon as one does. */
    LocalService awaitRelay(Collection<LocalService> among) {
        return Conditions.awaitValue(
                "one of the instances relays",
                () -> among.stream().filter(this::relays).findFirst());
    }

    /** Whether a lane of the instance waits for a part that is down. */
    boolean waits(LocalService service) {
        return get(service, "/q/health/live", "").body().matches("(?s).*\"waiting\"\\s*:\\s*true.*");
    }

    HttpResponse<String> get(LocalService service, String path, String token) {
        return call(
                HttpRequest.newBuilder(URI.create(service.url() + path))
                        .timeout(Duration.ofSeconds(5))
                        .GET(),
                token);
    }

    HttpResponse<String> post(LocalService service, String path, String token) {
        return send(service, "POST", path, "", token);
    }

    /** @param body JSON; empty for none */
    HttpResponse<String> send(LocalService service, String method, String path, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .timeout(Counts.HANGS)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return call(body.isEmpty() ? request : request.header("Content-Type", "application/json"), token);
    }

    private HttpResponse<String> call(HttpRequest.Builder request, String token) {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    TestPlatform platform() {
        return platform;
    }

    // ── events ─────────────────────────────────────────────────────────────────────────────────────────────────

    void send(List<ProducerRecord<byte[], byte[]>> records) {
        platform.topics().sendAll(records);
    }

    // ── the database ───────────────────────────────────────────────────────────────────────────────────────────

    long number(String sql) {
        return query(sql, rows -> rows.next() ? rows.getLong(1) : -1L);
    }

    void execute(String sql) {
        try (Connection once = platform.postgres().connect(database.name());
                Statement statement = once.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What is done with the rows of a query. */
    @FunctionalInterface
    interface Reader<R> {
        R read(ResultSet rows) throws SQLException;
    }

    synchronized <R> R query(String sql, Reader<R> reader) {
        try {
            return queryOnce(sql, reader);
        } catch (SQLException gone) {
            // The server was stopped in between; a new connection tells whether it is back.
            close(connection);
            connection = null;
            try {
                return queryOnce(sql, reader);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }

    private <R> R queryOnce(String sql, Reader<R> reader) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = platform.postgres().connect(database.name());
            connection = open;
        }
        try (Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return reader.read(rows);
        }
    }

    private static void close(@Nullable Connection old) {
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                // It is broken, which is why it is closed.
                return;
            }
        }
    }

    // ── waiting ────────────────────────────────────────────────────────────────────────────────────────────────

    /** Waits until every record sent was consumed and everything to say was said. */
    void awaitSettled() {
        Conditions.await("every record consumed", Counts.HANGS, () -> lag() == 0);
        Conditions.await("the outbox empty", Counts.HANGS, () -> number("SELECT count(*) FROM outbox") == 0);
    }

    /** Waits until the group has no more to settle and its members hold every partition of a topic. */
    void awaitStableGroup(String topic) {
        Conditions.await("a stable group", Counts.HANGS, () -> {
            ConsumerGroupDescription group =
                    admin.describeConsumerGroups(List.of(service)).all().get().get(service);
            long held = group.members().stream()
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .filter(partition -> partition.topic().equals(topic))
                    .count();
            return group.groupState() == GroupState.STABLE && held == EventTopics.EVENT_PARTITIONS;
        });
    }

    /** Records that the service's group has not committed. */
    private long lag() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(service)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (String topic : consumed) {
            for (int p = 0; p < EventTopics.EVENT_PARTITIONS; p++) {
                asked.put(new TopicPartition(topic, p), OffsetSpec.latest());
            }
        }
        long lag = 0;
        for (var end : admin.listOffsets(asked).all().get().entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            lag += end.getValue().offset() - (done == null ? 0 : done.offset());
        }
        return lag;
    }

    /** Nothing went to the dead letters. */
    void assertNoDeadLetters() {
        for (String topic : consumed) {
            assertThat(platform.topics().readAll(EventTopics.deadLetters(topic, service)))
                    .extracting(record -> TestTopics.header(record, "devmentor-dlq-reason") + ": "
                            + TestTopics.header(record, "devmentor-dlq-detail"))
                    .as("dead letters of %s", topic)
                    .isEmpty();
        }
    }

    @Override
    public void close() {
        for (LocalService instance : List.copyOf(instances.values())) {
            instance.resume();
            instance.kill9();
        }
        close(connection);
        connection = null;
        admin.close(Duration.ofSeconds(2));
    }
}
