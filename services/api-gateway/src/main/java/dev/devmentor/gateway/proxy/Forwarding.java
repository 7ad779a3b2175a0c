package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.balance.Lease;
import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.balance.Upstreams;
import dev.devmentor.gateway.breaker.Breaker;
import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.retry.Retries;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.wire.FieldNames;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its way to a service, with all its tries, and the answer on its way back. Belongs to one event loop. */
final class Forwarding implements Runnable {
    private static final long EXTEND_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LEAST_OF_BODY = 4096;
    private static final AsciiString CLOSE = AsciiString.cached("close");

    @Nullable Forwarding previousInLoop;

    @Nullable Forwarding nextInLoop;

    private final ProxyLoop loop;
    private final LiveExchange exchange;
    private final HttpServerRequest request;
    private final HttpMethod method;
    private final Route route;
    private final String service;
    private final Upstreams upstreams;
    private final Breaker breaker;
    private final Retries retries;
    private final AnswerCache cache;
    private final RequestHeaders requestHeaders;
    private final ProxyMetrics.OfRoute metrics;
    private final boolean upgrade;
    private final boolean streams;

    // of the request's body
    private @Nullable Buffer kept;
    private boolean bodyStarted;
    private boolean bodyComplete;
    private long bodyBytes;
    private long bodySinceNanos;
    private long bodyBytesThen;
    // of the tries
    private int tries;
    private Set<Instance> tried = Set.of();
    private @Nullable Lease lease;
    private @Nullable Link link;
    private boolean waiting;
    private boolean triedAfterStale;
    private long deadlineNanos;
    // For all tries together.
    private long endNanos;
    // of the answer
    private boolean begun;
    private boolean finished;
    private boolean extended;
    private long activeNanos;
    private AnswerCache.@Nullable Key key;
    private @Nullable Keeping keeping;
    private @Nullable NetSocket socket;

    Forwarding(
            ProxyLoop loop,
            LiveExchange exchange,
            Route route,
            String service,
            Upstreams upstreams,
            Breaker breaker,
            Retries retries,
            AnswerCache cache,
            RequestHeaders requestHeaders,
            ProxyMetrics.OfRoute metrics) {
        this.loop = loop;
        this.exchange = exchange;
        this.request = exchange.request();
        this.route = route;
        this.service = service;
        this.upstreams = upstreams;
        this.breaker = breaker;
        this.retries = retries;
        this.cache = cache;
        this.requestHeaders = requestHeaders;
        this.metrics = metrics;
        method = request.method().toNetty();
        long length = exchange.bodyLength();
        upgrade = length == 0 && isWebSocket(request);
        streams = length < 0 || length > loop.config.keptBodyBytes();
        bodyComplete = length == 0;
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        String upgrade = request.getHeader(FieldNames.UPGRADE);
        return upgrade != null
                && upgrade.equalsIgnoreCase("websocket")
                && request.version() == HttpVersion.HTTP_1_1
                && request.method() == io.vertx.core.http.HttpMethod.GET
                && request.headers().contains(FieldNames.CONNECTION)
                && request.getHeader(FieldNames.CONNECTION)
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("upgrade");
    }

    void start() {
        loop.add(this);
        loop.metrics.began();
        activeNanos = exchange.beganNanos();
        exchange.whenEnded(this);
        long length = exchange.bodyLength();
        if (length > route.maxBodyBytes()) {
            tooLarge();
        } else if (length == 0 || streams) {
            first();
        } else {
            Buffer body = Buffer.buffer((int) length);
            kept = body;
            goOnWithBody();
            request.handler(body::appendBuffer);
            request.endHandler(end -> {
                bodyComplete = true;
                first();
            });
            request.resume();
        }
    }

    private void goOnWithBody() {
        if (request.headers().contains("expect")) {
            request.response().writeContinue();
        }
    }

    private void first() {
        if (finished) {
            return;
        }
        key = AnswerCache.key(exchange, route);
        retries.firstTry(service);
        tryOnce();
    }

