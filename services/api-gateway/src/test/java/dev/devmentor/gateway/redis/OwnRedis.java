package dev.devmentor.gateway.redis;

import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Redis that belongs to one test. */
public final class OwnRedis implements AutoCloseable {
    private final Path home;
    private final LocalRedis redis;
    private final Vertx vertx = Vertx.vertx();
    private final Redis client;

    public OwnRedis() {
        try {
            home = Files.createTempDirectory("devmentor-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        redis = new LocalRedis(PartsDirectory.fromEnvironment(), PartPlace.in(home, "redis"), Ports.free());
        redis.start();
        client = Redis.createClient(
                vertx, new RedisOptions().setConnectionString(redis.url()).setMaxWaitingHandlers(100_000));
    }

    public RedisAddress address() {
        return RedisAddress.of(redis.url());
    }

    public String url() {
        return redis.url();
    }

    public LocalRedis process() {
        return redis;
    }

    public @Nullable Response send(Command command, Object... arguments) {
        return await(client.send(Request.cmd(command, arguments)));
    }

    /** Whether it answers; after a kill the first connection may be a dead one. */
    public boolean answers() {
        try {
            return send(Command.PING) != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Sends all without waiting for each. */
    public List<Response> pipeline(List<Request> requests) {
        return await(client.batch(requests));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Redis did not do it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        await(vertx.close());
        redis.resume();
        redis.kill9();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
