package dev.devmentor.gateway.filter;

import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The exchange of one request that came over the network. */
public final class LiveExchange implements Exchange, Handler<Void> {
    private static final Logger LOG = Logger.getLogger(LiveExchange.class);
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString CACHE_CONTROL = AsciiString.cached("cache-control");
    private static final AsciiString NO_STORE = AsciiString.cached("no-store");
    private static final AsciiString CONNECTION = AsciiString.cached("connection");
    private static final AsciiString CLOSE = AsciiString.cached("close");
    private static final long MOST_TO_DRAIN = 64 * 1024;
    private static final long DRAIN_MILLIS = 1_000;

    private final Chain chain;
    private final EventLoop eventLoop;
    private final HttpServerRequest request;
    private final Peer peer;
    private final Destination destination;
    private final long beganNanos;
    private final String path;
    private final long bodyLength;
    private final AnswerHeaders answerHeaders = new AnswerHeaders();

    private int next;
    private @Nullable Route route;
    private Caller caller = Caller.NOBODY;
    private @Nullable String authorization;
    private String clientAddress;
    private String requestId = "";
    private String traceparent = "";
    private boolean ended;
    private boolean answered;
    private @Nullable Runnable whenEnded;
    private @Nullable List<Runnable> moreWhenEnded;

    /** Where a request goes that has passed all filters. */
    @FunctionalInterface
    public interface Destination {
        void go(LiveExchange exchange);
    }

    /**
     * @param eventLoop of the connection that the request came on
     * @param peer the other end of that connection
     */
    public LiveExchange(
            Chain chain, EventLoop eventLoop, HttpServerRequest request, Peer peer, Destination destination) {
        this.chain = chain;
        this.eventLoop = eventLoop;
        this.request = request;
        this.peer = peer;
        clientAddress = peer.address();
        this.destination = destination;
        beganNanos = System.nanoTime();
        // CONNECT has none by HTTP/2; it is refused by the first filter.
        String uri = Objects.requireNonNullElse(request.uri(), "");
        int query = uri.indexOf('?');
        path = query < 0 ? uri : uri.substring(0, query);
        bodyLength = bodyLength(request);
        if (bodyLength != 0) {
            request.pause();
        }
        request.response().endHandler(this);
        // Without this handler a connection that ends is logged as an error.
        request.response().exceptionHandler(LiveExchange::ignore);
        request.exceptionHandler(LiveExchange::ignore);
    }

    private static void ignore(Throwable connectionEnded) {
        // The end of the response follows, and tells everybody.
    }

    private static long bodyLength(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String length = headers.get(io.vertx.core.http.HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return Long.parseLong(length);
        }
        if (request.version() == HttpVersion.HTTP_2) {
            // Whether more follows is not known yet. A body without a length goes on where a body has a meaning, and is
            // read over
            // where it has none (RFC 9110 section 9.3.1).
            HttpMethod method = request.method();
            boolean mayHave = method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH;
            return mayHave ? -1 : 0;
        }
        return headers.contains(io.vertx.core.http.HttpHeaders.TRANSFER_ENCODING) ? -1 : 0;
    }

    /** Starts on the way through the filters. */
    public void start() {
        proceed();
    }

    @Override
    public HttpServerRequest request() {
        return request;
    }

    @Override
    public String path() {
        return path;
    }

    /** Length of the request's body; -1 if it will only be known at its end. */
    public long bodyLength() {
        return bodyLength;
    }

    /** The other end of the connection. */
    public Peer peer() {
        return peer;
    }

    /** Whether the connection is encrypted. */
    public boolean isSecure() {
        return peer.secure();
    }

    @Override
    public Route route() {
        Route found = route;
        if (found == null) {
            throw new IllegalStateException("no route yet");
        }
        return found;
    }

    /** The route, if there is one yet. */
    public @Nullable Route routeOrNull() {
        return route;
    }

