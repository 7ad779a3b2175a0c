package dev.devmentor.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.gateway.Configured;
import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.breaker.BreakerTimes;
import dev.devmentor.gateway.breaker.Circuits;
import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.route.Route.Access;
import dev.devmentor.gateway.route.Route.Limits;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.Settings.ServiceSettings;
import dev.devmentor.gateway.shed.LatencyLimit.Bounds;
import dev.devmentor.gateway.shed.ServiceLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePoolsTest {
    private static final String SERVICE = "learning-service";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServicePools pools = new ServicePools(
            Map.of(),
            Installation.OF_EVERYTHING,
            new Circuits(new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5))),
            new ServiceLimits(new Bounds(10, 8, 20, 25_000_000), meters));

    @ParameterizedTest
    @CsvSource({
        "ai-gateway, 3001",
        "auth-service, 3002",
        "memory-service, 3003",
        "project-service, 3004",
        "learning-service, 3005",
        "monitoring-service, 3006",
        "repo-analyzer, 3007",
        "pbml-service, 3008",
        "feature-center, 3009",
        "scraper-service, 3010",
        "websocket-gateway, 8002",
        "frontend, 3000"
    })
    void everyServiceIsOnItsPortOfThisMachine(String service, int port) {
        assertThat(lease(service, exchange(Caller.NOBODY)).instance())
                .isEqualTo(new Instance("127.0.0.1", port, false, false));
    }

    @Test
    void anInstallationHasOnlyServicesThatThereAre() {
        assertThatThrownBy(() -> with(new Installation(Optional.of(List.of(SERVICE, "lerning-service")))))
                .hasMessageContaining("there is no service lerning-service");
    }

    @Test
    void aRouteLeadsToAServiceThatThereIs() {
        Route route =
                new Route("mine", "/mine", "lerning-service", Access.TOKEN, null, Limits.CALLER, Duration.ZERO, 0, 0);
        assertThatThrownBy(() -> pools.check(route))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("devmentor.gateway.routes.mine.service: there is no service lerning-service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instances | localhost:80 | instances: localhost:80: an instance begins with http://, https://, dns:// or dns+https://",
                "instances | http://10.0.0.7 | instances: http://10.0.0.7: an instance has a host and a port",
                "instances | http://10.0.0.7:80/x | instances: http://10.0.0.7:80/x: an instance has nothing but a host and a port",
                "health-path | ready | health-path: ready does not begin with a slash, and is not none"
            })
    void whatNoServiceCanBeIsNamedByItsSetting(String setting, String value, String message) {
        ServicesConfig config = Configured.as(ServicesConfig.class, "services." + SERVICE + "." + setting, value);
        assertThatThrownBy(() -> new ServicePools(
                        config.services(),
                        Installation.OF_EVERYTHING,
                        new Circuits(new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO)),
                        new ServiceLimits(new Bounds(10, 8, 20, 25_000_000), new SimpleMeterRegistry())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("devmentor.gateway.services." + SERVICE + "." + message);
    }

    @Test
    void aServiceThatAnsweredOrWasNamedIsThereWhateverTheInstallationSays() {
        ServicePools small = with(new Installation(Optional.of(List.of(SERVICE))));
        assertThat(small.isInstalled(SERVICE)).isTrue();
        assertThat(small.isInstalled("frontend")).isFalse();
        Objects.requireNonNull(small.lease("frontend", exchange(Caller.NOBODY), Set.of()))
                .failed(Failure.CONNECT);
        assertThat(small.isInstalled("frontend")).isFalse();
        Objects.requireNonNull(small.lease("frontend", exchange(Caller.NOBODY), Set.of()))
                .succeeded();
        assertThat(small.isInstalled("frontend")).isTrue();
        assertThat(small.isInstalled("ai-gateway")).isFalse();
        small.apply(new Settings(
                Settings.NONE.limits(),
                Settings.NONE.breaker(),
                Settings.NONE.retry(),
                Map.of(),
                Map.of("ai-gateway", new ServiceSettings(List.of("http://127.0.0.1:9"), null))));
        assertThat(small.isInstalled("ai-gateway")).isTrue();
    }

    private static ServicePools with(Installation installation) {
        return new ServicePools(
                Map.of(),
                installation,
                new Circuits(new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5))),
                new ServiceLimits(new Bounds(10, 8, 20, 25_000_000), new SimpleMeterRegistry()));
    }

    @Test
    void fiveFailedTriesTakeAnInstanceOut() {
        for (Failure how : Failure.values()) {
            lease(SERVICE, exchange(Caller.NOBODY)).failed(how);
        }
        assertThat(pools.lease(SERVICE, exchange(Caller.NOBODY), Set.of())).isNull();
        assertThat(pools.retryAfterSeconds(SERVICE)).isEqualTo(30);
        assertThat(pools.usable(SERVICE)).isZero();
    }

    @Test
    void triesThatTellNothingLeaveItIn() {
        for (int i = 0; i < 20; i++) {
            lease(SERVICE, exchange(Caller.NOBODY)).abandoned();
        }
        assertThat(pools.usable(SERVICE)).isEqualTo(1);
    }

    @Test
    void aLeaseEndsOnce() {
        Lease lease = lease(SERVICE, exchange(Caller.NOBODY));
        for (int i = 0; i < 10; i++) {
            lease.failed(Failure.CLOSED);
        }
        assertThat(pools.usable(SERVICE)).isEqualTo(1);
        assertThat(underWay()).isZero();
    }

    @Test
    void aServiceGetsNoMoreThanItsLimitButOperatorsAndStreamsPass() {
        List<Lease> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(lease(SERVICE, exchange(Caller.NOBODY)));
        }
        assertThat(pools.lease(SERVICE, exchange(Caller.NOBODY), Set.of())).isNull();
        assertThat(pools.retryAfterSeconds(SERVICE)).isEqualTo(1);
        assertThat(meters.get("devmentor.gateway.sheds")
                        .tag("by", SERVICE)
                        .counter()
                        .count())
                .isEqualTo(1);
        Caller operator = new Caller(Caller.Kind.TOKEN, "o", "free", List.of("operator"), "", null, null, 0, 0);
        held.add(lease(SERVICE, exchange(operator)));
        held.add(lease(SERVICE, exchange(Caller.NOBODY, Map.of("accept", "text/event-stream"))));
        held.add(lease(SERVICE, exchange(Caller.NOBODY, Map.of("upgrade", "WebSocket"))));
        assertThat(lease("pbml-service", exchange(Caller.NOBODY))).isNotNull();
        held.forEach(Lease::succeeded);
        assertThat(underWay()).isZero();
        assertThat(lease(SERVICE, exchange(Caller.NOBODY))).isNotNull();
    }

    @Test
    void operatorsMoveAServiceAndPutItBack() {
        pools.apply(services(
                new ServiceSettings(List.of("http://10.0.0.1:3005", "https://10.0.0.2:8443"), "LEAST_CONNECTIONS")));
        lease(SERVICE, exchange(Caller.NOBODY));
        // Two that are equally busy are chosen between by chance.
        assertThat(List.of(
                        lease(SERVICE, exchange(Caller.NOBODY)).instance(),
                        lease(SERVICE, exchange(Caller.NOBODY)).instance()))
                .isSubsetOf(new Instance("10.0.0.1", 3005, false, false), new Instance("10.0.0.2", 8443, true, false));
        pools.apply(Settings.NONE);
        assertThat(lease(SERVICE, exchange(Caller.NOBODY)).instance().port()).isEqualTo(3005);
    }

    @Test
    void thereIsNoLeaseForWhatIsNotKnown() {
        assertThat(pools.lease("nothing", exchange(Caller.NOBODY), Set.of())).isNull();
        assertThat(pools.retryAfterSeconds("nothing")).isEqualTo(5);
    }

    private static Settings services(ServiceSettings settings) {
        return new Settings(
                Settings.NONE.limits(),
                Settings.NONE.breaker(),
                Settings.NONE.retry(),
                Map.of(),
                Map.of(SERVICE, settings));
    }

    private Lease lease(String service, Exchange exchange) {
        return Objects.requireNonNull(pools.lease(service, exchange, Set.of()));
    }

    private double underWay() {
        return meters.get("devmentor.gateway.service.under.way")
                .tag("service", SERVICE)
                .gauge()
                .value();
    }

    private static Exchange exchange(Caller caller) {
        return exchange(caller, Map.of());
    }

    private static Exchange exchange(Caller caller, Map<String, String> headers) {
        HttpServerRequest request = (HttpServerRequest) Proxy.newProxyInstance(
                ServicePoolsTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getHeader" -> headers.get(args[0].toString());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (Exchange) Proxy.newProxyInstance(
                ServicePoolsTest.class.getClassLoader(),
                new Class<?>[] {Exchange.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "request" -> request;
                    case "caller" -> caller;
                    case "clientAddress" -> "192.0.2.7";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
