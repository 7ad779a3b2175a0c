package dev.devmentor.gateway.balance;

import dev.devmentor.gateway.balance.ServicePools.Served;
import dev.devmentor.gateway.breaker.Breaker;
import dev.devmentor.gateway.breaker.Circuit;
import dev.devmentor.gateway.breaker.Circuits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known of instances up to date: asks each for its readiness, looks names up again, and shows both in metrics. All of
 * it by timers of one event loop; nothing waits for it.
 */
@Singleton
final class Checks {
    private static final Logger LOG = Logger.getLogger(Checks.class);
    private static final Duration GAUGES = Duration.ofSeconds(2);

    private final ServicePools services;
    private final Circuits circuits;
    private final ChecksConfig config;
    private final Vertx vertx;
    private final @Nullable DnsServerAddressStreamProvider nameServers;
    private final MultiGauge instances;
    private final MultiGauge breakers;
    // Checks and look-ups that are under way: each has at most one.
    private final Set<Object> underWay = ConcurrentHashMap.newKeySet();
    // Names that could not be looked up last time.
    private final Set<Address> unknown = ConcurrentHashMap.newKeySet();
    private @Nullable HttpClient http1;
    private @Nullable HttpClient http2;
    private @Nullable Names names;
    private volatile boolean stopped;

    @Inject
    Checks(ServicePools services, Circuits circuits, ChecksConfig config, Vertx vertx, MeterRegistry meters) {
        this(services, circuits, config, vertx, meters, null);
    }

    Checks(
            ServicePools services,
            Circuits circuits,
            ChecksConfig config,
            Vertx vertx,
            MeterRegistry meters,
            @Nullable DnsServerAddressStreamProvider nameServers) {
        this.nameServers = nameServers;
        this.services = services;
        this.circuits = circuits;
        this.config = config;
        this.vertx = vertx;
        instances = MultiGauge.builder("devmentor.gateway.instance.well").register(meters);
        breakers = MultiGauge.builder("devmentor.gateway.breaker.state").register(meters);
    }

    void begin(@Observes StartupEvent started) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        EventLoop loop = context.nettyEventLoop();
        names = new Names(loop, context.owner().transport(), nameServers);
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(1)
                .setKeepAliveTimeout(30)
                .setMaxHeaderSize(16 * 1024);
        http1 = vertx.createHttpClient(options);
        http2 = vertx.createHttpClient(new HttpClientOptions(options)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(false)
                .setHttp2ClearTextUpgrade(false));
        context.runOnContext(now -> {
            lookUpAll();
            again(config.dnsInterval(), this::lookUpAll);
            if (config.enabled()) {
                checkAll();
                again(config.interval(), this::checkAll);
            }
            showAll();
            again(GAUGES, this::showAll);
        });
    }

    void end(@Observes ShutdownEvent stopping) {
        stopped = true;
        Names resolver = names;
        if (resolver != null) {
            resolver.close();
        }
    }

    /** Time and again, a fifth sooner or later. */
    private void again(Duration interval, Runnable action) {
        long millis = Math.max(1, interval.toMillis());
        long next = Math.max(
                1, (long) (millis * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble())));
        vertx.setTimer(next, timer -> {
            if (!stopped) {
                action.run();
                again(interval, action);
            }
        });
    }

    private void lookUpAll() {
        Names resolver = names;
        for (Served served : services.all()) {
            for (Address name : served.names()) {
                if (resolver == null || !underWay.add(List.of(served.name, name))) {
                    continue;
                }
                resolver.lookUp(name.host()).whenComplete((found, failure) -> {
                    underWay.remove(List.of(served.name, name));
                    if (failure == null) {
                        served.found(name, found);
                        if (unknown.remove(name)) {
                            LOG.infof("%s has %d instances at %s again", served.name, found.size(), name.host());
                        }
                    } else if (unknown.add(name)) {
                        // What was found before stays.
                        LOG.warnf(
                                "the instances of %s at %s could not be looked up: %s",
                                served.name, name.host(), failure.getMessage());
                    }
                });
            }
        }
    }

    private void checkAll() {
        for (Served served : services.all()) {
            String path = served.configured.healthPath();
            if (path == null) {
                continue;
            }
            for (Node node : served.pool.nodes()) {
                if (underWay.add(node)) {
                    // Not all at the same moment.
                    long wait = 1
                            + ThreadLocalRandom.current()
                                    .nextLong(Math.max(1, config.interval().toMillis() / 5));
                    vertx.setTimer(wait, timer -> check(served, node, path));
                }
            }
        }
    }

    private void check(Served served, Node node, String path) {
        HttpClient client = node.instance.http2() ? http2 : http1;
        if (stopped || client == null) {
            return;
        }
        RequestOptions request = node.instance
                .request()
                .setMethod(HttpMethod.GET)
                .setURI(path)
                .setTimeout(config.timeout().toMillis());
        client.request(request)
                .compose(open -> open.send())
                .map(answer -> answer.statusCode())
                .onComplete(done -> {
                    underWay.remove(node);
                    boolean passed = done.succeeded() && done.result() == 200;
                    if (passed) {
                        served.isSeen = true;
                    }
                    if (node.checked(passed, config.failures(), config.successes())) {
                        if (passed) {
                            LOG.infof("%s of %s is ready again", node.instance, served.name);
                        } else {
                            LOG.infof(
                                    "%s of %s is not ready, and gets no requests while others are: %s %s",
                                    node.instance,
                                    served.name,
                                    path,
                                    done.succeeded()
                                            ? "was answered with " + done.result()
                                            : "was not answered: "
                                                    + done.cause().getMessage());
                        }
                    }
                });
    }

    private void showAll() {
        List<MultiGauge.Row<?>> well = new ArrayList<>();
        List<MultiGauge.Row<?>> states = new ArrayList<>();
        for (Served served : services.all()) {
            for (Node node : served.pool.nodes()) {
                Tags tags = Tags.of("service", served.name, "instance", node.instance.toString());
                well.add(MultiGauge.Row.of(tags, node, each -> each.isWell() ? 1 : 0));
                states.add(row("instance", served.name + " " + node.instance, node.circuit));
            }
        }
        circuits.ofRoutes().forEach((name, circuit) -> states.add(row("route", name, circuit)));
        instances.register(well, true);
        breakers.register(states, true);
    }

    private static MultiGauge.Row<?> row(String kind, String name, Circuit circuit) {
        return MultiGauge.Row.of(Tags.of("kind", kind, "name", name), circuit, each -> number(each.state()));
    }

    private static double number(Breaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
