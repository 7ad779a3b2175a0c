package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.redis.RedisAddress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that were ended before their tokens expire. The auth service says so on the Redis channel {@code session.ended}, and leaves {@code
 * session:ended:<sid>} for those who were not listening: these are read at the start and after every reconnection, once the channel is subscribed. Those that are
 * known stay known while Redis is away.
 */
@Singleton
class EndedSessions {
    private static final Logger LOG = Logger.getLogger(EndedSessions.class);
    private static final String CHANNEL = "session.ended";
    private static final String PREFIX = "session:ended:";
    /** A token lives for 15 minutes; clocks differ. */
    private static final long KEPT_MILLIS = Duration.ofMinutes(16).toMillis();

    private static final long PING_MILLIS = 5_000;
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LONGEST_BACKOFF_MILLIS = 2_000;
    private static final int LONGEST_ID = 128;

    private final Vertx vertx;
    private final RedisAddress address;
    private final Clock clock;
    private final int most;
    private final Context context;
    private final Map<String, Long> untilMillis = new ConcurrentHashMap<>();
    private volatile boolean isListening;

    // The rest belongs to the context.
    private @Nullable Redis redis;
    private @Nullable RedisConnection connection;
    private int generation;
    private boolean isStopped;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private long pings = -1;

    EndedSessions(Vertx vertx, RedisAddress address, IdentityConfig config, Clock clock, MeterRegistry registry) {
        this.vertx = vertx;
        this.address = address;
        this.clock = clock;
        this.most = config.endedSessions();
        this.context = vertx.getOrCreateContext();
        Gauge.builder("devmentor.gateway.sessions.ended", untilMillis, Map::size)
                .description("Ended sessions whose tokens may not have expired")
                .register(registry);
        Gauge.builder("devmentor.gateway.sessions.listening", () -> isListening ? 1 : 0)
                .description("1 while this gateway hears at once of sessions that end")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    void start() {
        context.runOnContext(ignored -> connect());
        pings = vertx.setPeriodic(PING_MILLIS, ignored -> context.runOnContext(here -> tend()));
    }

    void stop() {
        vertx.cancelTimer(pings);
        context.runOnContext(ignored -> {
            isStopped = true;
            generation++;
            if (redis != null) {
                redis.close();
            }
        });
    }

    /** Whether a session has ended. */
    boolean contains(String session) {
        return !untilMillis.isEmpty() && untilMillis.containsKey(session);
    }

    /** Whether it hears at once of sessions that end, and has read those that ended before. */
    boolean isListening() {
        return isListening;
    }

    private void add(String session) {
        if (session.isEmpty() || session.length() > LONGEST_ID) {
            return;
        }
        if (untilMillis.size() >= most) {
            forgetOld();
            if (untilMillis.size() >= most) {
                LOG.warn("more sessions end than are remembered: the oldest tokens of some may still be used");
                Iterator<Long> any = untilMillis.values().iterator();
                if (any.hasNext()) {
                    any.next();
                    any.remove();
                }
            }
        }
        untilMillis.put(session, clock.millis() + KEPT_MILLIS);
    }

    private void forgetOld() {
        long now = clock.millis();
        untilMillis.values().removeIf(until -> until <= now);
    }

    private void connect() {
        if (isStopped) {
            return;
        }
        int connecting = ++generation;
        Redis client = address.client(vertx);
        redis = client;
        client.connect()
                .compose(connection -> listen(connection, connecting))
                .timeout(PING_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(ignored -> {
                    if (connecting == generation) {
                        isListening = true;
                        backoffMillis = FIRST_BACKOFF_MILLIS;
                    }
                })
                .onFailure(failure -> lost(connecting, failure.getMessage()));
    }

    private Future<?> listen(RedisConnection connection, int listening) {
        connection.exceptionHandler(failure -> lost(listening, failure.getMessage()));
        connection.endHandler(ignored -> lost(listening, "it closed the connection"));
        connection.handler(this::heard);
        this.connection = connection;
        connection.send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL)).onFailure(failure ->
                lost(listening, failure.getMessage()));
        // On the same connection, so after the subscription: none ends between the two.
        return scan(connection, "0");
    }

    private Future<?> scan(RedisConnection from, String cursor) {
        return from.send(Request.cmd(Command.SCAN)
                        .arg(cursor)
                        .arg("MATCH")
                        .arg(PREFIX + "*")
                        .arg("COUNT")
                        .arg(1000))
                .compose(answer -> {
                    for (Response key : answer.get(1)) {
                        add(key.toString().substring(PREFIX.length()));
                    }
                    String next = answer.get(0).toString();
                    return next.equals("0") ? Future.succeededFuture() : scan(from, next);
                });
    }

    private void heard(@Nullable Response message) {
        if (message != null && message.size() == 3 && "message".equals(message.get(0).toString())) {
            add(message.get(2).toString());
        }
    }

    /** Forgets what is over, and finds out whether the connection is still one. */
    private void tend() {
        forgetOld();
        RedisConnection asked = connection;
        int pinged = generation;
        if (isListening && asked != null) {
            asked.send(Request.cmd(Command.PING))
                    .timeout(PING_MILLIS - 500, TimeUnit.MILLISECONDS)
                    .onFailure(failure -> lost(pinged, failure.getMessage()));
        }
    }

    private void lost(int which, @Nullable String why) {
        if (which != generation || isStopped) {
            return;
        }
        LOG.warnf("this gateway does not hear of sessions that end: %s", why);
        generation++;
        isListening = false;
        connection = null;
        Redis old = redis;
        redis = null;
        if (old != null) {
            old.close();
        }
        long wait = backoffMillis;
        backoffMillis = Math.min(LONGEST_BACKOFF_MILLIS, wait * 2);
        vertx.setTimer(wait, ignored -> context.runOnContext(here -> connect()));
    }
}
