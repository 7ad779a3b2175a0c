package dev.devmentor.kit.consume;

import dev.devmentor.events.EventDecoder;
import dev.devmentor.kit.KitConfig;
import dev.devmentor.kit.deadletter.DeadLetters;
import dev.devmentor.kit.telemetry.EventMetrics;
import dev.devmentor.kit.telemetry.EventTracing;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs the lanes of a service that has {@link EventHandler}s, and tells how they stand. */
@ApplicationScoped
public class EventConsumer {
    private static final Logger LOG = Logger.getLogger(EventConsumer.class);
    /** Longest wait for all lanes together; what is cut off then is delivered again. */
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private final List<EventHandler<?>> handlers;
    private final KitConfig.Consumer config;
    private final Transactions transactions;
    private final DeadLetters deadLetters;
    private final EventTracing tracing;
    private final EventMetrics metrics;
    private final Clock clock;
    private final String service;
    private final String bootstrapServers;

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    EventConsumer(
            @All List<EventHandler<?>> handlers,
            KitConfig config,
            Transactions transactions,
            DeadLetters deadLetters,
            EventTracing tracing,
            EventMetrics metrics,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.handlers = handlers.stream()
                .sorted(Comparator.comparing(handler -> handler.type().name()))
                .toList();
        this.config = config.consumer();
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.tracing = tracing;
        this.metrics = metrics;
        this.clock = clock;
        this.service = service;
        this.bootstrapServers = bootstrapServers;
    }

    /** Topics of events that this service consumes, without its replay topics. */
    public List<String> topics() {
        return handlers.stream().map(handler -> handler.type().name()).toList();
    }

    void start(@Observes StartupEvent event) {
        if (handlers.isEmpty() || !config.enabled()) {
            return;
        }
        Map<String, EventHandler<?>> byTopic = new HashMap<>();
        for (EventHandler<?> handler : handlers) {
            byTopic.put(handler.type().name(), handler);
            byTopic.put(DeadLetters.replayTopic(handler.type().name(), service), handler);
        }
        for (int i = 0; i < config.lanes(); i++) {
            String name = "lane-" + i;
            BatchApplier applier = new BatchApplier(
                    byTopic,
                    handlers,
                    new EventDecoder(config.maxValueBytes()),
                    transactions,
                    deadLetters,
                    tracing,
                    metrics,
                    config.maxAhead(),
                    clock);
            Lane lane = new Lane(name, () -> newConsumer(name), byTopic.keySet(), applier, config, metrics);
            lanes.add(lane);
            threads.add(Thread.ofPlatform().name(name).daemon().start(lane));
        }
        metrics.gauge("devmentor.consumer.lag", "Records of this instance's partitions not applied yet", this::lag);
        metrics.gauge(
                "devmentor.consumer.freshness.seconds",
                "Age of the newest applied record of this instance",
                this::freshnessSeconds);
        metrics.gauge(
                "devmentor.consumer.waiting",
                "Lanes that wait for a dependency",
                () -> lanes.stream().filter(Lane::waiting).count());
        LOG.infof("consuming %s in %d lanes", topics(), config.lanes());
    }

    /** Before the relay stops, which can thus still send what the last batches say. */
    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION) ShutdownEvent event) throws InterruptedException {
        lanes.forEach(Lane::stop);
        long end = System.nanoTime() + STOPPING.toNanos();
        for (Thread thread : threads) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isPositive()) {
                thread.join(left);
            }
        }
    }

    /** Whether every lane's thread is alive; false is a bug that only a restart mends. */
    public boolean alive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** Whether a lane waits for a part of the platform that is down. */
    public boolean waiting() {
        return lanes.stream().anyMatch(Lane::waiting);
    }

    /** Records in this instance's partitions that are not applied yet, as far as known. */
    public long lag() {
        return lanes.stream().mapToLong(Lane::lag).sum();
    }

    private double freshnessSeconds() {
        return lanes.stream()
                .map(Lane::newestApplied)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(newest -> Duration.between(newest, Instant.now(clock)).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    private Consumer<byte[], byte[]> newConsumer(String name) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, service);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, service + "-" + name);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxBatch());
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1024 * 1024);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 15_000);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, bytes, bytes);
    }
}
