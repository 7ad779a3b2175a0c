package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.filter.HandmadeExchange;
import dev.devmentor.gateway.redis.RedisAddress;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The identity part of a gateway process. */
final class IdentityProcess implements AutoCloseable {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final MovableClock clock = new MovableClock();
    final SigningKeys signingKeys;
    final EndedSessions ended;
    final KeyUsage usage;
    final AuthenticateFilter filter;
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();

    IdentityProcess(IdentityConfig config, RedisAddress redis) {
        IssuerClient issuer = new IssuerClient(vertx, config);
        signingKeys = new SigningKeys(vertx, issuer, config, registry);
        ended = new EndedSessions(vertx, redis, config, clock, registry);
        usage = new KeyUsage(vertx, issuer, config, clock, registry);
        TokenVerifier verifier = new TokenVerifier(signingKeys, config, clock);
        ApiKeys apiKeys = new ApiKeys(issuer, verifier, signingKeys, ended, config, clock, registry);
        filter = new AuthenticateFilter(verifier, signingKeys, ended, apiKeys, usage, config, clock, registry);
        signingKeys.start();
        usage.start();
    }

    IdentityProcess withKeys() {
        Conditions.await("the issuer's keys are known", () -> !signingKeys.isEmpty());
        return this;
    }

    /** Sends a request to a route that needs a token. */
    HandmadeExchange send(String header, String value) {
        return send(exchange(Route.Access.TOKEN).header(header, value));
    }

    HandmadeExchange bearer(String token) {
        return send("Authorization", "Bearer " + token);
    }

    static HandmadeExchange exchange(Route.Access access) {
        return new HandmadeExchange(HandmadeExchange.route(access, null, Route.Limits.CALLER));
    }

    HandmadeExchange send(HandmadeExchange exchange) {
        loop.runOnContext(ignored -> filter.apply(exchange));
        return exchange;
    }

    @Override
    public void close() {
        signingKeys.stop();
        usage.stop();
        ended.stop();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
