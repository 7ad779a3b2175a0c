package dev.devmentor.gateway.filter;

import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the gateway, and its answer. Belongs to one event loop; nothing in it is thread-safe. What is
 * not on the event loop goes back to it before it touches an exchange ({@link #onEventLoop}).
 */
public interface Exchange {
    /** The request as it came in. Its body has not been read, and is paused. */
    HttpServerRequest request();

    /** The path without query, as it came in: undecoded. Free of dot segments, empty segments and encoded slashes. */
    String path();

    /** The route, from stage ROUTE on. */
    Route route();

    /** Sets the route. */
    void route(Route route);

    /** Who calls, from stage AUTHENTICATE on. */
    Caller caller();

    /** Sets who calls. */
    void caller(Caller caller);

    /**
     * The value of {@code Authorization} that goes on to the service in place of the one that came in; null for the one that
     * came in. An API key is exchanged for an access token here and never goes on.
     */
    void authorization(@Nullable String value);

    /** What {@link #authorization(String)} has set. */
    @Nullable String authorization();

    /** Address of the caller's end: the socket's, or what a trusted proxy says. Textual, without port and brackets. */
    String clientAddress();

    /** Sets the address. */
    void clientAddress(String address);

    /** Id of this request, for logs and for the answer. */
    String requestId();

    /** Sets the id. */
    void requestId(String id);

    /** The value of {@code traceparent} that goes on to the service. */
    String traceparent();

    /** Sets the value of {@code traceparent}. */
    void traceparent(String value);

    /**
     * Adds a header to the answer, whoever makes it. Takes the place of one of that name that the service sent.
     *
     * @param name in its usual spelling
     */
    void answerHeader(String name, String value);

    /** Goes on to the next filter, or after the last one to the service. */
    void proceed();

    /** Ends the request with a problem; the rest of its body is not read. */
    void refuse(GatewayProblem problem);

    /** Ends the request with a status and without a body, such as 204 of a preflight. */
    void answer(int status);

    /** Runs something on the event loop of this exchange, now if this is it. Does nothing if the request has ended. */
    void onEventLoop(Runnable action);

    /** Whether the request has been answered or its connection is gone. */
    boolean isEnded();

    /** Runs once the answer is complete or the connection is gone. */
    void whenEnded(Runnable action);

    /** {@link System#nanoTime()} when the request came in. */
    long beganNanos();
}