    private void tryOnce() {
        if (finished) {
            return;
        }
        if (!breaker.tryAcquire()) {
            unavailable(breaker.retryAfterSeconds());
            return;
        }
        Lease next = upstreams.lease(service, exchange, tried);
        if (next == null) {
            breaker.abandoned();
            unavailable(upstreams.retryAfterSeconds(service));
            return;
        }
        lease = next;
        tries++;
        triedAfterStale = false;
        if (bodyComplete) {
            startClock();
        }
        connect(next.instance());
    }

    /** The time of the route runs from when the whole request is there. */
    private void startClock() {
        if (endNanos == 0) {
            endNanos = System.nanoTime() + route.timeout().toNanos();
        }
        deadlineNanos = endNanos;
    }

    private void connect(Instance instance) {
        waiting = true;
        boolean taken = instance.http2() && !upgrade
                ? loop.http2().acquire(this, instance)
                : loop.pool(instance).acquire(this);
        if (!taken) {
            waiting = false;
            abandonTry();
            finish(GatewayProblem.unavailable(1, "too many requests wait for the service"));
        }
    }

    // What the transport asks.

    /** Whether this request still waits for a connection. */
    boolean isWaiting() {
        return waiting && !finished;
    }

    HttpMethod method() {
        return method;
    }

    LiveExchange exchange() {
        return exchange;
    }

    boolean isUpgrade() {
        return upgrade;
    }

    boolean isChunkedRequest() {
        return exchange.bodyLength() < 0;
    }

    boolean hasMoreBody() {
        return streams;
    }

    long bodyLength() {
        return exchange.bodyLength();
    }

    @Nullable ByteBuf keptBody() {
        return kept == null ? null : VertxBuffers.octets(kept);
    }

    /** Writes the head; returns the body that goes with it. */
    @Nullable ByteBuf writeHead(ByteBuf out, byte[] hostLine) {
        requestHeaders.write(out, exchange, hostLine, exchange.bodyLength(), upgrade);
        return keptBody();
    }

    void copyHeaders(MultiMap out) {
        requestHeaders.copy(exchange, out);
    }

    // What the transport tells.

    void linked(Link to) {
        waiting = false;
        if (finished) {
            to.abort();
            return;
        }
        link = to;
        if (streams && !bodyStarted) {
            bodyStarted = true;
            goOnWithBody();
            request.handler(this::bodyData);
            request.endHandler(this::bodyEnd);
            request.resume();
        }
    }

    private void bodyData(Buffer data) {
        if (finished) {
            return;
        }
        bodyBytes += data.length();
        activeNanos = System.nanoTime();
        if (bodyBytes > route.maxBodyBytes()) {
            if (link != null) {
                link.abort();
            }
            abandonTry();
            tooLarge();
            return;
        }
        if (link != null && data.length() > 0) {
            link.send(VertxBuffers.octets(data));
            if (!link.isWritable()) {
                request.pause();
            }
        }
    }

    private void bodyEnd(Void end) {
        bodyComplete = true;
        if (!finished && link != null) {
            link.endOfRequest();
            if (!begun) {
                startClock();
            }
        }
    }

    void linkWritable() {
        if (socket != null) {
            socket.resume();
        } else if (streams && !finished && !bodyComplete) {
            request.resume();
        }
    }

    void whole(AnswerHead head, ByteBuf body) {
        if (finished) {
            return;
        }
        link = null;
        if (isFailure(head.status()) && triesAgain(head)) {
            return;
        }
        succeeded();
        HttpServerResponse response = request.response();
        finished = true;
        boolean leaves = writeHead(response, head, true);
        Keeping whole = Keeping.of(cache, key, route.cacheSeconds(), head, exchange.answerHeaders());
        if (whole != null) {
            whole.add(body);
            whole.complete();
        }
        if (body.isReadable()) {
            response.end(VertxBuffers.copy(body), null);
        } else {
            response.end();
        }
        if (leaves) {
            exchange.closeAfterBody();
        }
    }

