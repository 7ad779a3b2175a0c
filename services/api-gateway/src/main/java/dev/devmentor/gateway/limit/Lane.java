package dev.devmentor.gateway.limit;

import dev.devmentor.gateway.limit.Batch.Entry;
import dev.devmentor.gateway.limit.Decision.Source;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one event loop. One call is under way at a time; what comes meanwhile goes out together once it is answered.
 *
 * <p>A check that has waited for too long is decided here, by what this process knows. Once Redis has been silent for longer, or the connection is
 * lost, checks are decided here at once (the lane is open) until Redis answers again: the call that it owes is the probe, and after a
 * while a new connection. What was admitted here is told to Redis with the next call.
 */
final class Lane {
    private static final Logger LOG = Logger.getLogger(Lane.class);

    private static final byte[] SOURCE = WindowScript.SOURCE.getBytes(StandardCharsets.UTF_8);
    private static final byte[] SHA = WindowScript.SHA.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REDIS_TIME = {'0'};
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** For so long what Redis said last counts when it is late. */
    private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long FIRST_BACKOFF_MILLIS = 50;
    private static final long LONGEST_BACKOFF_MILLIS = 1000;
    /** What is told goes with checks that others wait for: no more at once than about a thousand requests. */
    private static final int MOST_TOLD_BYTES = 4096;

    private static final String RUN = "run_id:";

    private final RateLimiter limiter;
    private final ContextInternal context;
    private final long timeoutNanos;
    private final long openAfterNanos;
    private final long aheadNanos;
    private final long giveUpMillis;
    private final Handler<Void> flush = ignored -> flush();
    private final Handler<Void> look = ignored -> look();
    private final Runnable lookOnContext;

    private Batch waiting = new Batch();
    private @Nullable Batch spare;
    private final Deque<Batch> full = new ArrayDeque<>();
    private @Nullable Batch flying;

    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    /** Changes with the connection; what an old one still says is not heard. */
    private int generation;
    /** Whether Redis owes an answer, and since when. */
    private boolean isAwaiting;

    private long awaitingSinceNanos;
    private volatile boolean isOpen;
    private boolean isStopped;
    private boolean isFlushDue;
    private boolean isLookDue;
    private boolean isSecondLook;
    private long lookDueNanos;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;

    Lane(RateLimiter limiter, ContextInternal context) {
        this.limiter = limiter;
        this.context = context;
        this.timeoutNanos = limiter.config().timeout().toNanos();
        this.openAfterNanos = limiter.config().openAfter().toNanos();
        this.aheadNanos = limiter.config().ahead().toNanos();
        this.giveUpMillis = limiter.config().giveUpAfter().toMillis();
        this.lookOnContext = () -> context.emit(look);
    }

    /** Whether checks are decided here without asking. */
    boolean isOpen() {
        return isOpen;
    }

    void start() {
        context.runOnContext(ignored -> connect());
    }

    void stop() {
        context.runOnContext(ignored -> {
            isStopped = true;
            generation++;
            connection = null;
            if (client != null) {
                client.close();
            }
            open();
        });
    }

    /** As {@link RateLimiter#check}; on this lane's event loop. */
    void check(Slot slot, int limit, @Nullable DayQuota quota, int perDay, Check check) {
        long now = System.nanoTime();
        long refused = slot.refusedFor(limit, now);
        if (refused > 0) {
            long day = quota == null ? 0 : limiter.dayMillis();
            int dayLeft = quota == null ? 0 : quota.left(limiter.today(), perDay, 1);
            decide(check, new Decision(false, limit, 0, ceilMillis(refused), perDay, dayLeft, day, Source.REMEMBERED));
            return;
        }
        if (isOpen) {
            if (alone(slot, limit, quota, perDay, check, Source.UNREACHABLE)) {
                untold(slot, quota);
            }
            return;
        }
        if (quota == null && aheadNanos > 0 && ahead(slot, limit, check, now)) {
            return;
        }
        check.sinceNanos = now;
        if (waiting.isFull()) {
            full.add(waiting);
            waiting = new Batch();
        }
        waiting.add(slot, limit, quota, perDay, check);
        if (flying == null && !isFlushDue) {
            // Not at once: what else this turn of the event loop brings goes with it.
            isFlushDue = true;
            context.runOnContext(flush);
        }
        lookIn(timeoutNanos);
    }

