package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.wire.Head;
import io.netty.channel.EventLoop;
import io.vertx.core.impl.VertxInternal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What belongs to one event loop: its connections to instances, and its requests under way with their deadlines. */
final class ProxyLoop {
    private static final long TICK_MILLIS = 100;
    private static final int MAX_ANSWER_FIELDS = 200;

    final EventLoop eventLoop;
    final VertxInternal vertx;
    final ProxyConfig config;
    final Head head;
    final ProxyMetrics metrics;
    final int share;
    /** How long a connection from outside may be silent when no stream is on it. */
    long clientIdleMillis = Long.MAX_VALUE;

    private final Map<Instance, Http1Pool> pools = new HashMap<>();
    private @Nullable Http2Links http2;
    private @Nullable Forwarding first;

    /** @param share on how many loops the bounds of an instance are spread */
    ProxyLoop(EventLoop eventLoop, VertxInternal vertx, ProxyConfig config, ProxyMetrics metrics, int share) {
        this.eventLoop = eventLoop;
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
        this.share = share;
        head = new Head(config.maxAnswerHeadBytes(), MAX_ANSWER_FIELDS);
        eventLoop.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    Http1Pool pool(Instance instance) {
        Http1Pool pool = pools.get(instance);
        if (pool == null) {
            pool = new Http1Pool(this, instance);
            pools.put(instance, pool);
        }
        return pool;
    }

    Http2Links http2() {
        if (http2 == null) {
            http2 = new Http2Links(this);
        }
        return http2;
    }

    void add(Forwarding forwarding) {
        forwarding.nextInLoop = first;
        if (first != null) {
            first.previousInLoop = forwarding;
        }
        first = forwarding;
    }

    void remove(Forwarding forwarding) {
        Forwarding previous = forwarding.previousInLoop;
        Forwarding next = forwarding.nextInLoop;
        if (previous != null) {
            previous.nextInLoop = next;
        } else if (first == forwarding) {
            first = next;
        }
        if (next != null) {
            next.previousInLoop = previous;
        }
        forwarding.previousInLoop = null;
        forwarding.nextInLoop = null;
    }

    private void tick() {
        long now = System.nanoTime();
        Forwarding forwarding = first;
        while (forwarding != null) {
            Forwarding next = forwarding.nextInLoop;
            forwarding.tick(now);
            forwarding = next;
        }
        pools.values().removeIf(pool -> pool.tick(now));
    }
}