    void begun(AnswerHead head, boolean flush) {
        if (finished) {
            return;
        }
        if (isFailure(head.status())) {
            Link failing = link;
            if (triesAgain(head)) {
                if (failing != null) {
                    failing.abort();
                }
                return;
            }
        }
        begun = true;
        deadlineNanos = 0;
        activeNanos = System.nanoTime();
        HttpServerResponse response = request.response();
        writeHead(response, head, false);
        keeping = Keeping.of(cache, key, route.cacheSeconds(), head, exchange.answerHeaders());
        if (flush) {
            if (request.version() == HttpVersion.HTTP_1_0) {
                return;
            }
            response.writeHead();
        }
    }

    void data(ByteBuf data) {
        activeNanos = System.nanoTime();
        if (socket != null) {
            socket.write(VertxBuffers.copy(data), null);
            if (socket.writeQueueFull() && link != null) {
                link.pause();
            }
            return;
        }
        if (finished) {
            return;
        }
        HttpServerResponse response = request.response();
        if (keeping != null) {
            keeping.add(data);
        }
        response.write(VertxBuffers.copy(data), null);
        if (response.writeQueueFull() && link != null) {
            Link paused = link;
            paused.pause();
            response.drainHandler(drained -> {
                if (link == paused) {
                    paused.resume();
                }
            });
        }
    }

    void completed() {
        if (socket != null) {
            socket.close();
            return;
        }
        if (finished) {
            return;
        }
        link = null;
        finished = true;
        succeeded();
        if (keeping != null) {
            keeping.complete();
        }
        boolean leaves = leavesBody();
        HttpServerResponse response = request.response();
        boolean untilClose =
                request.version() == HttpVersion.HTTP_1_0 && !response.headers().contains(FieldNames.CONTENT_LENGTH);
        restoreIdle();
        response.end();
        if (leaves) {
            exchange.closeAfterBody();
        } else if (untilClose) {
            request.connection().close();
        }
    }

    /** 101: the rest of both connections is the WebSocket's. */
    void switched(AnswerHead head) {
        Link to = link;
        if (finished || to == null) {
            return;
        }
        deadlineNanos = 0;
        begun = true;
        succeeded();
        MultiMap headers = request.response().headers();
        AnswerFields.copy(head, exchange.answerHeaders(), headers, true);
        headers.remove(FieldNames.CONTENT_LENGTH);
        headers.add(FieldNames.CONNECTION, FieldNames.UPGRADE);
        headers.add(FieldNames.UPGRADE, "websocket");
        exchange.answerHeaders().writeTo(headers, exchange.requestId(), exchange.isSecure());
        extendIdle();
        to.pause();
        request.toNetSocket().onComplete(upgraded -> {
            if (upgraded.failed()) {
                to.abort();
                exchange.abort();
                return;
            }
            NetSocket opened = upgraded.result();
            socket = opened;
            opened.handler(data -> {
                activeNanos = System.nanoTime();
                to.send(VertxBuffers.octets(data));
                if (!to.isWritable()) {
                    opened.pause();
                }
            });
            opened.drainHandler(drained -> to.resume());
            opened.exceptionHandler(broken -> opened.close());
            opened.closeHandler(closed -> {
                finished = true;
                to.abort();
                exchange.ended();
            });
            to.resume();
        });
    }

    void failed(Failure how) {
        waiting = false;
        if (socket != null) {
            socket.close();
            return;
        }
        if (finished) {
            return;
        }
        Link broken = link;
        link = null;
        if (begun) {
            finished = true;
            failTry(how);
            if (request.response().headWritten()) {
                exchange.abort();
            } else {
                // Nothing has gone out yet: it can still be said.
                request.response().setChunked(false);
                exchange.refuse(GatewayProblem.badAnswer());
            }
            return;
        }
        if (broken != null
                && how == Failure.CLOSED
                && broken.isUntouched()
                && !triedAfterStale
                && isIdempotent()
                && bodyIsKept()
                && lease != null) {
            // The other end ended an idle connection just now (RFC 9112 section 9.3.1): that is no failure of the
            // instance.
            triedAfterStale = true;
            loop.pool(lease.instance()).forgetIdle();
            connect(lease.instance());
            return;
        }
        failTry(how);
        if (!scheduleNext(how)) {
            finish(
                    switch (how) {
                        case TIMEOUT -> GatewayProblem.timeout();
                        case CONNECT ->
                            GatewayProblem.unavailable(
                                    upstreams.retryAfterSeconds(service), "the service cannot be reached");
                        default -> GatewayProblem.badAnswer();
                    });
        }
    }

