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
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final long TEND_MILLIS = 5_000;
    private static final long PATIENCE_MILLIS = 4_000;
    private static final long CALL_MILLIS = 200;
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LONGEST_BACKOFF_MILLIS = 2_000;
    private static final int LONGEST_ID = 128;

    private final Vertx vertx;
    private final RedisAddress address;
    private final Clock clock;
    private final int most;
    private final Context context;
    private final String echo = "gateway.echo." + UUID.randomUUID();
    private final Map<String, Long> untilMillis = new ConcurrentHashMap<>();
    private volatile boolean isListening;

    // The rest belongs to the context.
    /** One that only listens, since answers and messages would get mixed up on one connection, and one that asks. */
    private List<Redis> clients = List.of();
    /** Whether the last thing that this gateway sent to itself has come back. */
    private boolean hasEcho;

    private int generation;
    private boolean isStopped;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private long tending = -1;

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
        tending = vertx.setPeriodic(TEND_MILLIS, ignored -> context.runOnContext(here -> tend()));
    }

    void stop() {
        vertx.cancelTimer(tending);
        context.runOnContext(ignored -> {
            isStopped = true;
            generation++;
            clients.forEach(Redis::close);
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
        Redis subscriber = address.client(vertx);
        Redis asker = address.client(vertx);
        clients = List.of(subscriber, asker);
        hasEcho = false;
        subscriber
                .connect()
                .onFailure(failure -> lost(connecting, failure.getMessage()))
                .onSuccess(connection -> {
                    connection.exceptionHandler(failure -> lost(connecting, failure.getMessage()));
                    connection.endHandler(ignored -> lost(connecting, "it closed the connection"));
                    connection.handler(message -> heard(connecting, message));
                    connection
                            .send(Request.cmd(Command.SUBSCRIBE).arg(CHANNEL).arg(echo))
                            .onFailure(failure -> lost(connecting, failure.getMessage()));
                    call(connecting);
                });
        vertx.setTimer(
                PATIENCE_MILLIS,
                ignored -> context.runOnContext(here -> {
                    if (!isListening) {
                        lost(connecting, "it was silent for too long");
                    }
                }));
    }

    /** Sends something to itself, again until it comes back: then the subscription is there. */
    private void call(int calling) {
        if (calling == generation && !hasEcho) {
            clients.getLast().send(Request.cmd(Command.PUBLISH).arg(echo).arg(""));
            vertx.setTimer(CALL_MILLIS, ignored -> context.runOnContext(here -> call(calling)));
        }
    }

    private void heard(int hearing, @Nullable Response message) {
        if (hearing != generation
                || message == null
                || message.size() != 3
                || !"message".equals(message.get(0).toString())) {
            return;
        }
        if (CHANNEL.equals(message.get(1).toString())) {
            add(message.get(2).toString());
        } else if (!hasEcho) {
            hasEcho = true;
            if (!isListening) {
                readEnded(hearing);
            }
        }
    }

    /** After the subscription, so none ends between the two. */
    private void readEnded(int reading) {
        scan(clients.getLast(), "0")
                .onFailure(failure -> lost(reading, failure.getMessage()))
                .onSuccess(ignored -> {
                    if (reading == generation) {
                        isListening = true;
                        backoffMillis = FIRST_BACKOFF_MILLIS;
                    }
                });
    }

    private Future<?> scan(Redis from, String cursor) {
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

    /** Forgets what is over, and finds out whether messages still arrive. */
    private void tend() {
        forgetOld();
        int tended = generation;
        if (isListening) {
            hasEcho = false;
            call(tended);
            vertx.setTimer(
                    PATIENCE_MILLIS,
                    ignored -> context.runOnContext(here -> {
                        if (!hasEcho) {
                            lost(tended, "its messages do not arrive");
                        }
                    }));
        }
    }

    private void lost(int which, @Nullable String why) {
        if (which != generation || isStopped) {
            return;
        }
        LOG.warnf("this gateway does not hear of sessions that end: %s", why);
        generation++;
        isListening = false;
        clients.forEach(Redis::close);
        clients = List.of();
        long wait = backoffMillis;
        backoffMillis = Math.min(LONGEST_BACKOFF_MILLIS, wait * 2);
        vertx.setTimer(wait, ignored -> context.runOnContext(here -> connect()));
    }
}
