package dev.devmentor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.HandmadeExchange;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.redis.OwnRedis;
import dev.devmentor.gateway.redis.RedisAddress;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.testkit.Conditions;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticateFilterIT {
    private static final TestKey OLD = new TestKey("old");
    private static final TestKey NEW = new TestKey("new");
    /** Nothing is there; only tests of sessions need Redis. */
    private static final RedisAddress NO_REDIS = RedisAddress.of("redis://127.0.0.1:1");

    private static final String API_KEY = "dm_k1_c2VjcmV0LXNlY3JldC1zZWNyZXQ";

    private final HandmadeIssuer issuer = new HandmadeIssuer(OLD);
    private @Nullable IdentityProcess process;

    @AfterEach
    void end() {
        issuer.gate.countDown();
        if (process != null) {
            process.close();
        }
        issuer.close();
        assertThat(issuer.mistakes).isEmpty();
    }

    private TestConfig config() {
        return TestConfig.of(issuer.url());
    }

    private IdentityProcess process(IdentityConfig config) {
        process = new IdentityProcess(config, NO_REDIS);
        return process;
    }

    private static void isRefused(HandmadeExchange exchange, String why) {
        GatewayProblem problem = exchange.problem();
        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.type()).isEqualTo("unauthorized");
        assertThat(problem.detail()).isEqualTo(why);
        assertThat(problem.headers())
                .containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"" + why + "\"");
    }

    @Test
    void knowsTheCallerByTheirTokenAndRemembersIt() {
        IdentityProcess gateway = process(config()).withKeys();
        String token = issuer.token(OLD, "ada");
        for (int i = 0; i < 3; i++) {
            HandmadeExchange exchange = gateway.bearer(token);
            assertThat(exchange.passed()).isTrue();
            assertThat(exchange.caller().id()).isEqualTo("ada");
            assertThat(exchange.caller().kind()).isEqualTo(Caller.Kind.TOKEN);
            assertThat(exchange.authorization()).isNull();
        }
        assertThat(gateway.registry
                        .get("devmentor.gateway.tokens")
                        .tag("outcome", "verified")
                        .functionCounter()
                        .count())
                .isOne();
        assertThat(gateway.registry
                        .get("devmentor.gateway.tokens")
                        .tag("outcome", "cached")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void leavesOutWhatWasNotSaid() {
        IdentityProcess gateway = process(config()).withKeys();
        HandmadeExchange exchange = gateway.send(IdentityProcess.exchange(Route.Access.TOKEN));
        assertThat(exchange.passed()).isTrue();
        assertThat(exchange.caller()).isSameAs(Caller.NOBODY);
    }

    @Test
    void refusesMoreThanOneProofOfWhoCalls() {
        IdentityProcess gateway = process(config().withKeys(Duration.ofSeconds(30), Duration.ofSeconds(5)))
                .withKeys();
        String bearer = "Bearer " + issuer.token(OLD, "ada");
        List<HandmadeExchange> twice = List.of(
                IdentityProcess.exchange(Route.Access.TOKEN)
                        .header("Authorization", bearer)
                        .header("authorization", bearer),
                IdentityProcess.exchange(Route.Access.OPEN)
                        .header("Authorization", bearer)
                        .header("authorization", "Basic eA=="),
                IdentityProcess.exchange(Route.Access.TOKEN)
                        .header("Authorization", bearer)
                        .header("X-API-Key", API_KEY),
                IdentityProcess.exchange(Route.Access.TOKEN)
                        .header("X-API-Key", API_KEY)
                        .header("x-api-key", API_KEY));
        for (HandmadeExchange exchange : twice) {
            assertThat(gateway.send(exchange).problem().status()).isEqualTo(400);
        }
        assertThat(issuer.exchanges).hasValue(0);
    }

    @Test
    void refusesBadTokensAndSaysWhy() {
        IdentityProcess gateway = process(config()).withKeys();
        isRefused(gateway.bearer("nonsense"), "the access token is malformed");
        isRefused(gateway.bearer(""), "the access token is malformed");
        isRefused(gateway.bearer(" " + issuer.token(OLD, "ada")), "the access token is malformed");
        isRefused(
                gateway.bearer(
                        OLD.sign(TestKey.claims(issuer.url(), Instant.now().minusSeconds(3600)))),
                "the access token has expired");
        isRefused(
                gateway.bearer(new TestKey("old").sign(TestKey.claims(issuer.url(), Instant.now()))),
                "the access token was not signed by a key of this issuer");
        GatewayProblem basic = gateway.send("Authorization", "Basic YTpi").problem();
        assertThat(basic.status()).isEqualTo(401);
        assertThat(basic.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void onOpenRoutesABadTokenIsNobodysAndGoesOn() {
        IdentityProcess gateway = process(config()).withKeys();
        for (String value : List.of(
                "Bearer nonsense", "Basic YTpi", "Bearer " + NEW.sign(TestKey.claims(issuer.url(), Instant.now())))) {
            HandmadeExchange exchange =
                    gateway.send(IdentityProcess.exchange(Route.Access.OPEN).header("Authorization", value));
            assertThat(exchange.passed()).isTrue();
            assertThat(exchange.caller()).isSameAs(Caller.NOBODY);
            assertThat(exchange.request().headers().get("Authorization")).isEqualTo(value);
        }
        HandmadeExchange good = gateway.send(IdentityProcess.exchange(Route.Access.OPEN)
                .header("Authorization", "Bearer " + issuer.token(OLD, "ada")));
        assertThat(good.passed()).isTrue();
        assertThat(good.caller().id()).isEqualTo("ada");
        HandmadeExchange key =
                gateway.send(IdentityProcess.exchange(Route.Access.OPEN).header("X-API-Key", API_KEY));
        assertThat(key.passed()).isTrue();
        assertThat(key.request().headers().contains("X-API-Key")).isFalse();
    }

    @Test
    void aRememberedTokenEndsWhenItSays() {
        IdentityProcess gateway = process(config()).withKeys();
        String token = issuer.token(OLD, "ada");
        assertThat(gateway.bearer(token).passed()).isTrue();
        gateway.clock.moveTo(Duration.ofMinutes(15));
        assertThat(gateway.bearer(token).passed()).isTrue();
        gateway.clock.moveTo(Duration.ofSeconds(906));
        isRefused(gateway.bearer(token), "the access token has expired");
    }

    @Test
    void rotationIsNotNoticedByAnybodyAndAWithdrawnKeyIsNotBelievedForLong() {
        IdentityProcess gateway = process(config().withFetches(Duration.ofMillis(50), Duration.ofMillis(1)))
                .withKeys();
        String old = issuer.token(OLD, "ada");
        assertThat(gateway.bearer(old).passed()).isTrue();
        issuer.published = List.of(NEW, OLD);
        // At once, without waiting for the next regular fetch.
        assertThat(gateway.bearer(issuer.token(NEW, "bob")).passed()).isTrue();
        assertThat(gateway.bearer(old).passed()).isTrue();
        assertThat(gateway.bearer(issuer.token(OLD, "eve")).passed()).isTrue();
        issuer.published = List.of(NEW);
        Conditions.await("the old key is withdrawn", () -> gateway.signingKeys.find("old") == null);
        isRefused(gateway.bearer(old), "the access token was not signed by a key of this issuer");
        assertThat(gateway.bearer(issuer.token(NEW, "bob")).passed()).isTrue();
    }

    @Test
    void manyTokensOfAKeyThatIsNewAskForItOnce() {
        IdentityProcess gateway = process(config()).withKeys();
        int before = issuer.keyFetches.get();
        issuer.published = List.of(NEW, OLD);
        issuer.gate = new CountDownLatch(1);
        List<HandmadeExchange> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(gateway.bearer(issuer.token(NEW, "person-" + i)));
        }
        // Known ones do not wait with them.
        assertThat(gateway.bearer(issuer.token(OLD, "ada")).passed()).isTrue();
        assertThat(waiting).noneMatch(HandmadeExchange::isDecided);
        issuer.gate.countDown();
        assertThat(waiting).allMatch(HandmadeExchange::passed);
        assertThat(issuer.keyFetches.get() - before).isOne();
    }

    @Test
    void aStormOfUnknownKeysAsksOncePerInterval() {
        IdentityProcess gateway = process(config().withFetches(Duration.ofMinutes(10), Duration.ofMinutes(10)))
                .withKeys();
        for (int i = 0; i < 200; i++) {
            isRefused(
                    gateway.bearer(OLD.sign(
                            OLD.header().put("kid", "unknown-" + i).encode(),
                            TestKey.claims(issuer.url(), Instant.now()).encode())),
                    "the access token was not signed by a key of this issuer");
        }
        assertThat(issuer.keyFetches).hasValue(1);
        assertThat(gateway.bearer(issuer.token(OLD, "ada")).passed()).isTrue();
    }

    @Test
    void withTheIssuerDownKnownKeysStayAndWithoutAnyNobodyIsSentToLogIn() {
        issuer.isDown = true;
        IdentityProcess gateway = process(config().withFetches(Duration.ofMillis(20), Duration.ofMillis(1)));
        GatewayProblem problem = gateway.bearer(issuer.token(OLD, "ada")).problem();
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.headers()).containsEntry("Retry-After", "2");
        issuer.isDown = false;
        gateway.withKeys();
        issuer.isDown = true;
        double failed = failures(gateway);
        Conditions.await("fetches fail", () -> failures(gateway) > failed);
        assertThat(gateway.bearer(issuer.token(OLD, "ada")).passed()).isTrue();
        isRefused(gateway.bearer(issuer.token(NEW, "ada")), "the access token was not signed by a key of this issuer");
    }

    private static double failures(IdentityProcess gateway) {
        return gateway.registry
                .get("devmentor.gateway.jwks.fetches")
                .tag("outcome", "failed")
                .counter()
                .count();
    }

    @Test
    void anAnswerWithoutKeysTakesNoKeyAway() {
        IdentityProcess gateway = process(config().withFetches(Duration.ofMillis(20), Duration.ofMillis(1)))
                .withKeys();
        issuer.published = List.of();
        double failed = failures(gateway);
        Conditions.await("the answer was refused", () -> failures(gateway) > failed);
        assertThat(gateway.bearer(issuer.token(OLD, "ada")).passed()).isTrue();
    }

    @Test
    void refusesTokensOfEndedSessionsAlsoOfThoseThatEndedWhileItWasAway() {
        try (OwnRedis redis = new OwnRedis()) {
            redis.send(Command.SET, "session:ended:session-1", "1", "EX", "900");
            IdentityProcess gateway = new IdentityProcess(config(), redis.address());
            process = gateway;
            gateway.withKeys().ended.start();
            Conditions.await("it listens", gateway.ended::isListening);
            isRefused(gateway.bearer(issuer.token(OLD, "ada")), "the session of the access token has ended");

            String second = OLD.sign(TestKey.claims(issuer.url(), Instant.now()).put("sid", "session-2"));
            assertThat(gateway.bearer(second).passed()).isTrue();
            redis.send(Command.PUBLISH, "session.ended", "session-2");
            Conditions.await("the end is heard", () -> gateway.ended.contains("session-2"));
            isRefused(gateway.bearer(second), "the session of the access token has ended");

            String third = OLD.sign(TestKey.claims(issuer.url(), Instant.now()).put("sid", "session-3"));
            redis.process().kill9();
            Conditions.await("it hears nothing", () -> !gateway.ended.isListening());
            assertThat(gateway.bearer(third).passed()).isTrue();
            isRefused(gateway.bearer(second), "the session of the access token has ended");
            redis.process().start();
            Conditions.await("Redis is back", redis::answers);
            redis.send(Command.SET, "session:ended:session-3", "1", "EX", "900");
            redis.send(Command.PUBLISH, "session.ended", "session-3");
            Conditions.await("the end is read", () -> gateway.ended.contains("session-3"));
            isRefused(gateway.bearer(third), "the session of the access token has ended");
        }
    }

    @Test
    void aKeyThatWasRevokedIsNotRememberedAnyLonger() {
        try (OwnRedis redis = new OwnRedis()) {
            issuer.apiKeys.put(API_KEY, new JsonObject().put("key_id", "k1"));
            IdentityProcess gateway =
                    new IdentityProcess(config().withKeys(Duration.ofHours(1), Duration.ofHours(1)), redis.address());
            process = gateway;
            gateway.withKeys().ended.start();
            Conditions.await("it listens", gateway.ended::isListening);
            assertThat(gateway.send("X-API-Key", API_KEY).passed()).isTrue();
            issuer.apiKeys.remove(API_KEY);
            assertThat(gateway.send("X-API-Key", API_KEY).passed()).isTrue();
            redis.send(Command.PUBLISH, "session.ended", "key:k1");
            Conditions.await("the end is heard", () -> gateway.ended.contains("key:k1"));
            isRefused(gateway.send("X-API-Key", API_KEY), "the API key is not valid");
        }
    }

    private IdentityProcess gatewayWithKeys(Duration cache, Duration refusedCache) {
        issuer.apiKeys.put(
                API_KEY,
                new JsonObject().put("key_id", "k1").put("per_minute", 30).put("per_day", 5000));
        return process(config().withKeys(cache, refusedCache)).withKeys();
    }

    private void isRobot(HandmadeExchange exchange) {
        assertThat(exchange.passed()).isTrue();
        assertThat(exchange.caller().kind()).isEqualTo(Caller.Kind.KEY);
        assertThat(exchange.caller().id()).isEqualTo("robot");
        assertThat(exchange.caller().keyId()).isEqualTo("k1");
        assertThat(exchange.caller().perMinute()).isEqualTo(30);
        assertThat(exchange.caller().perDay()).isEqualTo(5000);
        assertThat(exchange.authorization()).startsWith("Bearer ey");
        assertThat(exchange.request().headers().contains("X-API-Key")).isFalse();
    }

    @Test
    void exchangesAnApiKeyOnceHoweverManyUseIt() {
        IdentityProcess gateway = gatewayWithKeys(Duration.ofSeconds(30), Duration.ofSeconds(30));
        issuer.gate = new CountDownLatch(1);
        List<HandmadeExchange> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(
                    i % 2 == 0
                            ? gateway.send("X-API-Key", API_KEY)
                            : gateway.send("Authorization", "Bearer " + API_KEY));
        }
        issuer.gate.countDown();
        waiting.forEach(this::isRobot);
        isRobot(gateway.send("X-API-Key", API_KEY));
        assertThat(issuer.exchanges).hasValue(1);
        // On an open route it is known now, without asking.
        isRobot(gateway.send(IdentityProcess.exchange(Route.Access.OPEN).header("X-API-Key", API_KEY)));
        assertThat(issuer.exchanges).hasValue(1);
    }

    @Test
    void refusesAKeyThatIsNoneAndAsksOnce() {
        IdentityProcess gateway = gatewayWithKeys(Duration.ofSeconds(30), Duration.ofSeconds(30));
        for (int i = 0; i < 5; i++) {
            isRefused(gateway.send("X-API-Key", "dm_k2_wrong"), "the API key is not valid");
        }
        assertThat(issuer.exchanges).hasValue(1);
        for (String none :
                List.of("dm_", "dm_k1", "xx_k1_secret", "dm_k1_é", "dm_k1_" + "x".repeat(300), "dm_k1_a b")) {
            isRefused(gateway.send("X-API-Key", none), "the API key is not valid");
        }
        assertThat(issuer.exchanges).hasValue(1);
    }

    @Test
    void aRevokedKeyEndsWithItsCacheAndAnIssuedOneBeginsWithIt() {
        IdentityProcess gateway = gatewayWithKeys(Duration.ofMillis(60), Duration.ofMillis(60));
        isRobot(gateway.send("X-API-Key", API_KEY));
        JsonObject revoked = issuer.apiKeys.remove(API_KEY);
        Conditions.await(
                "the key is refused", () -> !gateway.send("X-API-Key", API_KEY).passed());
        issuer.apiKeys.put(API_KEY, revoked);
        Conditions.await(
                "the key is good again",
                () -> gateway.send("X-API-Key", API_KEY).passed());
    }

    @Test
    void withTheAuthServiceAwayKnownKeysStayUntilTheirTokenExpires() {
        IdentityProcess gateway = gatewayWithKeys(Duration.ofMillis(1), Duration.ofMillis(1));
        isRobot(gateway.send("X-API-Key", API_KEY));
        issuer.isDown = true;
        for (int i = 0; i < 5; i++) {
            isRobot(gateway.send("X-API-Key", API_KEY));
        }
        GatewayProblem unknown = gateway.send("X-API-Key", "dm_k9_unknown").problem();
        assertThat(unknown.status()).isEqualTo(503);
        gateway.clock.moveTo(Duration.ofSeconds(906));
        assertThat(gateway.send("X-API-Key", API_KEY).problem().status()).isEqualTo(503);
    }

    @Test
    void withoutASecretThereAreNoKeys() {
        IdentityProcess gateway = process(config()).withKeys();
        isRefused(gateway.send("X-API-Key", API_KEY), "API keys are not accepted here");
        assertThat(issuer.exchanges).hasValue(0);
    }

    @Test
    void reportsTheUseOfKeysAlsoWhatHappenedWhileTheAuthServiceWasAway() {
        IdentityProcess gateway = gatewayWithKeys(Duration.ofSeconds(30), Duration.ofSeconds(5));
        List<HandmadeExchange> used = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            HandmadeExchange exchange = gateway.send("X-API-Key", API_KEY);
            isRobot(exchange);
            used.add(exchange);
        }
        issuer.isDown = true;
        used.get(0).end(200);
        used.get(1).end(404);
        used.get(2).end(200);
        issuer.isDown = false;
        Conditions.await("three are reported", () -> total() == 3);
        used.get(3).end(503);
        used.get(4).end(204);
        Conditions.await("five are reported", () -> total() == 5);
        JsonObject last = issuer.reports.getLast();
        assertThat(last.getString("key_id")).isEqualTo("k1");
        assertThat(Instant.parse(last.getString("minute")).getEpochSecond() % 60)
                .isZero();
        assertThat(errors()).isEqualTo(2);
        // What is reported and over is forgotten.
        gateway.clock.moveTo(Duration.ofMinutes(3));
        Conditions.await(
                "nothing waits",
                () -> gateway.registry
                                .get("devmentor.gateway.key.usage.waiting")
                                .gauge()
                                .value()
                        == 0);
        assertThat(total()).isEqualTo(5);
    }

    /** Of each minute the last numbers count. */
    private long total() {
        return sum("requests");
    }

    private long errors() {
        return sum("errors");
    }

    private long sum(String of) {
        return issuer.reports.stream()
                .collect(java.util.stream.Collectors.toMap(
                        line -> line.getString("minute"), line -> line.getLong(of), (before, after) -> after))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