    /** Looks at the clock. */
    void tick(long now) {
        if (finished && socket == null) {
            return;
        }
        long deadline = deadlineNanos;
        if (deadline != 0 && !begun && now - deadline > 0 && lease != null) {
            Link late = link;
            if (late != null) {
                late.abort();
            }
            failed(Failure.TIMEOUT);
            return;
        }
        if (!bodyComplete && !begun && isBodyLate(now)) {
            Link open = link;
            if (open != null) {
                open.abort();
            }
            abandonTry();
            finished = true;
            exchange.refuse(GatewayProblem.requestTimeout("the body of the request came too slowly"));
            return;
        }
        long silent = now - activeNanos;
        if (begun && silent > loop.config.streamIdleTimeout().toNanos()) {
            Link late = link;
            if (late != null) {
                late.abort();
            }
            failed(Failure.TIMEOUT);
        } else if (silent > EXTEND_AFTER_NANOS && !extended) {
            extendIdle();
        }
    }

    /** Whether the caller is at fault that the body is not there: not while the instance takes no more, or is waited for. */
    private boolean isBodyLate(long now) {
        Link to = link;
        boolean ours = kept == null && (to == null || !to.isWritable());
        long received = kept == null ? bodyBytes : kept.length();
        if (ours || bodySinceNanos == 0 || received - bodyBytesThen >= LEAST_OF_BODY) {
            bodySinceNanos = now;
            bodyBytesThen = received;
            return false;
        }
        return now - bodySinceNanos > loop.config.bodyTimeout().toNanos();
    }

    /** The exchange has ended, one way or another. */
    @Override
    public void run() {
        loop.remove(this);
        loop.metrics.ended();
        HttpServerResponse response = request.response();
        boolean answered = response.headWritten() || socket != null;
        metrics.ended(answered ? response.getStatusCode() : 0, System.nanoTime() - exchange.beganNanos());
        if (!finished) {
            finished = true;
            Link open = link;
            link = null;
            if (open != null) {
                open.abort();
            }
            abandonTry();
        }
    }

    // Tries.

