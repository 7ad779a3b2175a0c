package dev.devmentor.pbml.share;

import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.pbml.PbmlConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes an epoch in every period in which anything changed. All instances try, one does it. */
@ApplicationScoped
class MakeEpochs {
    private static final Logger LOG = Logger.getLogger(MakeEpochs.class);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Epochs epochs;
    private final Duration period;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;

    MakeEpochs(Epochs epochs, PbmlConfig config) {
        this.epochs = epochs;
        this.period = config.share().epoch();
        if (period.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "devmentor.pbml.share.epoch is " + period + ", at least " + SHORTEST + " is needed");
        }
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("share-epochs").start(this::run);
    }

    /** Before the relay, which can thus still send what was learned. */
    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION + 50) ShutdownEvent event)
            throws InterruptedException {
        stopped.countDown();
        Thread worker = thread;
        if (worker != null) {
            worker.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        try {
            while (!stopped.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                makeAll();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeAll() {
        try {
            int made;
            do {
                made = epochs.makeNext();
            } while (made > 0 && stopped.getCount() > 0);
        } catch (SQLException | RuntimeException failure) {
            if (Failures.isTransient(failure)) {
                LOG.warnf("the next epoch waits: %s", failure.getClass().getSimpleName());
            } else {
                LOG.error("making an epoch failed and is tried again", failure);
            }
        }
    }
}
