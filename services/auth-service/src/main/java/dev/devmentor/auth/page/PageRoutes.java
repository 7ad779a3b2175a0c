package dev.devmentor.auth.page;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * {@code /auth/login} is {@code /auth/login.html}; no page runs a script, shows a frame or asks a server but our own; and what is
 * answered of a person is kept by no cache.
 */
@ApplicationScoped
class PageRoutes {
    private static final List<String> PAGES =
            List.of("login", "register", "reset", "verify", "device", "account", "vault");
    /** What takes forms and no JSON. */
    private static final Set<String> FORMS =
            Set.of("/api/auth/token", "/api/auth/introspect", "/api/auth/revoke", "/api/auth/device_authorization");

    private static final String UNTYPED =
            "{\"type\":\"https://devmentor.dev/problems/unsupported-media-type\",\"title\":\"Unsupported Media Type\","
                    + "\"status\":415,\"detail\":\"a body has a Content-Type\"}";
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    void register(@Observes Router router) {
        router.route("/auth/*").order(-1_000).handler(PageRoutes::protect);
        router.route("/api/auth/*").order(-1_000).handler(PageRoutes::keepNowhere);
        router.route("/api/auth/*").order(-999).handler(PageRoutes::refuseUntyped);
        for (String page : PAGES) {
            router.route(HttpMethod.GET, "/auth/" + page)
                    .order(-999)
                    .handler(context -> context.reroute("/auth/" + page + ".html"));
        }
        router.route(HttpMethod.GET, "/auth").order(-999).handler(context -> context.redirect("/auth/account"));
    }

    /** What may be kept, as the key set, says so. */
    private static void keepNowhere(RoutingContext context) {
        context.addHeadersEndHandler(sending -> {
            MultiMap headers = context.response().headers();
            List<String> said = headers.getAll(CACHE_CONTROL);
            headers.set(CACHE_CONTROL, said.isEmpty() ? "no-store" : said.getLast());
        });
        context.next();
    }

    /**
     * A body says what it is: without that a page of another site could send JSON and no browser would ask first. What the type of no body is
     * matters to nobody: {@code curl -d ''} says that it is a form.
     */
    private static void refuseUntyped(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader("Content-Length");
        boolean body = request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
        if (body && request.getHeader("Content-Type") == null) {
            context.response()
                    .setStatusCode(415)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(UNTYPED);
        } else {
            // Over HTTP/2 a body may come without a length.
            if ("0".equals(length) || (!body && request.version() != HttpVersion.HTTP_2)) {
                request.headers()
                        .set(
                                "Content-Type",
                                FORMS.contains(context.normalizedPath())
                                        ? "application/x-www-form-urlencoded"
                                        : "application/json");
            }
            context.next();
        }
    }

    private static void protect(RoutingContext context) {
        // Else a browser would go on with yesterday's pages, or with half of them, after an update.
        context.addHeadersEndHandler(sending -> {
            String cached = context.response().headers().get(CACHE_CONTROL);
            if (cached == null || !cached.contains("no-store")) {
                context.response().headers().set(CACHE_CONTROL, "no-cache");
            }
        });
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }
}
