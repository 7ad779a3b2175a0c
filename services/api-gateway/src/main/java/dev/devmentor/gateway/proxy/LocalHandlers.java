package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.filter.LiveExchange;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;

/** The framework's handlers: resources, GraphQL, health, metrics and pages of this process. */
final class LocalHandlers implements LiveExchange.Destination {
    @Override
    public void go(LiveExchange exchange) {
        HttpServerRequest request = exchange.request();
        exchange.answerHeaders().presetOn(request.response().headers(), exchange.requestId(), exchange.isSecure());
        String authorization = exchange.authorization();
        if (authorization != null) {
            // An API key was exchanged for a token: the framework's handlers know tokens only.
            request.headers().set(HttpHeaders.AUTHORIZATION, authorization);
        }
        ContextInternal context = (ContextInternal) ((HttpServerRequestInternal) request).context();
        QuarkusRequestWrapper wrapped = new QuarkusRequestWrapper(request, (cookie, anyRequest) -> {});
        wrapped.addRequestDoneHandler(done -> exchange.onEventLoop(exchange::ended));
        context.dispatch(wrapped, VertxHttpRecorder.getRootHandler());
    }
}
