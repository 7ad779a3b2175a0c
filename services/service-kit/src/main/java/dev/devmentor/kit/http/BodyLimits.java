package dev.devmentor.kit.http;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps bodies small where nothing large is expected. The server knows one limit for all paths; that has to be the largest,
 * and this filter holds the other paths below theirs.
 */
@ApplicationScoped
class BodyLimits {
    /** After the server's own limit (order -2) and before the routes. */
    private static final int PRIORITY = 1;

    private static final String TOO_LARGE = """
            {"type":"https://devmentor.dev/problems/too-large","title":"Too large","status":413,\
            "detail":"the body has more bytes than this path takes"}""";

    private final long most;
    private final Map<String, Long> large = new HashMap<>();

    BodyLimits(HttpConfig config) {
        this.most = config.maxBodySize().asLongValue();
        config.largeBodies().forEach((path, size) -> large.put(path, size.asLongValue()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, PRIORITY);
    }

    private void limit(RoutingContext context) {
        boolean post = context.request().method() == HttpMethod.POST;
        long limit = post ? large.getOrDefault(context.normalizedPath(), most) : most;
        String length = context.request().getHeader("Content-Length");
        if (length == null) {
            // Counted while it is read.
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit);
        } else if (isAbove(length, limit)) {
            context.response()
                    .setStatusCode(413)
                    .putHeader("Content-Type", "application/problem+json")
                    .putHeader("Connection", "close")
                    .end(TOO_LARGE);
            return;
        }
        context.next();
    }

    private static boolean isAbove(String length, long limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException impossible) {
            // The HTTP codec has refused it before; if it had not, it would not be small.
            return true;
        }
    }
}
