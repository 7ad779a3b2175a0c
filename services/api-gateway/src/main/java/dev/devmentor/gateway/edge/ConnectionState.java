package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.filter.Peer;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.wire.Malformed;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection: its other end, with HTTP/1 the exchange whose body is being read, and with HTTP/2 how many there
 * are. Belongs to one event loop.
 */
final class ConnectionState {
    private static final long GOODBYE_MILLIS = 1_000;

    private final HttpServerConnection connection;
    private final EventLoop eventLoop;
    private final boolean isHttp2;
    private final long idleMillis;
    private long lastCallMillis;
    private @Nullable LiveExchange current;
    private @Nullable Peer peer;
    private boolean isLeaving;
    private boolean isGone;
    private int streams;
    private @Nullable ScheduledFuture<?> idle;

    ConnectionState(HttpServerConnection connection, EventLoop eventLoop, boolean isHttp2, long idleMillis) {
        this.connection = connection;
        this.eventLoop = eventLoop;
        this.isHttp2 = isHttp2;
        this.idleMillis = idleMillis;
        awaitStream();
    }

    void current(LiveExchange exchange) {
        current = exchange;
        if (isLeaving && !isHttp2) {
            last(exchange);
        }
        if (isHttp2) {
            streams++;
            if (idle != null) {
                idle.cancel(false);
                idle = null;
            }
            exchange.whenEnded(() -> {
                streams--;
                awaitStream();
            });
        }
    }

    /** A connection of HTTP/2 is silent between two frames of a stream, too: idle it is without any stream. */
    private void awaitStream() {
        if (isHttp2 && streams == 0 && !isGone) {
            idle = eventLoop.schedule(() -> connection.shutdown(GOODBYE_MILLIS), idleMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** The connection is gone. */
    void closed() {
        isGone = true;
        if (idle != null) {
            idle.cancel(false);
        }
    }

    /**
     * Ends the connection once what is under way is answered.
     *
     * @param lastCallMillis for how long a request that was on its way already may still come where none is under way
     */
    void leave(long patienceMillis, long lastCallMillis) {
        this.lastCallMillis = lastCallMillis;
        LiveExchange exchange = current;
        if (isLeaving) {
            return;
        }
        isLeaving = true;
        if (isHttp2) {
            connection.shutdown(patienceMillis);
        } else if (exchange == null || exchange.isEnded()) {
            closeSoon();
        } else if (exchange.request().response().headWritten()) {
            // Its head has not said that the connection ends.
            exchange.whenEnded(this::closeSoon);
        } else {
            last(exchange);
        }
    }

    private void closeSoon() {
        eventLoop.schedule(this::closeIdle, lastCallMillis, TimeUnit.MILLISECONDS);
    }

    private void closeIdle() {
        LiveExchange exchange = current;
        if (exchange == null || exchange.isEnded()) {
            connection.close();
        }
    }

    private void last(LiveExchange exchange) {
        exchange.answerHeader("Connection", "close");
        exchange.whenEnded(connection::close);
    }

    /** The other end, found out once for all requests of the connection. */
    Peer peer(HttpServerRequest request) {
        Peer known = peer;
        if (known == null) {
            known = Peer.of(request);
            peer = known;
        }
        return known;
    }

    /** A body is no proper one: its request is refused if it has not been answered, and the connection ends. */
    void broken(Malformed how) {
        LiveExchange exchange = current;
        if (exchange == null
                || exchange.isEnded()
                || exchange.request().isEnded()
                || exchange.request().response().headWritten()) {
            connection.close();
            return;
        }
        exchange.refuse(problem(how));
    }

    /** What a client is told of something malformed. */
    static GatewayProblem problem(Malformed how) {
        return switch (how.status()) {
            case 405 ->
                new GatewayProblem(
                        "method-not-allowed",
                        "Method Not Allowed",
                        405,
                        how.detail(),
                        java.util.Map.of("Allow", Hygiene.ALLOWED_METHODS));
            case 408 -> GatewayProblem.requestTimeout(how.detail());
            case 413 -> GatewayProblem.of("too-large", "The body is too large", 413, how.detail());
            case 414 -> GatewayProblem.of("uri-too-long", "The URI is too long", 414, how.detail());
            case 417 -> GatewayProblem.of("expectation-failed", "Expectation Failed", 417, how.detail());
            case 431 -> GatewayProblem.of("head-too-large", "The head of the request is too large", 431, how.detail());
            case 505 -> GatewayProblem.of("http-version", "HTTP Version Not Supported", 505, how.detail());
            default -> GatewayProblem.malformed(how.detail());
        };
    }
}
