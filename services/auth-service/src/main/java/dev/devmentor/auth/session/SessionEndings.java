package dev.devmentor.auth.session;

import dev.devmentor.auth.token.TokenConfig;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Tells the gateways which sessions have ended, so that they refuse access tokens that are good otherwise. What could not be told
 * is told later, by whichever instance finds it, until no token of the session can be left.
 */
@ApplicationScoped
class SessionEndings {
    private static final Logger LOG = Logger.getLogger(SessionEndings.class);
    private static final long LOOK_MILLIS = 5_000;
    private static final Duration LEEWAY = Duration.ofMinutes(1);
    /** So long a refresh token that comes again still tells that two had it. */
    private static final Duration KEPT_ENDED = Duration.ofDays(30);

    private static final Duration CLEAN = Duration.ofHours(1);

    private final Transactions transactions;
    private final SessionTable table;
    private final LiveSessions live;
    private final TokenConfig tokens;
    private final Clock clock;
    private final Vertx vertx;
    private final ReentrantLock telling = new ReentrantLock();
    private long timer;
    private long cleaner;

    SessionEndings(
            Transactions transactions,
            SessionTable table,
            LiveSessions live,
            TokenConfig tokens,
            Clock clock,
            Vertx vertx) {
        this.transactions = transactions;
        this.table = table;
        this.live = live;
        this.tokens = tokens;
        this.clock = clock;
        this.vertx = vertx;
    }

    void begin(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(LOOK_MILLIS, _ -> announce());
        cleaner = vertx.setPeriodic(
                LOOK_MILLIS,
                CLEAN.toMillis(),
                _ -> Thread.ofVirtual().name("old-sessions").start(this::clean));
    }

    @PreDestroy
    void end() {
        vertx.cancelTimer(timer);
        vertx.cancelTimer(cleaner);
    }

    /** Tells what has not been told, soon and in a thread of its own. */
    void announce() {
        Thread.ofVirtual().name("session-endings").start(() -> {
            telling.lock();
            try {
                tell();
            } catch (SQLException | RuntimeException e) {
                LOG.warnf(
                        "ended sessions could not be told to the gateways, tried again in %d s: %s",
                        LOOK_MILLIS / 1_000, e.getClass().getSimpleName());
            } finally {
                telling.unlock();
            }
        });
    }

    private void tell() throws SQLException {
        Duration keep = tokens.accessLifetime().plus(LEEWAY);
        Instant since = clock.instant().minus(keep);
        List<String> ids = transactions.run(work -> table.unannounced(work.connection(), since));
        if (!ids.isEmpty()) {
            live.ended(ids, keep);
            transactions.execute(work -> {
                table.announced(work.connection(), ids);
            });
        }
    }

    private void clean() {
        try {
            deleteOld();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("old sessions could not be deleted, tried again in an hour", e);
        }
    }

    /** Deletes sessions that ended long ago, with their refresh tokens. */
    int deleteOld() throws SQLException {
        return transactions.run(
                work -> table.deleteOld(work.connection(), clock.instant().minus(KEPT_ENDED)));
    }
}
