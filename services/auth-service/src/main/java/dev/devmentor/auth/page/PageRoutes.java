package dev.devmentor.auth.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * {@code /auth/login} is {@code /auth/login.html}; no page runs a script, shows a frame or asks a server but our own; and what is
 * answered of a person is kept by no cache.
 */
@ApplicationScoped
class PageRoutes {
    private static final List<String> PAGES =
            List.of("login", "register", "reset", "verify", "device", "account", "vault");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    void register(@Observes Router router) {
        router.route("/auth/*").order(-1_000).handler(PageRoutes::protect);
        // Before the answer is made: what may be kept, as the key set, says so.
        router.route("/api/auth/*").order(-1_000).handler(context -> {
            context.response().putHeader("Cache-Control", "no-store");
            context.next();
        });
        for (String page : PAGES) {
            router.route(HttpMethod.GET, "/auth/" + page)
                    .order(-999)
                    .handler(context -> context.reroute("/auth/" + page + ".html"));
        }
        router.route(HttpMethod.GET, "/auth").order(-999).handler(context -> context.redirect("/auth/account"));
    }

    private static void protect(RoutingContext context) {
        // Else a browser would go on with yesterday's pages, or with half of them, after an update.
        context.addHeadersEndHandler(sending -> {
            String cached = context.response().headers().get("Cache-Control");
            if (cached == null || !cached.contains("no-store")) {
                context.response().headers().set("Cache-Control", "no-cache");
            }
        });
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }
}
