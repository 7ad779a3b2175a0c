package dev.devmentor.gateway.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.Configured;
import dev.devmentor.gateway.balance.Alternatives;
import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.Settings.RetrySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetriesWithinBudgetTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int usable = 1;
    private final RetriesWithinBudget retries = new RetriesWithinBudget(config(), service -> usable, meters);

    @Test
    void anotherInstanceIsTriedAtOnceAfterOneThatCouldNotBeReached() {
        usable = 2;
        assertThat(retries.next(exchange(HttpMethod.GET), Failure.CONNECT, 1, true))
                .isEqualTo(Duration.ZERO);
        assertThat(retries.next(exchange(HttpMethod.GET), Failure.CONNECT, 2, true))
                .isBetween(Duration.ofMillis(1600), Duration.ofMillis(2400));
        assertThat(retries.next(exchange(HttpMethod.GET), Failure.CLOSED, 1, true))
                .isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        usable = 1;
        assertThat(retries.next(exchange(HttpMethod.GET), Failure.CONNECT, 1, true))
                .isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
    }

    @Test
    void whatIsNotInstalledIsNotWaitedFor() {
        RetriesWithinBudget without = new RetriesWithinBudget(
                config(),
                new Alternatives() {
                    @Override
                    public int usable(String service) {
                        return 1;
                    }

                    @Override
                    public boolean isInstalled(String service) {
                        return false;
                    }
                },
                meters);
        assertThat(without.next(exchange(HttpMethod.GET), Failure.CONNECT, 1, true))
                .isNull();
        assertThat(without.next(exchange(HttpMethod.GET), Failure.STATUS, 1, true))
                .isNotNull();
    }

    @Test
    void aCallThatIsNotIdempotentIsNotTriedAgainNorCounted() {
        assertThat(retries.next(exchange(HttpMethod.POST), Failure.CONNECT, 1, true))
                .isNull();
        assertThat(meters.find("devmentor.gateway.retries").counters()).isEmpty();
    }

    @Test
    void theBudgetOfAServiceIsItsOwnAndWhatItDeniesIsCounted() {
        for (int i = 0; i < 100; i++) {
            retries.firstTry("learning-service");
        }
        int made = 0;
        for (int i = 0; i < 60; i++) {
            made += retries.next(exchange(HttpMethod.GET), Failure.STATUS, 1, true) == null ? 0 : 1;
        }
        assertThat(made).isEqualTo(20);
        assertThat(meters.get("devmentor.gateway.retries")
                        .tag("outcome", "made")
                        .counter()
                        .count())
                .isEqualTo(20);
        assertThat(meters.get("devmentor.gateway.retries")
                        .tag("outcome", "denied")
                        .counter()
                        .count())
                .isEqualTo(40);
    }

    @Test
    void operatorsCanTurnRetriesOff() {
        retries.apply(new Settings(
                Settings.NONE.limits(), Settings.NONE.breaker(), new RetrySettings(0, null, null), Map.of(), Map.of()));
        assertThat(retries.next(exchange(HttpMethod.GET), Failure.STATUS, 1, true))
                .isNull();
        retries.apply(Settings.NONE);
        assertThat(retries.next(exchange(HttpMethod.GET), Failure.STATUS, 1, true))
                .isNotNull();
    }

    private static RetryConfig config() {
        return Configured.as(RetryConfig.class);
    }

    private static Exchange exchange(HttpMethod verb) {
        Route route = new Route(
                "learning",
                "/api/learning",
                "learning-service",
                Route.Access.TOKEN,
                null,
                Route.Limits.CALLER,
                Duration.ofSeconds(30),
                0,
                0);
        long began = System.nanoTime();
        ClassLoader loader = RetriesWithinBudgetTest.class.getClassLoader();
        Object request = Proxy.newProxyInstance(
                loader, new Class<?>[] {HttpServerRequest.class}, (proxy, method, args) -> switch (method.getName()) {
                    case "method" -> verb;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (Exchange) Proxy.newProxyInstance(
                loader, new Class<?>[] {Exchange.class}, (proxy, method, args) -> switch (method.getName()) {
                    case "request" -> request;
                    case "route" -> route;
                    case "beganNanos" -> began;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
