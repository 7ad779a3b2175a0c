package dev.devmentor.gateway.limit;

import dev.devmentor.gateway.redis.RedisAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A limiter with event loops of its own, as a gateway process has it. */
final class LimiterProcess implements AutoCloseable {
    /** Long enough that a slow machine never makes a check time out. */
    static final LimiterConfig PATIENT = config(Duration.ofSeconds(20), Duration.ofSeconds(30));
    /** The times that it ships with, but Redis is asked for every request. */
    static final LimiterConfig SHIPPED = config(Duration.ofMillis(3), Duration.ofMillis(50));
    /** Those who are far from their limit are admitted ahead. */
    static final LimiterConfig AHEAD = new Config(
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofMillis(200),
            100,
            Duration.ofSeconds(1));

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RateLimiter limiter;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final List<Context> loops = List.of(vertx.getOrCreateContext(), vertx.getOrCreateContext());
    private int next;

    record Config(
            Duration timeout, Duration openAfter, Duration giveUpAfter, Duration heartbeat, int callers, Duration ahead)
            implements LimiterConfig {}

    record Timed(Decision decision, long tookNanos) {}

    static LimiterConfig config(Duration timeout, Duration openAfter) {
        return new Config(timeout, openAfter, Duration.ofMillis(500), Duration.ofMillis(200), 100, Duration.ZERO);
    }

    LimiterProcess(RedisAddress redis, LimiterConfig config) {
        limiter = new RateLimiter(vertx, redis, config, Clock.systemUTC(), registry);
        limiter.start();
    }

    /** One check, on one event loop after the other. */
    CompletableFuture<Timed> ask(Slot slot, int limit) {
        return ask(List.of(slot), limit).getFirst();
    }

    /** A check for each of them, all in one turn of one event loop. */
    List<CompletableFuture<Timed>> ask(List<Slot> slots, int limit) {
        List<CompletableFuture<Timed>> answers = new ArrayList<>();
        slots.forEach(slot -> answers.add(new CompletableFuture<>()));
        loops.get(next++ % loops.size()).runOnContext(ignored -> {
            for (int i = 0; i < slots.size(); i++) {
                CompletableFuture<Timed> answer = answers.get(i);
                long from = System.nanoTime();
                limiter.check(slots.get(i), limit, null, 0, new Check() {
                    @Override
                    void decided(Decision decision) {
                        answer.complete(new Timed(decision, System.nanoTime() - from));
                    }
                });
            }
        });
        return answers;
    }

    Timed askNow(Slot slot, int limit) {
        return get(ask(slot, limit));
    }

    static Timed get(CompletableFuture<Timed> answer) {
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("nothing was decided", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    double count(String meter) {
        return registry.find(meter).meters().stream()
                .mapToDouble(one -> one.measure().iterator().next().getValue())
                .sum();
    }

    double gauge(String meter) {
        return registry.get(meter).gauge().value();
    }

    @Override
    public void close() {
        limiter.stop();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
