package dev.devmentor.learning.fit;

import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.transaction.Failures;
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
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fits learners whose logs have grown by a quarter since their last fit, one after the other, and keeps offsets up to their
 * logs. While batches come in full it waits. Several instances share the work: who is being fitted is locked.
 */
@ApplicationScoped
class FitInBackground {
    private static final Logger LOG = Logger.getLogger(FitInBackground.class);
    /** It works a fifth of the time, however many answer: each answer of a long log means to read all of it again. */
    private static final int PAUSE_FACTOR = 4;

    private final FitWeights fitWeights;
    private final FitTable table;
    private final Touched touched;
    private final AgroalDataSource dataSource;
    private final LearningConfig.Fit config;
    private final Semaphore stopped = new Semaphore(0);
    private final Set<String> failing = new HashSet<>();
    private volatile boolean running;
    private @Nullable Thread thread;

    FitInBackground(
            FitWeights fitWeights,
            FitTable table,
            Touched touched,
            AgroalDataSource dataSource,
            LearningConfig config) {
        this.fitWeights = fitWeights;
        this.table = table;
        this.touched = touched;
        this.dataSource = dataSource;
        this.config = config.fit();
    }

    void start(@Observes StartupEvent event) {
        if (config.background()) {
            running = true;
            // Arithmetic, not waiting: not a virtual thread, which would keep a carrier from the others.
            thread = Thread.ofPlatform()
                    .name("fit-weights")
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .start(this::run);
        }
    }

    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION + 50) ShutdownEvent event)
            throws InterruptedException {
        running = false;
        stopped.release();
        Thread worker = thread;
        if (worker != null) {
            worker.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        while (running) {
            try {
                long began = System.nanoTime();
                boolean worked = !touched.isBacklog() && (fitOne() || calibrateOne());
                long pause = worked
                        ? Duration.ofNanos((System.nanoTime() - began) * PAUSE_FACTOR)
                                .toMillis()
                        : Long.MAX_VALUE;
                stopped.tryAcquire(Math.min(pause, config.poll().toMillis()), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean fitOne() {
        return attempt(
                connection -> table.oneToFit(connection, config.leastReviews(), config.growth(), failing), sub -> {
                    Optional<FitWeights.Fitted> fitted = fitWeights.fit(sub, _ -> {}, () -> !running);
                    fitted.ifPresent(done -> LOG.infof(
                            "fitted weights to %d reviews: FSRS-6 %s, FSRS-7 %s, version %d",
                            done.reviews(), done.fsrs6(), done.fsrs7(), done.version()));
                    return fitted.isPresent();
                });
    }

    private boolean calibrateOne() {
        return attempt(connection -> table.oneToCalibrate(connection, config.leastReviews(), failing), sub -> {
            fitWeights.calibrate(sub);
            return true;
        });
    }

    private interface Search {
        Optional<String> in(Connection connection) throws SQLException;
    }

    private interface Work {
        boolean on(String sub) throws SQLException;
    }

    /** Whether something was done. Whoever fails is left alone until the next start, and said. */
    private boolean attempt(Search search, Work work) {
        Optional<String> found = Optional.empty();
        try {
            try (Connection connection = dataSource.getConnection()) {
                found = search.in(connection);
            }
            return found.isPresent() && work.on(found.get());
        } catch (SQLException | RuntimeException failure) {
            if (running && !Failures.isTransient(failure)) {
                found.ifPresent(failing::add);
                LOG.error("fitting failed, this learner is left out until the next start", failure);
            }
            return false;
        }
    }
}