    /** Most requests of a caller who is far from the limit are told to Redis some at a time. */
    private boolean ahead(Slot slot, int limit, Check check, long now) {
        LiveGateways gateways = limiter.gateways();
        int nowMillis = limiter.nowMillis();
        if (!gateways.isSettled() || !slot.tryAhead(limit, gateways.live(), aheadNanos, now, nowMillis)) {
            return false;
        }
        if (slot.addUntold(nowMillis)) {
            limiter.later().add(slot);
        }
        limiter.metrics().ahead();
        decide(check, new Decision(true, limit, slot.leftAhead(), slot.moreAhead(now), 0, 0, 0, Source.AHEAD));
        return true;
    }

    /** Tells what there is to tell, also if nobody asks. On any thread. */
    void tellSoon() {
        context.runOnContext(ignored -> {
            if (!isOpen && !isFlushDue && flying == null && !limiter.untold().isEmpty()) {
                isFlushDue = true;
                context.runOnContext(flush);
            }
        });
    }

    private void flush() {
        isFlushDue = false;
        RedisConnection to = connection;
        if (flying != null || to == null || isOpen) {
            return;
        }
        Batch batch = full.poll();
        if (batch == null) {
            batch = waiting;
            waiting = spare != null ? spare : new Batch();
            spare = null;
        }
        flying = batch;
        send(to, batch);
    }

    private void send(RedisConnection to, Batch batch) {
        Buffer spec = Buffer.buffer(16 + 8 * batch.entries().size());
        List<byte[]> keys = new ArrayList<>(batch.entries().size() + 4);
        tell(batch, spec, keys);
        for (Entry entry : batch.entries()) {
            entry.units = undecided(entry);
            if (entry.units > 0) {
                Told admittedAhead = entry.slot.tell(spec, limiter.nowMillis());
                if (admittedAhead != null) {
                    batch.told().add(admittedAhead);
                    keys.add(entry.slot.key());
                }
                DayQuota quota = entry.quota;
                spec.appendByte((byte) (quota == null ? 0 : WindowScript.QUOTA))
                        .appendUnsignedShort(entry.units)
                        .appendUnsignedInt(entry.limit);
                keys.add(entry.slot.key());
                if (quota != null) {
                    spec.appendUnsignedInt(entry.perDay);
                    keys.add(quota.key());
                }
            }
        }
        if (keys.isEmpty()) {
            landed(batch);
            return;
        }
        await();
        int sentWith = generation;
        limiter.metrics().call();
        call(to, Command.EVALSHA, SHA, keys, spec).onComplete(result -> {
            if (sentWith != generation) {
                return;
            }
            if (result.failed() && isNoScript(result.cause())) {
                call(to, Command.EVAL, SOURCE, keys, spec).onComplete(second -> {
                    if (sentWith == generation) {
                        answered(batch, second.result(), second.cause());
                    }
                });
            } else {
                answered(batch, result.result(), result.cause());
            }
        });
    }

