package dev.devmentor.gateway.limit;

import dev.devmentor.gateway.redis.RedisAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks limits for the event loops of this process. Each loop has a {@link Lane} with a connection of its own; what admissions of this
 * process are remembered is shared by all.
 */
@Singleton
class RateLimiter {
    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    private static final long SWEEP_MILLIS = 10_000;
    private static final long LATE_MILLIS = 1_000;
    private static final long LEAVE_MILLIS = 500;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final VertxInternal vertx;
    private final RedisAddress redis;
    private final LimiterConfig config;
    private final Clock clock;
    private final LimiterMetrics metrics;
    private final Callers callers;
    private final LiveGateways gateways;
    private final Queue<Tellable> untold = new ConcurrentLinkedQueue<>();
    private final Queue<Slot> later = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable String> redisRun = new AtomicReference<>();
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<Lane> lane = new FastThreadLocal<>();
    private final long startNanos = System.nanoTime();
    private long sweeper = -1;
    private long teller = -1;

    RateLimiter(Vertx vertx, RedisAddress redis, LimiterConfig config, Clock clock, MeterRegistry registry) {
        this.vertx = (VertxInternal) vertx;
        this.redis = redis;
        this.config = config;
        this.clock = clock;
        this.metrics = new LimiterMetrics(registry);
        this.callers = new Callers(config.callers());
        this.gateways = new LiveGateways(vertx, redis, config.heartbeat());
        metrics.up(() -> isRedisUp() ? 1 : 0);
        metrics.gateways(gateways::live);
        metrics.callers(callers::size);
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    /** Connects all event loops, so that no request waits for that. */
    void start() {
        gateways.start();
        for (EventExecutor loop : vertx.getEventLoopGroup()) {
            loop.execute(this::lane);
        }
        long aheadMillis = config.ahead().toMillis();
        teller = vertx.setPeriodic(aheadMillis > 0 ? aheadMillis : LATE_MILLIS, id -> tellLate());
        sweeper = vertx.setPeriodic(
                SWEEP_MILLIS,
                id -> vertx.<Void>executeBlocking(
                        () -> {
                            callers.sweep(nowMillis());
                            return null;
                        },
                        false));
    }

    void stop() {
        vertx.cancelTimer(sweeper);
        vertx.cancelTimer(teller);
        Future<Void> left = gateways.stop();
        lanes.forEach(Lane::stop);
        try {
            left.toCompletionStage().toCompletableFuture().get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.infof(
                    "could not tell Redis that this gateway leaves, the others will see it a few beats later: %s",
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks whether one more request is allowed. To be called on an event loop; {@link Check#decided} follows, at once or within {@link
     * LimiterConfig#timeout()} and a little.
     *
     * @param quota with {@code perDay}; null for none
     */
    void check(Slot slot, int limit, @Nullable DayQuota quota, int perDay, Check check) {
        lane().check(slot, limit, quota, perDay, check);
    }

    private Lane lane() {
        Lane known = lane.getIfExists();
        if (known == null) {
            known = new Lane(this, contextOfThisLoop());
            lane.set(known);
            lanes.add(known);
            known.start();
        }
        return known;
    }

    private ContextInternal contextOfThisLoop() {
        for (EventExecutor loop : vertx.getEventLoopGroup()) {
            if (loop.inEventLoop()) {
                return vertx.createEventLoopContext(
                        (io.netty.channel.EventLoop) loop,
                        null,
                        Thread.currentThread().getContextClassLoader());
            }
        }
        throw new IllegalStateException("limits are checked on an event loop");
    }

    Vertx vertx() {
        return vertx;
    }

    Callers callers() {
        return callers;
    }

    LiveGateways gateways() {
        return gateways;
    }

    LimiterConfig config() {
        return config;
    }

    LimiterMetrics metrics() {
        return metrics;
    }

    RedisAddress redis() {
        return redis;
    }

    Queue<Tellable> untold() {
        return untold;
    }

    /** Those of whom something was admitted ahead, for when they don't ask again. */
    Queue<Slot> later() {
        return later;
    }

    private void tellLate() {
        for (Slot slot = later.poll(); slot != null; slot = later.poll()) {
            untold.add(slot);
        }
        // Also what was left over when nobody asked any more.
        if (!untold.isEmpty()) {
            lanes.forEach(Lane::tellSoon);
        }
    }

    /**
     * Hears which run of Redis was reached. Another one than before knows nothing of the last minute: windows are not written to its
     * disk. So it is told what was admitted here, as the other gateways tell what was admitted there.
     */
    void reached(String run) {
        String before = redisRun.getAndSet(run);
        if (before != null && !before.equals(run)) {
            int now = nowMillis();
            callers.forEach(slot -> {
                if (slot.tellAll(now)) {
                    untold.add(slot);
                }
            });
        }
    }

    /** Milliseconds of a clock that never goes back, modulo 2^32. */
    int nowMillis() {
        return (int) ((System.nanoTime() - startNanos) / 1_000_000);
    }

    /** Number of the UTC day since 1970. */
    long today() {
        return Math.floorDiv(clock.millis(), DAY_MILLIS);
    }

    /** Milliseconds until the UTC day ends. */
    long dayMillis() {
        return DAY_MILLIS - Math.floorMod(clock.millis(), DAY_MILLIS);
    }

    /** Whether all event loops reach Redis, and also when none asks, Redis answers. */
    boolean isRedisUp() {
        if (gateways.isSilent()) {
            return false;
        }
        for (Lane each : lanes) {
            if (each.isOpen()) {
                return false;
            }
        }
        return true;
    }
}
