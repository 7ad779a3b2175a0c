package dev.devmentor.auth.erasure;

import dev.devmentor.kit.telemetry.EventMetrics;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries erasures on, on every instance: deletes this service's part, asks those again who are silent, drops old proofs, and tells
 * how old the oldest request is that somebody has not answered.
 */
@ApplicationScoped
class ErasureRounds {
    private static final Logger LOG = Logger.getLogger(ErasureRounds.class);
    private static final int AT_ONCE = 20;
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final ErasureSaga saga;
    private final ErasureTable table;
    private final Transactions transactions;
    private final ErasureConfig config;
    private final ErasureSignal signal;
    private final EventMetrics metrics;
    private final String self;
    private final Clock clock;
    private volatile boolean running = true;
    private volatile ErasureTable.Open open = new ErasureTable.Open(0, null);
    private @Nullable Thread thread;

    ErasureRounds(
            ErasureSaga saga,
            ErasureTable table,
            Transactions transactions,
            ErasureConfig config,
            ErasureSignal signal,
            EventMetrics metrics,
            @ConfigProperty(name = "quarkus.application.name") String self,
            Clock clock) {
        this.saga = saga;
        this.table = table;
        this.transactions = transactions;
        this.config = config;
        this.signal = signal;
        this.metrics = metrics;
        this.self = self;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        metrics.gauge(
                "devmentor.auth.erasures.open", "Erasures that some service has not answered", () -> open.requests());
        metrics.gauge(
                "devmentor.auth.erasure.oldest.seconds",
                "Age of the oldest erasure that some service has not answered",
                this::oldestSeconds);
        thread = Thread.ofVirtual().name("erasures").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        signal.raise();
        Thread started = thread;
        if (started != null) {
            started.join(STOPPING);
        }
    }

    private double oldestSeconds() {
        Instant oldest = open.oldest();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1_000.0;
    }

    private void run() {
        while (running) {
            try {
                round();
            } catch (SQLException | RuntimeException failure) {
                LOG.warnf(
                        "erasures are not carried on, tried again in %s: %s",
                        config.look(), failure.getClass().getSimpleName());
            }
            try {
                signal.await(config.look());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void round() throws SQLException {
        List<String> ownParts = transactions.run(work -> table.withoutOwnPart(work.connection(), self, AT_ONCE));
        for (String id : ownParts) {
            try {
                saga.eraseOwnPart(id);
            } catch (SQLException | RuntimeException failure) {
                // The others need not wait for this one.
                LOG.errorf(failure, "this service's part of erasure %s is not deleted; it is tried again", id);
            }
        }
        saga.askAgain(AT_ONCE);
        open = transactions.run(work -> {
            table.deleteCompletedBefore(work.connection(), clock.instant().minus(config.keep()));
            return table.open(work.connection());
        });
    }
}
