package dev.devmentor.gateway.settings;

import dev.devmentor.gateway.redis.RedisAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Settings in Redis: {@code gateway:settings} is the version in force, {@code gateway:settings:versions} the last versions with the newest
 * first, and the channel {@code gateway.settings} tells of a new one. The keys have no time to live: they are what operators want.
 *
 * <p>Calls wait, for a limited time. After a call that was not answered the connection is given up: a Redis that was frozen may never
 * answer on it.
 */
final class SettingsStore implements AutoCloseable {
    private static final String KEY = "gateway:settings";
    private static final String VERSIONS = "gateway:settings:versions";
    static final String CHANNEL = "gateway.settings";

    /** ARGV: expected version, new value, versions to keep, channel. Answers the version that is in force instead, or -1 if it was written. */
    private static final String PUT = """
            local held = redis.call('GET', KEYS[1])
            local version = 0
            if held then version = cjson.decode(held)['version'] end
            if version ~= tonumber(ARGV[1]) then return version end
            redis.call('SET', KEYS[1], ARGV[2])
            redis.call('LPUSH', KEYS[2], ARGV[2])
            redis.call('LTRIM', KEYS[2], 0, ARGV[3] - 1)
            redis.call('PUBLISH', ARGV[4], tostring(version + 1))
            return -1
            """;

    /** ARGV: version, value, versions to keep. Writes it unless there is one that is as new. */
    private static final String RESTORE = """
            local held = redis.call('GET', KEYS[1])
            if held and cjson.decode(held)['version'] >= tonumber(ARGV[1]) then return 0 end
            redis.call('SET', KEYS[1], ARGV[2])
            redis.call('LPUSH', KEYS[2], ARGV[2])
            redis.call('LTRIM', KEYS[2], 0, ARGV[3] - 1)
            return 1
            """;

    /** Redis does not answer, or not properly. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(Throwable cause) {
            super("Redis does not answer: " + cause.getClass().getSimpleName(), cause);
        }
    }

    private final Vertx vertx;
    private final RedisAddress address;
    private final Duration timeout;
    private final int keep;
    private @Nullable Redis redis;

    SettingsStore(Vertx vertx, RedisAddress address, Duration timeout, int keep) {
        this.vertx = vertx;
        this.address = address;
        this.timeout = timeout;
        this.keep = keep;
    }

    /** The version in force as text; null if there is none. */
    @Nullable String current() throws Unavailable {
        Response response = ask(Request.cmd(Command.GET).arg(KEY));
        return response == null ? null : response.toString();
    }

    /** The last versions as texts, the newest first. */
    List<String> versions() throws Unavailable {
        Response response = ask(Request.cmd(Command.LRANGE).arg(VERSIONS).arg(0).arg(keep - 1));
        List<String> versions = new ArrayList<>();
        if (response != null && response.type() == ResponseType.MULTI) {
            response.forEach(each -> versions.add(each.toString()));
        }
        return versions;
    }

    /** Writes the version after another one, and tells all gateways. Answers what is in force instead, or -1 if it was written. */
    long put(long expected, String next) throws Unavailable {
        Response response = ask(Request.cmd(Command.EVAL)
                .arg(PUT)
                .arg(2)
                .arg(KEY)
                .arg(VERSIONS)
                .arg(expected)
                .arg(next)
                .arg(keep)
                .arg(CHANNEL));
        if (response == null) {
            throw new Unavailable(new IllegalStateException("no answer"));
        }
        return response.toLong();
    }

    /** Brings back a version that Redis has lost. */
    boolean restore(long version, String text) throws Unavailable {
        Response response = ask(Request.cmd(Command.EVAL)
                .arg(RESTORE)
                .arg(2)
                .arg(KEY)
                .arg(VERSIONS)
                .arg(version)
                .arg(text)
                .arg(keep));
        return response != null && response.toLong() == 1;
    }

    /** Runs {@code told} for each message of a new version, until the connection ends; then runs {@code ended}. */
    Future<Void> listen(Runnable told, Runnable ended) {
        Redis subscriber = address.client(vertx);
        return subscriber
                .connect()
                .compose(connection -> {
                    connection.handler(message -> {
                        // Redis 6 pushes, older ones answer with a list.
                        if ((message.type() == ResponseType.PUSH || message.type() == ResponseType.MULTI)
                                && message.size() == 3
                                && message.get(0).toString().equals("message")) {
                            told.run();
                        }
                    });
                    connection.exceptionHandler(failure -> connection.close());
                    connection.endHandler(nothing -> {
                        subscriber.close();
                        ended.run();
                    });
                    return connection
                            .send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL))
                            .<Void>mapEmpty();
                })
                .onFailure(failure -> subscriber.close());
    }

    private @Nullable Response ask(Request request) throws Unavailable {
        Redis using = client();
        try {
            return using.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | CompletionException | IllegalStateException e) {
            giveUp(using);
            throw new Unavailable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(e);
        }
    }

    private synchronized Redis client() {
        Redis known = redis;
        if (known == null) {
            known = address.client(vertx);
            redis = known;
        }
        return known;
    }

    /** Two questions at once may find that it is gone; it is closed once. */
    private synchronized void giveUp(Redis client) {
        if (redis == client) {
            redis = null;
            client.close();
        }
    }

    @Override
    public synchronized void close() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }
}
