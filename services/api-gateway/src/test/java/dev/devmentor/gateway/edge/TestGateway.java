package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.balance.Lease;
import dev.devmentor.gateway.balance.Upstreams;
import dev.devmentor.gateway.breaker.Breaker;
import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.Chain;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.proxy.Forwarder;
import dev.devmentor.gateway.proxy.ProxyConfig;
import dev.devmentor.gateway.retry.Retries;
import dev.devmentor.gateway.route.Route;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The front door and the forwarder without a container, on a free port, with hand-written routes and instances. A caller is whom
 * {@code Authorization: Bearer NAME} names.
 */
public final class TestGateway implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Listener listener;
    private final int port;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, List<Instance>> instances = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    /** How the tries ended, in their order. */
    public final List<String> tries = Collections.synchronizedList(new ArrayList<>());

    public volatile boolean breakerOpen;
    public volatile int retries;

    public TestGateway(String... settings) {
        this(null, settings);
    }

    TestGateway(@Nullable SSLContext ssl, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("devmentor.gateway.edge.event-loops", "2"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("devmentor.gateway." + settings[i], settings[i + 1]);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(EdgeConfig.class)
                .withMapping(CorsConfig.class)
                .withMapping(ProxyConfig.class)
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build();
        EdgeConfig edge = config.getConfigMapping(EdgeConfig.class);
        TrustedProxies proxies = new TrustedProxies(edge);
        Forwarder forwarder = new Forwarder(
                vertx,
                config.getConfigMapping(ProxyConfig.class),
                meters,
                proxies,
                new FakeUpstreams(),
                route -> new FakeBreaker(),
                new FakeRetries(),
                exchange -> exchange.refuse(GatewayProblem.notFound()));
        Chain chain = new Chain(List.of(
                new Hygiene(edge, proxies),
                new Cors(config.getConfigMapping(CorsConfig.class), proxies),
                new FakeRouting(),
                new FakeIdentity()));
        listener = new Listener((VertxInternal) vertx, edge, chain, forwarder, ssl);
        port = listener.listen(new InetSocketAddress("127.0.0.1", 0));
    }

    public int port() {
        return port;
    }

    public Vertx vertx() {
        return vertx;
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    /** A route {@code /NAME} to instances on these ports of this machine. */
    public TestGateway route(String name, int... ports) {
        List<Instance> found = new ArrayList<>();
        for (int instance : ports) {
            found.add(new Instance("127.0.0.1", instance, false, false));
        }
        return route(name, Duration.ofSeconds(5), 1 << 20, 0, found);
    }

    public TestGateway route(
            String name, Duration timeout, long maxBody, int cacheSeconds, List<Instance> instancesOfIt) {
        routes.put(
                name,
                new Route(
                        name,
                        "/" + name,
                        name,
                        Route.Access.OPEN,
                        null,
                        Route.Limits.NONE,
                        timeout,
                        maxBody,
                        cacheSeconds));
        instances.put(name, instancesOfIt);
        return this;
    }

    /** Ends as on SIGTERM. */
    public void leave(Duration patience, Duration lastCall) {
        listener.leave(patience, lastCall);
    }

    @Override
    public void close() {
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class FakeRouting implements Filter {
        @Override
        public Stage stage() {
            return Stage.ROUTE;
        }

        @Override
        public void apply(Exchange exchange) {
            String path = exchange.path();
            int end = path.indexOf('/', 1);
            Route route = routes.get(end < 0 ? path.substring(1) : path.substring(1, end));
            if (route == null) {
                exchange.refuse(GatewayProblem.notFound());
            } else {
                exchange.route(route);
                exchange.proceed();
            }
        }
    }

    private static final class FakeIdentity implements Filter {
        @Override
        public Stage stage() {
            return Stage.AUTHENTICATE;
        }

        @Override
        public void apply(Exchange exchange) {
            String authorization = exchange.request().getHeader("authorization");
            if (authorization != null) {
                exchange.caller(new Caller(
                        Caller.Kind.TOKEN,
                        authorization.replace("Bearer ", ""),
                        "free",
                        List.of("learner"),
                        "",
                        null,
                        null,
                        0,
                        0));
            }
            exchange.proceed();
        }
    }

    private final class FakeUpstreams implements Upstreams {
        @Override
        public @Nullable Lease lease(String service, Exchange exchange, Set<Instance> tried) {
            List<Instance> known = instances.get(service);
            if (known == null || known.isEmpty()) {
                return null;
            }
            for (int i = 0; i < known.size(); i++) {
                Instance candidate = known.get(Math.floorMod(next.getAndIncrement(), known.size()));
                if (!tried.contains(candidate)) {
                    return new FakeLease(candidate);
                }
            }
            return new FakeLease(known.getFirst());
        }

        @Override
        public long retryAfterSeconds(String service) {
            return 7;
        }

        @Override
        public boolean isInstalled(String service) {
            return !service.equals("absent");
        }
    }

    private final class FakeLease implements Lease {
        private final Instance instance;

        FakeLease(Instance instance) {
            this.instance = instance;
        }

        @Override
        public Instance instance() {
            return instance;
        }

        @Override
        public void succeeded() {
            tries.add("succeeded");
        }

        @Override
        public void failed(Failure how) {
            tries.add(how.name());
        }

        @Override
        public void abandoned() {
            tries.add("abandoned");
        }
    }

    private final class FakeBreaker implements Breaker {
        @Override
        public boolean tryAcquire() {
            return !breakerOpen;
        }

        @Override
        public void succeeded() {}

        @Override
        public void failed() {}

        @Override
        public void abandoned() {}

        @Override
        public State state() {
            return breakerOpen ? State.OPEN : State.CLOSED;
        }

        @Override
        public long retryAfterSeconds() {
            return 30;
        }
    }

    private final class FakeRetries implements Retries {
        @Override
        public void firstTry(String service) {}

        @Override
        public @Nullable Duration next(Exchange exchange, Lease.Failure failure, int made, boolean bodyIsKept) {
            String method = exchange.request().method().name();
            boolean again = failure != Lease.Failure.TIMEOUT
                    && made <= retries
                    && bodyIsKept
                    && !method.equals("POST")
                    && !method.equals("PATCH");
            return again ? Duration.ZERO : null;
        }
    }
}