    @Override
    public void route(Route found) {
        route = found;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public void caller(Caller who) {
        caller = who;
    }

    @Override
    public void authorization(@Nullable String value) {
        authorization = value;
    }

    @Override
    public @Nullable String authorization() {
        return authorization;
    }

    @Override
    public String clientAddress() {
        return clientAddress;
    }

    @Override
    public void clientAddress(String address) {
        clientAddress = address;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public void requestId(String id) {
        requestId = id;
    }

    @Override
    public String traceparent() {
        return traceparent;
    }

    @Override
    public void traceparent(String value) {
        traceparent = value;
    }

    @Override
    public void answerHeader(String name, String value) {
        answerHeaders.set(name, value);
    }

    /** What the gateway puts on the answer. */
    public AnswerHeaders answerHeaders() {
        return answerHeaders;
    }

    @Override
    public void proceed() {
        if (ended) {
            return;
        }
        try {
            if (next < chain.size()) {
                chain.filter(next++).apply(this);
            } else if (next == chain.size()) {
                next++;
                destination.go(this);
            } else {
                throw new IllegalStateException("a filter went on twice");
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "request %s failed", requestId);
            refuse(GatewayProblem.of("internal-error", "Internal Server Error", 500, null));
        }
    }

    @Override
    public void refuse(GatewayProblem problem) {
        HttpServerResponse response = request.response();
        if (ended || answered || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            abort();
            return;
        }
        answered = true;
        MultiMap headers = response.headers();
        headers.clear();
        response.setStatusCode(problem.status());
        headers.add(CONTENT_TYPE, PROBLEM);
        headers.add(CACHE_CONTROL, NO_STORE);
        problem.headers().forEach(headers::add);
        end(response, problem.json(), problem.endsConnection());
    }

    @Override
    public void answer(int status) {
        HttpServerResponse response = request.response();
        if (ended || answered || response.ended() || response.headWritten()) {
            return;
        }
        answered = true;
        response.headers().clear();
        response.setStatusCode(status);
        end(response, null, false);
    }

    private void end(HttpServerResponse response, @Nullable String body, boolean last) {
        answerHeaders.writeTo(response.headers(), requestId, isSecure());
        boolean close = (last || leavesBody()) && request.version() != HttpVersion.HTTP_2;
        if (close) {
            response.headers().set(CONNECTION, CLOSE);
        }
        boolean drain = leavesBody();
        if (body == null) {
            response.end();
        } else if (request.method() == HttpMethod.HEAD) {
            response.headers()
                    .set("content-length", Integer.toString(Buffer.buffer(body).length()));
            response.end();
        } else {
            response.end(Buffer.buffer(body), null);
        }
        if (close) {
            closeAfterBody();
        } else if (drain) {
            request.resume();
        }
    }

    private boolean leavesBody() {
        return bodyLength != 0 && !request.isEnded();
    }

    /**
     * Reads over what is left of the request's body for a moment, and closes the connection: closing at once would take the answer
     * away from a client that is still sending.
     */
    public void closeAfterBody() {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(0);
            return;
        }
        long[] left = {MOST_TO_DRAIN * 16};
        try {
            request.handler(data -> {
                left[0] -= data.length();
                if (left[0] < 0) {
                    request.connection().close();
                }
            });
            request.endHandler(end -> request.connection().close());
            request.resume();
        } catch (IllegalStateException alreadyEnded) {
            request.connection().close();
        }
        eventLoop.schedule(
                () -> request.connection().close(), DRAIN_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    /** Ends the client's connection (or the stream of HTTP/2), so that it sees that the answer is not complete. */
    public void abort() {
        if (ended) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(2); // INTERNAL_ERROR, RFC 9113 section 7
        } else {
            request.connection().close();
        }
        ended();
    }

    @Override
    public void onEventLoop(Runnable action) {
        if (eventLoop.inEventLoop()) {
            if (!ended) {
                action.run();
            }
        } else {
            eventLoop.execute(() -> {
                if (!ended) {
                    action.run();
                }
            });
        }
    }

    /** The event loop of this exchange. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void whenEnded(Runnable action) {
        if (ended) {
            action.run();
        } else if (whenEnded == null) {
            whenEnded = action;
        } else {
            if (moreWhenEnded == null) {
                moreWhenEnded = new ArrayList<>(2);
            }
            moreWhenEnded.add(action);
        }
    }

    /** The response has ended, or its connection. */
    @Override
    public void handle(Void end) {
        ended();
    }

    /** Notes that the request has come to its end. */
    public void ended() {
        if (ended) {
            return;
        }
        ended = true;
        run(whenEnded);
        if (moreWhenEnded != null) {
            moreWhenEnded.forEach(LiveExchange::run);
        }
    }

    private static void run(@Nullable Runnable action) {
        if (action != null) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("what follows a request failed", e);
            }
        }
    }

    @Override
    public long beganNanos() {
        return beganNanos;
    }
}
