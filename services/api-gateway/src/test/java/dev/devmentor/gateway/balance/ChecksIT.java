package dev.devmentor.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.Configured;
import dev.devmentor.gateway.breaker.BreakerTimes;
import dev.devmentor.gateway.breaker.Circuits;
import dev.devmentor.gateway.shed.LatencyLimit.Bounds;
import dev.devmentor.gateway.shed.ServiceLimits;
import dev.devmentor.testkit.Conditions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances with real sockets, and a name server with one. */
class ChecksIT {
    private static final String NAME = "learning-service.devmentor-app.svc.cluster.local";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Circuits circuits =
            new Circuits(new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5)));
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private Vertx vertx;
    private HandmadeNameServer names;
    private Checks checks;

    @BeforeEach
    void start() {
        // As the gateway: epoll where the system has it.
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        names = new HandmadeNameServer(NAME);
    }

    @AfterEach
    void stop() {
        if (checks != null) {
            checks.end(new ShutdownEvent());
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
        names.close();
    }

    @Test
    void anInstanceThatIsNotReadyLeavesAndComesBack() {
        int one = listen();
        int two = listen();
        ServicePools pools = pools("http://127.0.0.1:" + one, "http://127.0.0.1:" + two);
        begin(pools);
        statuses.put(one, 503);
        Conditions.await("it left", () -> pools.usable("learning-service") == 1);
        assertThat(pools.services()).contains(new ServiceHealth.ServiceState("learning-service", 2, 1, true, true));
        Conditions.await("the gauge says so", () -> gauge(one) == 0 && gauge(two) == 1);
        statuses.put(one, 200);
        Conditions.await("it is back", () -> pools.usable("learning-service") == 2);
    }

    @Test
    void anInstanceThatIsGoneLeaves() {
        HttpServer[] server = new HttpServer[1];
        int one = listen(server);
        int two = listen();
        ServicePools pools = pools("http://127.0.0.1:" + one, "http://127.0.0.1:" + two);
        begin(pools);
        Conditions.await("it is asked", () -> statuses.containsKey(-one));
        server[0].close().toCompletionStage().toCompletableFuture().join();
        Conditions.await("it left", () -> pools.usable("learning-service") == 1);
    }

    @Test
    void followsTheAddressesOfANameAndKeepsTheOldOnesWhenNobodyAnswers() throws Exception {
        ServicePools pools = pools("dns://" + NAME + ":3005");
        names.has(addresses("127.0.0.2", "127.0.0.3", "fd00::7"));
        begin(pools);
        Conditions.await("three instances", () -> hosts(pools).size() == 3);
        assertThat(hosts(pools)).containsExactlyInAnyOrder("127.0.0.2", "127.0.0.3", "fd00:0:0:0:0:0:0:7");
        Node stays = Stream.of(nodes(pools))
                .filter(node -> node.instance.host().equals("127.0.0.3"))
                .findFirst()
                .orElseThrow();
        assertThat(stays.instance.port()).isEqualTo(3005);
        // Its certificate names the service, not the address of the day.
        RequestOptions request = stays.instance.request();
        assertThat(request.getHost()).isEqualTo(NAME);
        assertThat(request.getServer()).isEqualTo(SocketAddress.inetSocketAddress(3005, "127.0.0.3"));

        names.has(addresses("127.0.0.3", "127.0.0.4"));
        Conditions.await("one went, one came", () -> hosts(pools).size() == 2);
        assertThat(hosts(pools)).containsExactlyInAnyOrder("127.0.0.3", "127.0.0.4");
        assertThat(nodes(pools)).contains(stays);

        names.fails(true);
        int asked = names.questions();
        Conditions.await("it was asked again and again", () -> names.questions() > asked + 6);
        assertThat(hosts(pools)).containsExactlyInAnyOrder("127.0.0.3", "127.0.0.4");

        names.fails(false);
        names.has(addresses("127.0.0.5"));
        Conditions.await("it is followed again", () -> hosts(pools).equals(List.of("127.0.0.5")));
    }

    private double gauge(int port) {
        return meters.get("devmentor.gateway.instance.well")
                .tag("instance", "http://127.0.0.1:" + port)
                .gauge()
                .value();
    }

    private void begin(ServicePools pools) {
        ChecksConfig config = Configured.as(
                ChecksConfig.class,
                "checks.interval",
                "PT0.05S",
                "checks.timeout",
                "PT0.5S",
                "checks.dns-interval",
                "PT0.05S");
        checks = new Checks(
                pools, circuits, config, vertx, meters, new SingletonDnsServerAddressStreamProvider(names.address()));
        checks.begin(new StartupEvent());
    }

    private ServicePools pools(String... instances) {
        ServicesConfig.Service service = new ServicesConfig.Service() {
            @Override
            public Optional<List<String>> instances() {
                return Optional.of(List.of(instances));
            }

            @Override
            public Optional<Strategy> strategy() {
                return Optional.empty();
            }

            @Override
            public Optional<String> healthPath() {
                return Optional.empty();
            }

            @Override
            public Optional<Boolean> http2() {
                return Optional.empty();
            }
        };
        return new ServicePools(
                Map.of("learning-service", service),
                Installation.OF_EVERYTHING,
                circuits,
                new ServiceLimits(new Bounds(200, 8, 2000, 25_000_000), meters));
    }

    private static Node[] nodes(ServicePools pools) {
        return pools.all().stream()
                .filter(served -> served.name.equals("learning-service"))
                .findFirst()
                .orElseThrow()
                .pool
                .nodes();
    }

    private static List<String> hosts(ServicePools pools) {
        return Stream.of(nodes(pools)).map(node -> node.instance.host()).toList();
    }

    private static List<InetAddress> addresses(String... texts) throws Exception {
        List<InetAddress> all = new ArrayList<>();
        for (String text : texts) {
            all.add(InetAddress.getByName(text));
        }
        return all;
    }

    private int listen() {
        return listen(new HttpServer[1]);
    }

    /** An instance that answers with the status of its port, 200 where none is set; it notes below the negative port that it was asked. */
    private int listen(HttpServer[] into) {
        HttpServer server = vertx.createHttpServer();
        into[0] = server;
        server.requestHandler(request -> {
            int port = server.actualPort();
            statuses.put(-port, 1);
            boolean ready = request.path().equals("/q/health/ready");
            request.response()
                    .setStatusCode(ready ? statuses.getOrDefault(port, 200) : 404)
                    .end("{\"status\":\"UP\"}");
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        return server.actualPort();
    }
}
