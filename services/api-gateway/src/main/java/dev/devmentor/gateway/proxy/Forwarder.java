package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Upstreams;
import dev.devmentor.gateway.breaker.RouteBreakers;
import dev.devmentor.gateway.edge.TrustedProxies;
import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.retry.Retries;
import dev.devmentor.gateway.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes a request that has passed the filters to its service, or to the handlers of this process. */
@Singleton
public class Forwarder implements LiveExchange.Destination {
    private final VertxInternal vertx;
    private final ProxyMetrics metrics;
    private final @Nullable Upstreams upstreams;
    private final @Nullable RouteBreakers breakers;
    private final @Nullable Retries retries;
    private final AnswerCache cache;
    private final RequestHeaders requestHeaders;
    private final ProxyConfig config;
    private final LiveExchange.Destination local;
    private final Map<EventLoop, ProxyLoop> loops = new ConcurrentHashMap<>();

    @Inject
    Forwarder(
            Vertx vertx,
            ProxyConfig config,
            MeterRegistry registry,
            TrustedProxies proxies,
            Instance<Upstreams> upstreams,
            Instance<RouteBreakers> breakers,
            Instance<Retries> retries) {
        this(
                vertx,
                config,
                registry,
                proxies,
                upstreams.isResolvable() ? upstreams.get() : null,
                breakers.isResolvable() ? breakers.get() : null,
                retries.isResolvable() ? retries.get() : null,
                new LocalHandlers());
    }

    /**
     * Without a container.
     *
     * @param local where requests go that no service answers
     */
    public Forwarder(
            Vertx vertx,
            ProxyConfig config,
            MeterRegistry registry,
            TrustedProxies proxies,
            @Nullable Upstreams upstreams,
            @Nullable RouteBreakers breakers,
            @Nullable Retries retries,
            LiveExchange.Destination local) {
        this.vertx = (VertxInternal) vertx;
        this.config = config;
        this.metrics = new ProxyMetrics(registry);
        this.requestHeaders = new RequestHeaders(proxies);
        this.upstreams = upstreams;
        this.breakers = breakers;
        this.retries = retries;
        this.local = local;
        cache = new AnswerCache(config.answerCacheBytes(), config.answerCacheEntryBytes());
    }

    @Override
    public void go(LiveExchange exchange) {
        Route route = exchange.routeOrNull();
        if (route == null || route.service() == null) {
            local.go(exchange);
            return;
        }
        if (upstreams == null || breakers == null || retries == null) {
            exchange.refuse(GatewayProblem.unavailable(1, "no services are known"));
            return;
        }
        ProxyLoop loop = loop(exchange.eventLoop());
        new Forwarding(
                        loop,
                        exchange,
                        route,
                        route.service(),
                        upstreams,
                        breakers.of(route),
                        retries,
                        cache,
                        requestHeaders,
                        metrics.of(route))
                .start();
    }

    private ProxyLoop loop(EventLoop eventLoop) {
        ProxyLoop loop = loops.get(eventLoop);
        if (loop == null) {
            int share = Math.max(1, Runtime.getRuntime().availableProcessors());
            loop = new ProxyLoop(eventLoop, vertx, config, metrics, share);
            loops.put(eventLoop, loop);
        }
        return loop;
    }
}
