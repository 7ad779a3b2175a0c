package dev.devmentor.gateway.limit;

import dev.devmentor.gateway.redis.RedisAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * How many gateways there are: each says in the sorted set {@code gateway:instances} when it was last alive. Without Redis the number
 * stays as it was last seen.
 */
final class LiveGateways {
    private static final Logger LOG = Logger.getLogger(LiveGateways.class);

    /** KEYS[1] the set, ARGV[1] this gateway, ARGV[2] milliseconds after which one counts as gone. Answers how many are alive. */
    private static final String SCRIPT = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.set_repl(redis.REPL_NONE)
            redis.call('ZADD', KEYS[1], now, ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
            redis.call('PEXPIRE', KEYS[1], 60000)
            return redis.call('ZCARD', KEYS[1])
            """;

    private static final String KEY = "gateway:instances";
    private static final int MISSED_BEATS = 4;

    private final Vertx vertx;
    private final RedisAddress address;
    private final Duration interval;
    private final String id = UUID.randomUUID().toString();
    private volatile int live = 1;
    private volatile int beats;
    private volatile boolean isStopped;
    private volatile boolean isSilent;
    private long timer = -1;
    private Redis redis;
    private boolean isWaiting;

    LiveGateways(Vertx vertx, RedisAddress address, Duration interval) {
        this.vertx = vertx;
        this.address = address;
        this.interval = interval;
        this.redis = address.client(vertx);
    }

    /** Gateways that are alive, this one among them, as last seen; at least 1. */
    int live() {
        return live;
    }

    /** Whether all gateways know of each other: each has looked since this one said that it is there. */
    boolean isSettled() {
        return beats > 1;
    }

    /** Whether Redis did not answer the last time. */
    boolean isSilent() {
        return isSilent;
    }

    void start() {
        beat();
        timer = vertx.setPeriodic(interval.toMillis(), ignored -> beat());
    }

    /**
     * Says that this one is gone, so that the others need not find out.
     *
     * @return done when Redis has been told; it may never be
     */
    synchronized Future<Void> stop() {
        isStopped = true;
        vertx.cancelTimer(timer);
        Redis using = redis;
        // By the one connection that it has, so after a beat that is under way.
        return using.send(Request.cmd(Command.ZREM).arg(KEY).arg(id))
                .<Void>mapEmpty()
                .onComplete(done -> using.close());
    }

    private synchronized void beat() {
        if (isStopped) {
            return;
        }
        if (isWaiting) {
            // The last one has not been answered: a new connection, the old one may never answer.
            isSilent = true;
            redis.close();
            redis = address.client(vertx);
        }
        isWaiting = true;
        Redis using = redis;
        using.send(Request.cmd(Command.EVAL)
                        .arg(SCRIPT)
                        .arg(1)
                        .arg(KEY)
                        .arg(id)
                        .arg(interval.toMillis() * MISSED_BEATS))
                .onSuccess(this::answered)
                .onFailure(failure -> failed(using, failure));
    }

    private synchronized void answered(Response count) {
        isWaiting = false;
        isSilent = false;
        live = Math.max(1, count.toInteger());
        if (!isSettled()) {
            beats++;
        }
    }

    private synchronized void failed(Redis used, Throwable failure) {
        if (used == redis && !isStopped) {
            isWaiting = false;
            isSilent = true;
            LOG.debugf("could not tell Redis that this gateway is alive: %s", failure.getMessage());
        }
    }
}
