package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.wire.Malformed;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What is known of a connection: its other end, and with HTTP/1 the exchange whose body is being read. */
final class ConnectionState {
    private final Runnable close;
    private @Nullable LiveExchange current;
    private @Nullable String peer;

    ConnectionState(Runnable close) {
        this.close = close;
    }

    void current(LiveExchange exchange) {
        current = exchange;
    }

    /** Address of the other end, as text: made once for all requests of the connection. */
    String peer(HttpServerRequest request) {
        String known = peer;
        if (known == null) {
            String address = request.remoteAddress().hostAddress();
            known = address == null ? "unknown" : address;
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
            close.run();
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
