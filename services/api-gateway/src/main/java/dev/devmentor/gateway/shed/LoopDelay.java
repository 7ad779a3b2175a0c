package dev.devmentor.gateway.shed;

import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Measures how late each event loop is, and tells the limit of the gateway. */
@Singleton
final class LoopDelay {
    private static final long TICK_MILLIS = 20;
    private static final long WINDOW_MILLIS = 100;

    private final Vertx vertx;
    private final GatewayLimit limit;
    private final List<io.netty.util.concurrent.Future<?>> timers = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();

    @Inject
    LoopDelay(Vertx vertx, GatewayLimit limit) {
        this.vertx = vertx;
        this.limit = limit;
    }

    void begin(@Observes StartupEvent started) {
        for (EventExecutor executor : ((VertxInternal) vertx).getEventLoopGroup()) {
            Loop loop = new Loop();
            loops.add(loop);
            timers.add((io.netty.util.concurrent.Future<?>) schedule(executor, loop::tick, TICK_MILLIS));
        }
        EventExecutor first = ((VertxInternal) vertx).getEventLoopGroup().next();
        timers.add((io.netty.util.concurrent.Future<?>) schedule(first, this::window, WINDOW_MILLIS));
    }

    void end(@Observes ShutdownEvent stopping) {
        timers.forEach(timer -> timer.cancel(false));
    }

    private static ScheduledFuture<?> schedule(EventExecutor executor, Runnable action, long millis) {
        return executor.scheduleWithFixedDelay(action, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void window() {
        long latest = 0;
        for (Loop loop : loops) {
            latest = Math.max(latest, loop.shortest());
        }
        limit.window(latest);
    }

    /** One event loop. A tick that is due waits behind all that is ready before it. */
    private static final class Loop {
        private static final long NONE = Long.MAX_VALUE;

        private final AtomicLong shortest = new AtomicLong(NONE);
        private long last = System.nanoTime();

        void tick() {
            long now = System.nanoTime();
            long late = Math.max(0, now - last - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            last = now;
            shortest.accumulateAndGet(late, Math::min);
        }

        /** Of the ticks since the last call; if there was none, the loop is not late by one tick but stands, or is idle: nothing. */
        long shortest() {
            long value = shortest.getAndSet(NONE);
            return value == NONE ? TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS) : value;
        }
    }
}
