package dev.devmentor.learning.person;

import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.LearningConfig;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds, in the background, the people whose logs grew, and makes the next epoch when it is time. Several instances share
 * the work. While batches come in full it waits, so that working off a backlog is not slowed; how far behind it is, is a
 * metric.
 */
@ApplicationScoped
class FoldTouched {
    private static final Logger LOG = Logger.getLogger(FoldTouched.class);
    private static final int NOTES_AT_ONCE = 200;
    /** A short piece of work at a time, so that no answer waits long for a core. */
    private static final int NOTES_AT_ONCE_WHEN_BUSY = 20;

    /** When much comes in, it works a fifth of the time. */
    private static final int PAUSE_WHEN_BUSY = 4;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS_AT_EPOCHS = Duration.ofMinutes(1);
    private static final double MICROS_PER_SECOND = 1e6;

    private final Touched touched;
    private final People people;
    private final Epochs epochs;
    private final FoldMetrics metrics;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final LearningConfig.Person config;
    private final Clock clock;

    private volatile boolean running;
    private long lookAtEpochsAt = System.nanoTime();
    private @Nullable Thread thread;

    FoldTouched(
            Touched touched,
            People people,
            Epochs epochs,
            FoldMetrics metrics,
            Transactions transactions,
            AgroalDataSource dataSource,
            LearningConfig config,
            Clock clock) {
        this.touched = touched;
        this.people = people;
        this.epochs = epochs;
        this.metrics = metrics;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.config = config.person();
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (!config.fold()) {
            return;
        }
        running = true;
        thread = Thread.ofVirtual().name("fold-touched").start(this::run);
    }

    /** After the lanes and before the relay, which can thus still send what was achieved. */
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
                if (touched.isBacklog()) {
                    look();
                    touched.await(config.poll());
                    continue;
                }
                makeEpochIfDue();
                if (touched.isBusy()) {
                    foldWhenBusy();
                } else if (foldSome(NOTES_AT_ONCE, clock.instant()) == 0) {
                    metrics.fresh(0);
                    touched.await(config.poll());
                    // Those who are answering will answer again at once; folding them each time would be waste.
                    Thread.sleep(config.gather());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException failure) {
                if (!running) {
                    return;
                }
                if (Failures.isTransient(failure)) {
                    LOG.warnf("folding people waits: %s", failure.getClass().getSimpleName());
                    pause();
                } else {
                    foldOneByOne(failure);
                }
            } catch (RuntimeException bug) {
                foldOneByOne(bug);
            }
        }
    }

    /** A fold reads a person's state and writes it anew, however few answers there are to fold: they are let come together. */
    private void foldWhenBusy() throws SQLException, InterruptedException {
        long began = System.nanoTime();
        int notes = foldSome(NOTES_AT_ONCE_WHEN_BUSY, clock.instant().minus(config.gatherWhenBusy()));
        long took = System.nanoTime() - began;
        Thread.sleep(notes == 0 ? config.poll() : Duration.ofNanos(took * PAUSE_WHEN_BUSY));
    }

    private int foldSome(int atMost, Instant until) throws SQLException {
        return transactions.run(work -> {
            KeyedPlans.byKey(work.connection());
            Touched.Taken taken = touched.take(work.connection(), atMost, Micros.of(until));
            if (taken.notes() > 0) {
                metrics.fresh((Micros.of(clock.instant()) - taken.oldestMicros()) / MICROS_PER_SECOND);
                people.fold(work, people.behind(work.connection(), taken.ids()));
                CrashPoints.reached("person.folded");
                work.onCommit(() -> CrashPoints.reached("person.committed"));
            }
            return taken.notes();
        });
    }

    /**
     * Somebody among those that were taken can't be folded. The others must not wait for that one, whose note goes: a read
     * of this person folds again and fails where it is seen.
     */
    private void foldOneByOne(Exception first) {
        LOG.error("folding people failed, they are folded one by one now", first);
        try {
            for (int i = 0; i < NOTES_AT_ONCE && running; i++) {
                try {
                    if (foldSome(1, clock.instant()) == 0) {
                        return;
                    }
                } catch (SQLException | RuntimeException failure) {
                    if (Failures.isTransient(failure)) {
                        pause();
                        return;
                    }
                    Set<Long> left =
                            transactions.run(work -> touched.take(work.connection(), 1, Micros.of(clock.instant()))
                                    .ids());
                    metrics.failed();
                    LOG.errorf(failure, "learner %s can't be folded", left);
                }
            }
        } catch (SQLException failure) {
            LOG.warnf("folding people waits: %s", failure.getClass().getSimpleName());
            pause();
        }
    }

    private void look() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            OptionalLong oldest = touched.oldest(connection);
            metrics.fresh(oldest.isEmpty() ? 0 : (Micros.of(clock.instant()) - oldest.getAsLong()) / MICROS_PER_SECOND);
        }
    }

    private void makeEpochIfDue() throws SQLException {
        if (System.nanoTime() - lookAtEpochsAt < 0) {
            return;
        }
        lookAtEpochsAt = System.nanoTime() + BETWEEN_LOOKS_AT_EPOCHS.toNanos();
        transactions.run(work -> {
            epochs.current(work.connection());
            return epochs.makeNextIfDue(work.connection());
        });
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
