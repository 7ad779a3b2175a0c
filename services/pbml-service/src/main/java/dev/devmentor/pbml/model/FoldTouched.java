package dev.devmentor.pbml.model;

import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.PbmlConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds, in the background, the owners whose logs grew. Several instances share the work. While batches come in full it waits,
 * so that working off a backlog is not slowed; how far behind it is, is a metric.
 *
 * <p>Notes are taken in a transaction that stays open while their owners are folded, each in a transaction of its own: a crash
 * brings the notes back, and no two owners are ever locked together.
 */
@ApplicationScoped
class FoldTouched {
    private static final Logger LOG = Logger.getLogger(FoldTouched.class);
    private static final int NOTES_AT_ONCE = 1_000;
    private static final int NOTES_AT_ONCE_WHEN_BUSY = 10;
    /** When much comes in, it works a fifth of the time. */
    private static final int PAUSE_WHEN_BUSY = 4;
    /** A transaction that nobody works in for longer is ended by the database. */
    private static final Duration LONGEST_AT_ONCE = Duration.ofSeconds(5);

    /** How long a person who was erased by another instance stays in the memory of this one, at most. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final double MICROS_PER_SECOND = 1e6;

    private final Touched touched;
    private final Models models;
    private final FoldMetrics metrics;
    private final Transactions transactions;
    private final PbmlConfig.Fold config;
    private final Clock clock;

    private volatile boolean running;
    private long sweepAt = System.nanoTime();
    private @Nullable Thread thread;

    FoldTouched(
            Touched touched,
            Models models,
            FoldMetrics metrics,
            Transactions transactions,
            PbmlConfig config,
            Clock clock) {
        this.touched = touched;
        this.models = models;
        this.metrics = metrics;
        this.transactions = transactions;
        this.config = config.fold();
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (config.background()) {
            running = true;
            thread = Thread.ofVirtual().name("fold-touched").start(this::run);
        }
    }

    /** After the lanes and before the relay, which can thus still send what was learned. */
    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION + 50) ShutdownEvent event)
            throws InterruptedException {
        running = false;
        touched.raise();
        Thread worker = thread;
        if (worker != null) {
            worker.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        while (running) {
            try {
                if (System.nanoTime() - sweepAt >= 0) {
                    models.forgetErased();
                    sweepAt = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
                }
                if (touched.isBacklog()) {
                    touched.await(config.poll());
                } else if (touched.isBusy()) {
                    foldWhenBusy();
                } else if (foldSome(NOTES_AT_ONCE, clock.instant()) == 0) {
                    metrics.fresh(0);
                    touched.await(config.poll());
                    // Who is at work will do more at once; folding it each time would be waste.
                    Thread.sleep(config.gather());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | RuntimeException failure) {
                if (!running) {
                    return;
                }
                if (Failures.isTransient(failure)) {
                    LOG.warnf("folding waits: %s", failure.getClass().getSimpleName());
                } else {
                    LOG.error("folding failed and is tried again", failure);
                }
                pause();
            }
        }
    }

    private void foldWhenBusy() throws SQLException, InterruptedException {
        long began = System.nanoTime();
        int notes = foldSome(NOTES_AT_ONCE_WHEN_BUSY, clock.instant().minus(config.gatherWhenBusy()));
        long took = System.nanoTime() - began;
        Thread.sleep(notes == 0 ? config.poll() : Duration.ofNanos(took * PAUSE_WHEN_BUSY));
    }

    private int foldSome(int atMost, Instant until) throws SQLException {
        return transactions.run(work -> {
            Touched.Taken taken = touched.take(work.connection(), atMost, Micros.of(until));
            if (taken.notes() == 0) {
                return 0;
            }
            metrics.fresh((Micros.of(clock.instant()) - taken.oldestMicros()) / MICROS_PER_SECOND);
            long end = System.nanoTime() + LONGEST_AT_ONCE.toNanos();
            List<Long> left = new ArrayList<>();
            for (long owner : models.behind(work.connection(), taken.ids())) {
                if (System.nanoTime() > end || !running) {
                    left.add(owner);
                } else {
                    foldOne(owner);
                }
            }
            touched.putBack(work.connection(), left, taken.oldestMicros());
            return taken.notes();
        });
    }

    /**
     * One who can't be folded must not keep the others waiting; the note goes, and whoever asks for this model folds again and
     * fails where it is seen.
     */
    private void foldOne(long owner) throws SQLException {
        try {
            models.bringUp(owner);
        } catch (SQLException | RuntimeException failure) {
            if (Failures.isTransient(failure)) {
                throw failure;
            }
            metrics.failed();
            LOG.errorf(failure, "the log of owner %d can't be folded", owner);
        }
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