    private static boolean isFailure(int status) {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    private boolean isIdempotent() {
        return method != HttpMethod.POST && method != HttpMethod.PATCH;
    }

    private boolean bodyIsKept() {
        return !bodyStarted;
    }

    /** The instance answered that it is not well: whether something else is done than showing that. */
    private boolean triesAgain(AnswerHead head) {
        failTry(Failure.STATUS);
        link = null;
        return scheduleNext(Failure.STATUS) || head.status() != 500 && showKept(111);
    }

    private boolean scheduleNext(Failure how) {
        Duration wait = retries.next(exchange, how, tries, bodyIsKept());
        if (wait == null) {
            return false;
        }
        metrics.retried();
        Set<Instance> been = new HashSet<>(tried);
        if (failedInstance != null) {
            been.add(failedInstance);
        }
        tried = been;
        deadlineNanos = 0;
        if (wait.isZero()) {
            loop.eventLoop.execute(this::tryOnce);
        } else {
            loop.eventLoop.schedule(this::tryOnce, wait.toNanos(), TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private @Nullable Instance failedInstance;

    private void failTry(Failure how) {
        Lease ended = lease;
        lease = null;
        if (ended != null) {
            failedInstance = ended.instance();
            ended.failed(how);
            breaker.failed();
            metrics.failed(how);
        }
    }

    private void succeeded() {
        Lease ended = lease;
        lease = null;
        if (ended != null) {
            ended.succeeded();
            breaker.succeeded();
        }
    }

    private void abandonTry() {
        Lease ended = lease;
        lease = null;
        if (ended != null) {
            ended.abandoned();
            breaker.abandoned();
        }
    }

    // Answers.

    private void unavailable(long retryAfterSeconds) {
        if (!showKept(110)) {
            finish(GatewayProblem.unavailable(retryAfterSeconds, "the service is not available"));
        }
    }

    private void finish(GatewayProblem problem) {
        if (problem.status() != 413 && showKept(111)) {
            return;
        }
        finished = true;
        if (problem.status() != 503 || upstreams.isInstalled(service)) {
            exchange.refuse(problem);
        } else if (exchange.path().equals("/") && (method == HttpMethod.GET || method == HttpMethod.HEAD)) {
            // Without a frontend there is still a page to begin at.
            exchange.answerHeader("Location", "/portal");
            exchange.answerHeader("Cache-Control", "no-store");
            exchange.answer(302);
        } else {
            exchange.refuse(new GatewayProblem(
                    problem.type(),
                    problem.title(),
                    problem.status(),
                    "this installation has no " + service,
                    problem.headers()));
        }
    }

    private void tooLarge() {
        finished = true;
        exchange.refuse(GatewayProblem.of(
                "too-large", "The body is too large", 413, "a body may have " + route.maxBodyBytes() + " bytes here"));
    }

    /** Shows an answer from before, if there is one for this caller. */
    private boolean showKept(int warning) {
        if (key == null || finished) {
            return false;
        }
        long now = System.nanoTime();
        AnswerCache.Kept answer = cache.find(key, now);
        if (answer == null) {
            return false;
        }
        finished = true;
        metrics.cached();
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        MultiMap headers = response.headers();
        for (int i = 0; i < answer.names().size(); i++) {
            if (!exchange.answerHeaders().replaces(answer.names().get(i))) {
                headers.add(answer.names().get(i), answer.values().get(i));
            }
        }
        headers.set("age", Long.toString(ageThen(headers) + TimeUnit.NANOSECONDS.toSeconds(now - answer.atNanos())));
        headers.add(
                "warning",
                warning == 110 ? "110 devmentor \"Response is Stale\"" : "111 devmentor \"Revalidation Failed\"");
        exchange.answerHeaders().writeTo(headers, exchange.requestId(), exchange.isSecure());
        response.end(Buffer.buffer(answer.body()), null);
        return true;
    }

    /** How old it was already when it came (RFC 9111 section 4.2.3). */
    private static long ageThen(MultiMap headers) {
        String age = headers.get("age");
        return age != null && age.matches("[0-9]{1,9}") ? Long.parseLong(age) : 0;
    }

    /** @return whether the connection has to end with the answer, because the request's body has not been read */
    private boolean writeHead(HttpServerResponse response, AnswerHead head, boolean whole) {
        int status = head.status();
        response.setStatusCode(status);
        MultiMap headers = response.headers();
        boolean bodiless = status == 204 || status == 304 || method == HttpMethod.HEAD;
        AnswerFields.copy(head, exchange.answerHeaders(), headers, status == 204);
        exchange.answerHeaders().writeTo(headers, exchange.requestId(), exchange.isSecure());
        if (!whole && !bodiless && head.contentLength() < 0 && request.version() != HttpVersion.HTTP_2) {
            if (request.version() == HttpVersion.HTTP_1_0) {
                headers.set(FieldNames.CONNECTION, CLOSE);
            } else {
                response.setChunked(true);
            }
        }
        boolean leaves = leavesBody();
        if (leaves && request.version() != HttpVersion.HTTP_2) {
            headers.set(FieldNames.CONNECTION, CLOSE);
        }
        return leaves;
    }

    private boolean leavesBody() {
        return streams && !bodyComplete;
    }

    private void extendIdle() {
        extended = true;
        ClientPatience.extend(loop, request);
    }

    private void restoreIdle() {
        if (extended) {
            extended = false;
            ClientPatience.restore(loop, request);
        }
    }
}
