package dev.devmentor.kit.outbox;

import dev.devmentor.kit.KitConfig;
import dev.devmentor.kit.telemetry.EventMetrics;
import dev.devmentor.kit.telemetry.EventTracing;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.Failures;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what lies in the outbox to Kafka, in order.
 *
 * <p>Of all instances of a service one relays: the one whose connection holds an advisory lock. Everything that the
 * relay does to the database goes over that same connection, so a relay that lost the lock can't delete anything. The
 * server ends that connection when nothing was heard on it for a while, so that a frozen relay does not keep the lock. A
 * relay that was only asleep is fenced on the other side: the transactional id is the service's, so the broker refuses
 * an older producer as soon as a newer one has begun.
 *
 * <p>A row is deleted after its Kafka transaction committed. Between the two a crash makes the next relay send the row
 * again, with the same event ids; nothing is lost and nothing overtakes.
 */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    /** "devmentor outbox relay" as a number; one database belongs to one service. */
    private static final long LOCK = 0x6F7574626F780001L;

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final AgroalDataSource dataSource;
    private final KitConfig.Outbox config;
    private final OutboxSignal signal;
    private final EventMetrics metrics;
    private final EventTracing tracing;
    private final String service;
    private final String bootstrapServers;

    private volatile boolean running;
    private volatile boolean leading;
    private volatile long pendingRows;
    private volatile double oldestSeconds;
    private @Nullable Thread thread;

    OutboxRelay(
            AgroalDataSource dataSource,
            KitConfig config,
            OutboxSignal signal,
            EventMetrics metrics,
            EventTracing tracing,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.dataSource = dataSource;
        this.config = config.outbox();
        this.signal = signal;
        this.metrics = metrics;
        this.tracing = tracing;
        this.service = service;
        this.bootstrapServers = bootstrapServers;
    }

    void start(@Observes StartupEvent event) {
        metrics.gauge("devmentor.outbox.leader", "1 while this instance relays the outbox", () -> leading ? 1 : 0);
        metrics.gauge("devmentor.outbox.rows", "Rows seen waiting at the relay's last look", () -> pendingRows);
        metrics.gauge(
                "devmentor.outbox.age.seconds", "Age of the oldest waiting row at the last look", () -> oldestSeconds);
        if (!config.relay()) {
            return;
        }
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
    }

    /** After the lanes, see there. */
    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION + 100) ShutdownEvent event)
            throws InterruptedException {
        running = false;
        signal.raise();
        Thread relay = thread;
        if (relay != null) {
            relay.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        while (running) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(true);
                if (!tryLock(connection)) {
                    signal.await(config.takeover());
                    continue;
                }
                try {
                    endWhenSilentFor(connection, config.frozenAfter());
                    lead(connection);
                } finally {
                    leading = false;
                    unlock(connection);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | KafkaException failure) {
                if (!running) {
                    return;
                }
                LOG.warnf(
                        "outbox relay waits: %s%s",
                        failure.getClass().getSimpleName(),
                        Failures.isTransient(failure) ? "" : " (will be tried again): " + failure.getMessage());
                pause();
            } catch (RuntimeException bug) {
                // Such as a row of a newer version's form. Without its thread this instance would be silent for ever.
                LOG.error("outbox relay failed (will be tried again)", bug);
                pause();
            }
        }
    }

    private void lead(Connection connection) throws SQLException, InterruptedException {
        Producer<byte[], byte[]> producer = newProducer();
        try {
            producer.initTransactions();
            leading = true;
            LOG.infof("this instance relays the outbox of %s", service);
            while (running) {
                long began = System.nanoTime();
                int rows = relayOnce(connection, producer);
                if (rows == 0) {
                    signal.await(config.poll());
                } else if (rows < config.maxRows()) {
                    // A transaction costs broker and database much the same, however little is in it.
                    Thread.sleep(
                            Duration.ofNanos(Math.max(0, config.linger().toNanos() - (System.nanoTime() - began))));
                }
            }
        } finally {
            // Without a limit it would wait for a broker that is down, to abort what the next producer aborts anyway.
            producer.close(CLOSING);
        }
    }

    private int relayOnce(Connection connection, Producer<byte[], byte[]> producer) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<OutgoingMessage> messages = new ArrayList<>();
        double oldest = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT id, body, extract(epoch FROM clock_timestamp() - created_at)
                FROM (SELECT *, sum(octet_length(body)) OVER (ORDER BY id) - octet_length(body) AS before
                      FROM (SELECT * FROM outbox ORDER BY id LIMIT ?) AS first) AS sized
                WHERE before < ? ORDER BY id""")) {
            select.setInt(1, config.maxRows());
            select.setInt(2, config.maxBytes());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    messages.addAll(MessagePack.unpack(rows.getBytes(2)));
                    oldest = Math.max(oldest, rows.getDouble(3));
                }
            }
        }
        pendingRows = ids.size();
        oldestSeconds = oldest;
        if (ids.isEmpty()) {
            return 0;
        }
        CrashPoints.reached("outbox.before-send");
        producer.beginTransaction();
        for (OutgoingMessage message : messages) {
            // A failed send fails the commit below; the callback has nothing to add.
            producer.send(tracing.publishing(toRecord(message)));
        }
        CrashPoints.reached("outbox.after-send");
        producer.commitTransaction();
        CrashPoints.reached("outbox.after-kafka-commit");
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ANY (?)")) {
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            delete.executeUpdate();
        }
        CrashPoints.reached("outbox.after-delete");
        metrics.relayed(messages.size());
        return ids.size();
    }

    private static ProducerRecord<byte[], byte[]> toRecord(OutgoingMessage message) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(message.topic(), message.key(), message.value());
        message.headers().forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    private Producer<byte[], byte[]> newProducer() {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        service + "-outbox",
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "outbox." + service,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        2,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        16L * 1024 * 1024,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        // Waiting for the broker must not look like being frozen.
                        config.frozenAfter().toMillis() / 2),
                bytes,
                bytes);
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static void endWhenSilentFor(Connection connection, Duration time) throws SQLException {
        try (PreparedStatement set =
                connection.prepareStatement("SELECT set_config('idle_session_timeout', ?, false)")) {
            set.setString(1, Long.toString(time.toMillis()));
            set.execute();
        }
    }

    private static void unlock(Connection connection) {
        try (PreparedStatement unlock = connection.prepareStatement("SELECT pg_advisory_unlock(?)")) {
            unlock.setLong(1, LOCK);
            unlock.execute();
            // The connection goes back into the pool, where silence is no bad sign.
            endWhenSilentFor(connection, Duration.ZERO);
        } catch (SQLException gone) {
            // The lock went with the connection.
            LOG.debugf("relay lock: %s", gone.getMessage());
        }
    }

    private void pause() {
        try {
            signal.await(config.takeover());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
