package dev.devmentor.gateway.route;

import dev.devmentor.gateway.route.Route.Access;
import dev.devmentor.gateway.route.Route.Limits;
import dev.devmentor.gateway.route.RouteTable.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the platform's catalogue. What is open is named here path by path; all else needs a token, and what is below {@code
 * /api} and not named is nowhere.
 */
final class DeliveredRoutes {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long MIB = 1024 * 1024;

    private final List<Entry> entries = new ArrayList<>();

    private DeliveredRoutes() {}

    static List<Entry> all() {
        DeliveredRoutes routes = new DeliveredRoutes();
        routes.services();
        routes.authentication();
        routes.own();
        return List.copyOf(routes.entries);
    }

    private void services() {
        token("ai", "/api/ai", "ai-gateway", MIB);
        // For clients of the OpenAI API, as they are.
        token("ai-openai", "/v1", "ai-gateway", MIB);
        token("memory", "/api/memory", "memory-service", MIB);
        token("projects", "/api/projects", "project-service", MIB);
        token("epics", "/api/epics", "project-service", MIB);
        token("tasks", "/api/tasks", "project-service", MIB);
        token("sprints", "/api/sprints", "project-service", MIB);
        token("learning", "/api/learning", "learning-service", MIB);
        token("learning-interviews", "/api/learning/interviews", "learning-service", 12 * MIB);
        token("learning-imports", "/api/learning/imports", "learning-service", 101 * MIB);
        token("tdd", "/api/tdd", "learning-service", MIB);
        token("services", "/api/services", "monitoring-service", MIB);
        token("metrics-history", "/api/metrics", "monitoring-service", MIB);
        token("incidents", "/api/incidents", "monitoring-service", MIB);
        token("predictions", "/api/predictions", "monitoring-service", MIB);
        token("observability", "/api/observability", "monitoring-service", MIB);
        token("analyzer", "/api/analyzer", "repo-analyzer", MIB);
        token("pbml", "/api/pbml", "pbml-service", MIB);
        token("pbml-capture", "/api/pbml/patterns/capture", "pbml-service", 8 * MIB);
        token("pbml-learn", "/api/pbml/learn", "pbml-service", 51 * MIB);
        token("pbml-embeddings", "/api/pbml/embeddings", "pbml-service", 7 * MIB);
        token("features", "/api/features", "feature-center", MIB);
        token("scraper", "/api/scraper", "scraper-service", MIB);
        token("websocket", "/ws", "websocket-gateway", 0);
        // Static pages, the public ones and the demo.
        add("frontend", "/", false, "frontend", Access.OPEN, null, Limits.NONE, MIB, 60);
    }

    private void authentication() {
        token("auth", "/api/auth", "auth-service", MIB);
        open("auth-register", "/api/auth/register");
        open("auth-verify-email", "/api/auth/verify-email");
        open("auth-login", "/api/auth/login");
        open("auth-refresh", "/api/auth/refresh");
        // By the refresh token: a session can be ended when its access token has expired.
        open("auth-logout", "/api/auth/logout");
        open("auth-reset-password", "/api/auth/reset-password");
        open("auth-reset-password-confirm", "/api/auth/reset-password/confirm");
        open("auth-github", "/api/auth/github");
        open("auth-github-callback", "/api/auth/github/callback");
        open("auth-github-second-factor", "/api/auth/github/second-factor");
        // What the pages of login and registration ask.
        open("auth-github-status", "/api/auth/github/status");
        open("auth-password-policy", "/api/auth/password-policy");
        open("auth-srp-challenge", "/api/auth/srp/challenge");
        open("auth-srp-proof", "/api/auth/srp/proof");
        // With the receipt, when there is no account any more; the list needs an operator's token there.
        add("auth-erasures", "/api/auth/erasures", false, "auth-service", Access.OPEN, null, Limits.AUTH, MIB, 0);
        // Clients show at these who they are in their own way (RFC 6749 2.3, 7662, 7009, 8628).
        open("auth-token", "/api/auth/token");
        open("auth-device-authorization", "/api/auth/device_authorization");
        open("auth-introspect", "/api/auth/introspect");
        open("auth-revoke", "/api/auth/revoke");
        // Documents that every resource server reads; kept, so that they are there when the auth service is not.
        add("auth-jwks", "/api/auth/jwks", true, "auth-service", Access.OPEN, null, Limits.NONE, 0, 300);
        add("auth-well-known", "/.well-known", false, "auth-service", Access.OPEN, null, Limits.NONE, 0, 300);
        add("auth-pages", "/auth", false, "auth-service", Access.OPEN, null, Limits.NONE, MIB, 0);
    }

    private void own() {
        entries.add(new Entry("/api", false, null));
        add("graphql", "/api/graphql", false, null, Access.TOKEN, null, Limits.CALLER, MIB, 0);
        add("status", "/api/health", false, null, Access.OPEN, null, Limits.NONE, 0, 0);
        add("operators", "/api/gateway", false, null, Access.TOKEN, "operator", Limits.NONE, MIB, 0);
        // For everybody as they are, also on public pages; a token that comes along is checked by what evaluates the
        // flags.
        add("flags", "/flags", false, null, Access.OPEN, null, Limits.NONE, MIB, 0);
        add("portal", "/portal", false, null, Access.OPEN, null, Limits.NONE, MIB, 0);
        add("quarkus", "/q", false, null, Access.TOKEN, "operator", Limits.NONE, 0, 0);
        add("quarkus-health", "/q/health", false, null, Access.OPEN, null, Limits.NONE, 0, 0);
        add("health", "/health", false, null, Access.OPEN, null, Limits.NONE, 0, 0);
        add("metrics", "/metrics", false, null, Access.TOKEN, "operator", Limits.NONE, 0, 0);
    }

    private void token(String name, String prefix, String service, long maxBody) {
        add(name, prefix, false, service, Access.TOKEN, null, Limits.CALLER, maxBody, 0);
    }

    /** Open, the path itself and nothing below, with the limits of addresses. */
    private void open(String name, String path) {
        add(name, path, true, "auth-service", Access.OPEN, null, Limits.AUTH, MIB, 0);
    }

    private void add(
            String name,
            String prefix,
            boolean exact,
            @Nullable String service,
            Access access,
            @Nullable String role,
            Limits limits,
            long maxBody,
            int cacheSeconds) {
        entries.add(new Entry(
                prefix, exact, new Route(name, prefix, service, access, role, limits, TIMEOUT, maxBody, cacheSeconds)));
    }
}