    private static io.vertx.core.Future<@Nullable Response> call(
            RedisConnection to, Command command, byte[] script, List<byte[]> keys, Buffer spec) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        for (byte[] key : keys) {
            request.arg(key);
        }
        return to.send(request.arg(spec).arg(REDIS_TIME));
    }

    private void tell(Batch batch, Buffer spec, List<byte[]> keys) {
        while (spec.length() < MOST_TOLD_BYTES) {
            Tellable of = limiter.untold().poll();
            if (of == null) {
                return;
            }
            Told what = of.tell(spec, limiter.nowMillis());
            if (what != null) {
                batch.told().add(what);
                keys.add(of.key());
            }
        }
    }

    private static boolean isNoScript(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }

    private void answered(Batch batch, @Nullable Response response, @Nullable Throwable failure) {
        isAwaiting = false;
        if (failure != null || response == null) {
            // It answers, but not what was asked: it is loading, full, or a replica.
            LOG.debugf("Redis refuses to check limits: %s", failure == null ? "no answer" : failure.getMessage());
            missed(batch);
            open();
            probeLater();
            return;
        }
        byte[] reply = response.toBytes();
        int at = 0;
        for (Told told : batch.told()) {
            limiter.metrics().told(told.of() instanceof Slot ? told.what().length : 0);
        }
        for (Entry entry : batch.entries()) {
            if (entry.units > 0) {
                at = answered(entry, reply, at);
            }
        }
        landed(batch);
        alive();
    }

    private int answered(Entry entry, byte[] reply, int from) {
        int admitted = ((reply[from] & 0xFF) << 8) | (reply[from + 1] & 0xFF);
        int left = int32(reply, from + 2);
        long more = int32(reply, from + 6);
        int at = from + 10;
        int dayLeft = 0;
        long dayMillis = 0;
        DayQuota quota = entry.quota;
        if (quota != null) {
            dayLeft = int32(reply, at);
            dayMillis = int32(reply, at + 4);
            at += 8;
            quota.known(limiter.today(), (long) entry.perDay - dayLeft);
        }
        int counted = Math.min(admitted, entry.admittedMeanwhile);
        for (int i = counted; i < entry.admittedMeanwhile; i++) {
            untold(entry.slot, quota);
        }
        // Those that were refused here meanwhile are counted in Redis all the same; they are gone.
        int open = Math.min(admitted - counted, undecided(entry));
        if (open > 0) {
            entry.slot.admitted(limiter.nowMillis(), open);
        }
        if (quota == null && admitted > 0) {
            entry.slot.known(entry.limit, left, more, System.nanoTime());
        }
        if (left == 0 && more > 0) {
            entry.slot.refused(entry.limit, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(more));
        }
        for (Check check = entry.first(); check != null; check = check.next) {
            if (!check.isDecided) {
                boolean allowed = open > 0;
                open = Math.max(0, open - 1);
                decide(
                        check,
                        new Decision(
                                allowed,
                                entry.limit,
                                left + open,
                                more,
                                entry.perDay,
                                dayLeft + open,
                                dayMillis,
                                Source.REDIS));
            }
        }
        return at;
    }

    private static int int32(byte[] from, int at) {
        return ((from[at] & 0xFF) << 24)
                | ((from[at + 1] & 0xFF) << 16)
                | ((from[at + 2] & 0xFF) << 8)
                | (from[at + 3] & 0xFF);
    }

    /** The call is over; its batch may be used again. */
    private void landed(Batch batch) {
        flying = null;
        batch.clear();
        spare = batch;
        if (!isFlushDue && (!waiting.isEmpty() || !full.isEmpty())) {
            isFlushDue = true;
            context.runOnContext(flush);
        }
    }

    /** Whether the call was heard is not known: nothing of it counts as told. */
    private void missed(Batch batch) {
        for (Told told : batch.told()) {
            if (told.of().tellAgain(told)) {
                limiter.untold().add(told.of());
            }
        }
        for (Entry entry : batch.entries()) {
            for (int i = 0; i < entry.admittedMeanwhile; i++) {
                untold(entry.slot, entry.quota);
            }
            aloneAll(entry, Source.UNREACHABLE, false);
        }
        landed(batch);
    }

    private void await() {
        isAwaiting = true;
        awaitingSinceNanos = System.nanoTime();
        lookIn(timeoutNanos);
    }

    private void lookIn(long nanos) {
        if (!isLookDue) {
            isLookDue = true;
            lookDueNanos = System.nanoTime() + nanos;
            context.nettyEventLoop().schedule(lookOnContext, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Decides what has waited for too long. */
    private void look() {
        long now = System.nanoTime();
        if (now - lookDueNanos > LATE_NANOS && !isSecondLook) {
            // This loop was busy, and perhaps not Redis: what has arrived meanwhile is read first.
            isSecondLook = true;
            context.nettyEventLoop().schedule(lookOnContext, 0, TimeUnit.NANOSECONDS);
            return;
        }
        isSecondLook = false;
        isLookDue = false;
        long oldest = Long.MAX_VALUE;
        Batch sent = flying;
        if (sent != null) {
            oldest = overdue(sent, true, now, oldest);
        }
        for (Batch batch : full) {
            oldest = overdue(batch, false, now, oldest);
        }
        oldest = overdue(waiting, false, now, oldest);
        if (isAwaiting && now - awaitingSinceNanos >= openAfterNanos) {
            open();
        } else if (oldest != Long.MAX_VALUE) {
            lookIn(Math.max(LATE_NANOS / 10, timeoutNanos - oldest));
        } else if (isAwaiting) {
            lookIn(timeoutNanos);
        }
    }

    /** @return the longest time that a check has waited which was left undecided, or {@code oldest} if that is longer; MAX_VALUE for none */
    private long overdue(Batch batch, boolean isFlying, long now, long oldest) {
        long longest = oldest;
        for (Entry entry : batch.entries()) {
            for (Check check = entry.first(); check != null; check = check.next) {
                if (!check.isDecided) {
                    long waited = now - check.sinceNanos;
                    if (waited >= timeoutNanos) {
                        alone(entry, check, Source.TIMED_OUT, isFlying);
                    } else {
                        longest = longest == Long.MAX_VALUE ? waited : Math.max(longest, waited);
                    }
                }
            }
        }
        return longest;
    }

    /** From now on nobody waits for Redis. */
    private void open() {
        if (!isOpen) {
            isOpen = true;
            if (!isStopped) {
                LOG.warn("Redis does not answer: limits are checked by this gateway alone until it does");
            }
        }
        Batch sent = flying;
        if (sent != null) {
            for (Entry entry : sent.entries()) {
                aloneAll(entry, Source.UNREACHABLE, true);
            }
        }
        for (Batch batch = full.poll(); batch != null; batch = full.poll()) {
            aloneAll(batch);
        }
        aloneAll(waiting);
        if (isAwaiting && !isStopped) {
            int silent = generation;
            long since = awaitingSinceNanos;
            limiter.vertx()
                    .setTimer(
                            giveUpMillis,
                            ignored -> context.runOnContext(here -> {
                                if (silent == generation && isAwaiting && since == awaitingSinceNanos) {
                                    lost(silent, "it was silent for too long");
                                }
                            }));
        }
    }

    private void aloneAll(Batch batch) {
        for (Entry entry : batch.entries()) {
            aloneAll(entry, Source.UNREACHABLE, false);
        }
        batch.clear();
    }

    private void aloneAll(Entry entry, Source source, boolean isFlying) {
        for (Check check = entry.first(); check != null; check = check.next) {
            if (!check.isDecided) {
                alone(entry, check, source, isFlying);
            }
        }
    }

    private void alone(Entry entry, Check check, Source source, boolean isFlying) {
        if (alone(entry.slot, entry.limit, entry.quota, entry.perDay, check, source)) {
            if (isFlying) {
                entry.admittedMeanwhile++;
            } else {
                untold(entry.slot, entry.quota);
            }
        }
    }

    /** Decides by what this process knows, within its share of the limits. */
    private boolean alone(Slot slot, int limit, @Nullable DayQuota quota, int perDay, Check check, Source source) {
        int gateways = limiter.gateways().live();
        int share = limit == 0 ? 0 : Math.max(1, limit / gateways);
        int now = limiter.nowMillis();
        int dayLeft = quota == null ? 0 : quota.left(limiter.today(), perDay, gateways);
        int left = quota != null && dayLeft == 0
                ? -1
                : slot.tryAlone(limit, share, gateways, BELIEVED_NANOS, System.nanoTime(), now);
        boolean allowed = left >= 0;
        if (allowed && quota != null) {
            quota.addOwn();
            dayLeft--;
        }
        int rest = allowed ? left : slot.leftAlone(now, share);
        limiter.metrics().fallback(source);
        decide(
                check,
                new Decision(
                        allowed,
                        limit,
                        rest,
                        slot.moreMillis(now, share),
                        perDay,
                        Math.max(0, dayLeft),
                        quota == null ? 0 : limiter.dayMillis(),
                        source));
        return allowed;
    }

    private void untold(Slot slot, @Nullable DayQuota quota) {
        if (slot.addUntold(limiter.nowMillis())) {
            limiter.untold().add(slot);
        }
        if (quota != null && quota.addUntold()) {
            limiter.untold().add(quota);
        }
    }

    private static void decide(Check check, Decision decision) {
        check.isDecided = true;
        try {
            check.decided(decision);
        } catch (RuntimeException e) {
            // One request that goes wrong from here must not leave the others of its batch without an answer.
            LOG.error("a request failed after its limits were checked", e);
        }
    }

    private static int undecided(Entry entry) {
        int count = 0;
        for (Check check = entry.first(); check != null; check = check.next) {
            if (!check.isDecided) {
                count++;
            }
        }
        return count;
    }

    private void connect() {
        if (isStopped) {
            return;
        }
        int connecting = ++generation;
        Redis to = limiter.redis().client(limiter.vertx());
        client = to;
        await();
        to.connect().onComplete(result -> {
            if (connecting != generation) {
                return;
            }
            if (result.failed()) {
                lost(connecting, result.cause().getMessage());
                return;
            }
            RedisConnection made = result.result();
            made.exceptionHandler(failure -> lost(connecting, failure.getMessage()));
            made.endHandler(ignored -> lost(connecting, "it closed the connection"));
            connection = made;
            made.send(Request.cmd(Command.INFO).arg("server")).onComplete(info -> {
                if (connecting == generation) {
                    if (info.succeeded()) {
                        runOf(info.result().toString()).ifPresent(limiter::reached);
                    }
                    probe();
                }
            });
        });
        if (isOpen) {
            open();
        }
    }

    private static Optional<String> runOf(String info) {
        return info.lines()
                .filter(line -> line.startsWith(RUN))
                .map(line -> line.substring(RUN.length()).strip())
                .findFirst();
    }

    private void lost(int which, @Nullable String why) {
        if (which != generation || isStopped) {
            return;
        }
        LOG.debugf("the connection to Redis for limits is lost: %s", why);
        generation++;
        connection = null;
        isAwaiting = false;
        Redis old = client;
        client = null;
        if (old != null) {
            old.close();
        }
        open();
        Batch sent = flying;
        if (sent != null) {
            missed(sent);
        }
        limiter.vertx().setTimer(backoff(), ignored -> context.runOnContext(here -> connect()));
    }

    private long backoff() {
        long wait = backoffMillis;
        backoffMillis = Math.min(LONGEST_BACKOFF_MILLIS, wait * 2);
        return wait;
    }

    private void probeLater() {
        int probed = generation;
        limiter.vertx()
                .setTimer(
                        backoff(),
                        ignored -> context.runOnContext(here -> {
                            if (probed == generation) {
                                probe();
                            }
                        }));
    }

    /** A call for nobody; it brings the script along. */
    private void probe() {
        RedisConnection to = connection;
        if (to == null || flying != null) {
            return;
        }
        int probed = generation;
        await();
        call(to, Command.EVAL, SOURCE, List.of(), Buffer.buffer()).onComplete(result -> {
            if (probed != generation) {
                return;
            }
            isAwaiting = flying != null;
            if (result.succeeded()) {
                alive();
            } else if (connection != null) {
                LOG.debugf("Redis refuses to check limits: %s", result.cause().getMessage());
                open();
                probeLater();
            }
        });
        if (isOpen) {
            open();
        }
    }

    private void alive() {
        backoffMillis = FIRST_BACKOFF_MILLIS;
        if (isOpen) {
            isOpen = false;
            LOG.info("Redis answers again: limits are checked there");
        }
        if (!isFlushDue && flying == null && (!limiter.untold().isEmpty() || !waiting.isEmpty())) {
            isFlushDue = true;
            context.runOnContext(flush);
        }
    }

    private static long ceilMillis(long nanos) {
        return (nanos + 999_999) / 1_000_000;
    }
}
