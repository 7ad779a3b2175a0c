package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Cross-origin requests by a list (Fetch standard, section 3.2). What is not on it gets no leave, and a preflight is refused. */
@Singleton
class Cors implements Filter {
    private static final Pattern ORIGIN = Pattern.compile(
            "(?!http://[^/]*:80$|https://[^/]*:443$)[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private final Set<String> origins;
    private final String methods;
    private final String headers;
    private final String exposed;
    private final boolean credentials;
    private final String maxAge;
    private final TrustedProxies proxies;

    @Inject
    Cors(CorsConfig config, TrustedProxies proxies) {
        this.proxies = proxies;
        origins = Set.copyOf(config.origins().orElse(List.of()));
        origins.forEach(Cors::check);
        methods = String.join(", ", config.methods());
        headers = String.join(", ", config.headers());
        exposed = String.join(", ", config.exposedHeaders());
        credentials = config.credentials();
        maxAge = Long.toString(config.maxAge().toSeconds());
    }

    /** What no browser ever sends would let nobody in, and nobody would know why. */
    private static void check(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new ConfigurationException("devmentor.gateway.cors.origins: " + origin
                    + " is no origin as browsers send it: scheme and host in small letters, a port if it is not the usual one, and"
                    + " nothing behind");
        }
    }

    @Override
    public Stage stage() {
        return Stage.CORS;
    }

    @Override
    public void apply(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!origins.isEmpty()) {
            exchange.answerHeader("Vary", "Origin");
        }
        if (origin == null) {
            exchange.proceed();
            return;
        }
        boolean allowed = origins.contains(origin);
        boolean preflight = request.method() == HttpMethod.OPTIONS
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (allowed) {
            exchange.answerHeader("Access-Control-Allow-Origin", origin);
            if (credentials) {
                exchange.answerHeader("Access-Control-Allow-Credentials", "true");
            }
            if (preflight) {
                exchange.answerHeader("Access-Control-Allow-Methods", methods);
                exchange.answerHeader("Access-Control-Allow-Headers", headers);
                exchange.answerHeader("Access-Control-Max-Age", maxAge);
                exchange.answer(204);
                return;
            }
            exchange.answerHeader("Access-Control-Expose-Headers", exposed);
        } else if (preflight || isWebSocket(request) && !isSameOrigin(request, origin)) {
            // Browsers send a WebSocket's handshake from any page, and ask no leave for it: it has to be refused here.
            exchange.refuse(GatewayProblem.forbidden("this origin is not allowed"));
            return;
        }
        exchange.proceed();
    }

    private static boolean isWebSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /** By what the browser sees: behind a proxy that is trusted that is the proxy's. */
    private boolean isSameOrigin(HttpServerRequest request, String origin) {
        if (request.authority() == null) {
            return false;
        }
        String peer = request.remoteAddress().hostAddress();
        boolean trusted = peer != null && proxies.trusts(peer);
        String scheme = trusted ? request.getHeader("x-forwarded-proto") : null;
        String host = trusted ? request.getHeader("x-forwarded-host") : null;
        return origin.equalsIgnoreCase((scheme == null ? request.scheme() : scheme) + "://"
                + (host == null ? request.authority().toString() : host));
    }
}
