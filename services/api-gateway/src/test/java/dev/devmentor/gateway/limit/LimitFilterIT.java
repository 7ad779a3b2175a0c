package dev.devmentor.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.HandmadeExchange;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.redis.OwnRedis;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.settings.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitFilterIT {
    private static final Limits LIMITS = new Limits() {
        @Override
        public int perMinute(String tier) {
            return Map.of("anonymous", 10, "premium", 1000).getOrDefault(tier, 120);
        }

        @Override
        public int authPerMinute() {
            return 60;
        }
    };

    private final Vertx vertx = Vertx.vertx();
    private OwnRedis redis;
    private RateLimiter limiter;
    private LimitFilter filter;

    @BeforeAll
    void start() {
        redis = new OwnRedis();
        limiter = new RateLimiter(
                vertx, redis.address(), LimiterProcess.PATIENT, Clock.systemUTC(), new SimpleMeterRegistry());
        limiter.start();
        filter = new LimitFilter(limiter, LIMITS);
    }

    @AfterAll
    void stop() {
        limiter.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }

    private HandmadeExchange send(Route.Limits limits, Caller caller, String address) {
        HandmadeExchange exchange = new HandmadeExchange(HandmadeExchange.route(Route.Access.OPEN, null, limits))
                .as(caller)
                .from(address);
        Context context = vertx.getOrCreateContext();
        context.runOnContext(ignored -> filter.apply(exchange));
        exchange.passed();
        return exchange;
    }

    private HandmadeExchange anonymous(String address) {
        return send(Route.Limits.CALLER, Caller.NOBODY, address);
    }

    private static Caller person(String id, String tier) {
        return new Caller(Caller.Kind.TOKEN, id, tier, List.of("learner"), "", null, null, 0, 0);
    }

    private static Caller key(String keyId, int perMinute, int perDay) {
        return new Caller(Caller.Kind.KEY, "robot", "free", List.of("service"), "", null, keyId, perMinute, perDay);
    }

    @Test
    void tellsWithEveryAnswerWhatIsLeft() {
        assertThat(send(Route.Limits.CALLER, person("ada", "free"), "192.0.2.1").answerHeaders())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "RateLimit-Limit", "120",
                        "RateLimit-Remaining", "119",
                        "RateLimit-Reset", "60",
                        "RateLimit-Policy", "\"minute\";q=120;w=60",
                        "RateLimit", "\"minute\";r=119;t=60"));
        assertThat(send(Route.Limits.CALLER, person("bob", "premium"), "192.0.2.1")
                        .answerHeaders())
                .containsEntry("RateLimit-Limit", "1000")
                .containsEntry("RateLimit-Remaining", "999");
        assertThat(redis.send(Command.EXISTS, "rate:user:ada", "rate:user:bob").toInteger())
                .isEqualTo(2);
    }

    @Test
    void refusesTheEleventhRequestOfAnAddressAndSaysWhenToComeBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(anonymous("198.51.100.7").passed()).isTrue();
        }
        HandmadeExchange refused = anonymous("::ffff:198.51.100.7");
        GatewayProblem problem = refused.problem();
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.type()).isEqualTo("rate-limited");
        assertThat(problem.detail()).isEqualTo("the limit of 10 requests a minute is used up");
        int wait = Integer.parseInt(problem.headers().get("Retry-After"));
        assertThat(wait).isBetween(50, 60);
        assertThat(refused.answerHeaders())
                .containsEntry("RateLimit-Limit", "10")
                .containsEntry("RateLimit-Remaining", "0")
                .containsEntry("RateLimit-Reset", Integer.toString(wait))
                .containsEntry("RateLimit", "\"minute\";r=0;t=" + wait);
        assertThat(anonymous("198.51.100.8").passed()).isTrue();
    }

    @Test
    void allAddressesOfOneSubscriberShareALimit() {
        for (int i = 0; i < 10; i++) {
            assertThat(anonymous("2001:db8:7:7::" + i).passed()).isTrue();
        }
        assertThat(anonymous("2001:db8:7:7:1:2:3:4").passed()).isFalse();
        assertThat(anonymous("2001:db8:7:8::1").passed()).isTrue();
        assertThat(redis.send(Command.EXISTS, "rate:address:20010db800070007/64")
                        .toInteger())
                .isOne();
    }

    @Test
    void countsWhatIsOpenAtTheAuthServiceByAddressWhoeverCalls() {
        HandmadeExchange exchange = send(Route.Limits.AUTH, person("eve", "premium"), "203.0.113.5");
        assertThat(exchange.answerHeaders()).containsEntry("RateLimit-Limit", "60");
        assertThat(redis.send(Command.EXISTS, "rate:auth:203.0.113.5").toInteger())
                .isOne();
        assertThat(redis.send(Command.EXISTS, "rate:user:eve").toInteger()).isZero();
    }

    @Test
    void countsNothingOnRoutesWithoutLimits() {
        HandmadeExchange exchange = send(Route.Limits.NONE, Caller.NOBODY, "203.0.113.6");
        assertThat(exchange.passed()).isTrue();
        assertThat(exchange.answerHeaders()).isEmpty();
    }

    @Test
    void aKeyHasItsOwnLimitAndItsQuotaOfTheDay() {
        HandmadeExchange first = send(Route.Limits.CALLER, key("k1", 5, 2), "192.0.2.1");
        assertThat(first.passed()).isTrue();
        assertThat(first.answerHeaders())
                .containsEntry("RateLimit-Limit", "2")
                .containsEntry("RateLimit-Remaining", "1")
                .containsEntry("RateLimit-Policy", "\"minute\";q=5;w=60, \"day\";q=2;w=86400");
        assertThat(first.answerHeaders().get("RateLimit")).matches("\"minute\";r=4;t=60, \"day\";r=1;t=\\d+");
        assertThat(send(Route.Limits.CALLER, key("k1", 5, 2), "192.0.2.1").passed())
                .isTrue();
        GatewayProblem problem =
                send(Route.Limits.CALLER, key("k1", 5, 2), "192.0.2.1").problem();
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.detail()).isEqualTo("the key's quota of 2 requests a day is used up");
        assertThat(Long.parseLong(problem.headers().get("Retry-After"))).isBetween(1L, 86_400L);
        // Another key of the same account is another one; one without a limit of its own counts as the account does.
        assertThat(send(Route.Limits.CALLER, key("k2", 5, 0), "192.0.2.1").answerHeaders())
                .containsEntry("RateLimit-Remaining", "4");
        assertThat(send(Route.Limits.CALLER, key("k3", 0, 0), "192.0.2.1").answerHeaders())
                .containsEntry("RateLimit-Limit", "120");
        assertThat(redis.send(Command.EXISTS, "rate:key:k1", "rate:key:k2", "rate:key:k3", "rate:user:robot")
                        .toInteger())
                .isEqualTo(3);
    }
}
