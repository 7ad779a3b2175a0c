package dev.devmentor.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.gateway.route.Route.Access;
import dev.devmentor.gateway.route.Route.Limits;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.Settings.RouteSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesInForceTest {
    private final RoutesInForce routes = new RoutesInForce(Map.of());

    @ParameterizedTest
    @CsvSource({
        "/api/ai/chat, ai-gateway",
        "/v1/chat/completions, ai-gateway",
        "/api/auth/me, auth-service",
        "/api/memory/store, memory-service",
        "/api/projects, project-service",
        "/api/epics/7/tasks, project-service",
        "/api/tasks/7/status, project-service",
        "/api/sprints/current, project-service",
        "/api/learning/paths, learning-service",
        "/api/tdd/sessions, learning-service",
        "/api/services, monitoring-service",
        "/api/metrics, monitoring-service",
        "/api/incidents, monitoring-service",
        "/api/predictions, monitoring-service",
        "/api/observability, monitoring-service",
        "/api/analyzer/scans, repo-analyzer",
        "/api/pbml/patterns, pbml-service",
        "/api/features, feature-center",
        "/api/scraper/crawls, scraper-service",
        "/ws, websocket-gateway"
    })
    void everyServiceNeedsATokenAndTheLimitsOfTheCaller(String path, String service) {
        Route route = found(path);
        assertThat(route.service()).isEqualTo(service);
        assertThat(route.access()).isEqualTo(Access.TOKEN);
        assertThat(route.limits()).isEqualTo(Limits.CALLER);
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register",
                "verify-email",
                "login",
                "refresh",
                "logout",
                "reset-password",
                "reset-password/confirm",
                "github",
                "github/callback",
                "github/second-factor",
                "github/status",
                "password-policy",
                "erasures/e-1",
                "srp/challenge",
                "srp/proof",
                "token",
                "device_authorization",
                "introspect",
                "revoke"
            })
    void theWaysInAreOpenWithTheLimitsOfAddresses(String path) {
        Route route = found("/api/auth/" + path);
        assertThat(route.access()).isEqualTo(Access.OPEN);
        assertThat(route.limits()).isEqualTo(Limits.AUTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth",
                "/api/auth/",
                "/api/auth/me",
                "/api/auth/sessions/7",
                "/api/auth/github/repositories",
                "/api/auth/login/",
                "/api/auth/login/x",
                "/api/auth/loginx",
                "/api/auth/LOGIN",
                "/api/auth/%6cogin",
                "/api/auth/login;x=1",
                "/api/auth/srp",
                "/api/auth/srp/verifier",
                "/api/auth/jwks/x"
            })
    void allElseAtTheAuthServiceNeedsAToken(String path) {
        assertThat(found(path).name()).isEqualTo("auth");
        assertThat(found(path).access()).isEqualTo(Access.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "/, frontend",
        "/tasks, frontend",
        "/apix, frontend",
        "/demo, frontend",
        "/auth, auth-pages",
        "/auth/login, auth-pages",
        "/api/auth/jwks, auth-jwks",
        "/.well-known/openid-configuration, auth-well-known",
        "/api/health, status",
        "/q/health/ready, quarkus-health",
        "/health, health",
        "/portal/app.js, portal"
    })
    void pagesDocumentsAndHealthAreOpenAndNotLimited(String path, String name) {
        assertThat(found(path).name()).isEqualTo(name);
        assertThat(found(path).access()).isEqualTo(Access.OPEN);
        assertThat(found(path).limits()).isEqualTo(Limits.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/gateway/settings", "/q/openapi", "/q/dev-ui", "/metrics"})
    void whatIsForOperatorsNeedsTheirRole(String path) {
        assertThat(found(path).access()).isEqualTo(Access.TOKEN);
        assertThat(found(path).role()).isEqualTo("operator");
        assertThat(found(path).service()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/unknown", "/api/aix", "/api/%67ateway/settings", "", "api/ai", "*"})
    void whatIsNotNamedBelowApiIsNowhere(String path) {
        assertThat(routes.find(path)).isNull();
    }

    @Test
    void largeBodiesAreTakenOnlyWhereTheServiceTakesThem() {
        assertThat(found("/api/learning/imports/7").maxBodyBytes()).isEqualTo(101L << 20);
        assertThat(found("/api/learning/cards").maxBodyBytes()).isEqualTo(1L << 20);
    }

    @Test
    void operatorsCanCloseARouteAndChangeItsTimesButNotOpenOne() {
        Settings settings = routes(Map.of(
                "auth-register",
                new RouteSettings(5000, "TOKEN", "operator", 10L, 7),
                "learning",
                new RouteSettings(null, null, "learner", null, null)));
        assertThat(routes.problems(settings)).isEmpty();
        routes.apply(settings);
        Route closed = found("/api/auth/register");
        assertThat(closed.access()).isEqualTo(Access.TOKEN);
        assertThat(closed.role()).isEqualTo("operator");
        assertThat(closed.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(closed.maxBodyBytes()).isEqualTo(10);
        assertThat(closed.cacheSeconds()).isEqualTo(7);
        assertThat(found("/api/learning").role()).isEqualTo("learner");

        assertThat(routes.problems(routes(Map.of("learning", new RouteSettings(null, "OPEN", null, null, null)))))
                .containsExactly("routes.learning.access: can be closed, but not opened here");
        assertThat(routes.problems(routes(Map.of("operators", new RouteSettings(null, null, "learner", null, null)))))
                .containsExactly("routes.operators.role: is operator, and can't be another one");
        assertThat(routes.problems(routes(Map.of("no", new RouteSettings(null, null, null, null, null)))))
                .containsExactly("routes.no: there is no such route");

        routes.apply(Settings.NONE);
        assertThat(found("/api/auth/register").access()).isEqualTo(Access.OPEN);
    }

    /** The tree beside the plainest way: go through all routes, keep the longest that fits. */
    @Test
    void findsWhatAScanOverAllRoutesFindsFor100000Paths() {
        SplittableRandom random = new SplittableRandom(5);
        String[] words = {"api", "a", "b", "ab", "login", "x", ""};
        for (int round = 0; round < 500; round++) {
            List<RouteTable.Entry> entries = new ArrayList<>();
            for (int i = 0; i < random.nextInt(1, 12); i++) {
                String prefix = path(random, words, 6);
                boolean exact = random.nextInt(3) == 0;
                if (prefix.length() > 1 && (prefix.endsWith("/") || prefix.contains("//"))
                        || entries.stream().anyMatch(e -> e.prefix().equals(prefix) && e.exact() == exact)) {
                    continue;
                }
                Route route = random.nextInt(6) == 0
                        ? null
                        : new Route("r" + i, prefix, null, Access.TOKEN, null, Limits.NONE, Duration.ZERO, 0, 0);
                entries.add(new RouteTable.Entry(prefix, exact, route));
            }
            RouteTable table = new RouteTable(entries);
            for (int i = 0; i < 200; i++) {
                String path = path(random, words, 7);
                assertThat(table.find(path)).as("%s in %s", path, entries).isEqualTo(scan(entries, path));
            }
        }
    }

    @Test
    void configurationMayOpenARouteAndItsRoleGoesWithThat() {
        RouteConfig config = new SmallRyeConfigBuilder()
                .withMapping(RouteConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "devmentor.gateway.routes.metrics.access", "OPEN",
                                "devmentor.gateway.routes.quarkus.timeout", "5S"),
                        "test",
                        100))
                .withConverter(Duration.class, 100, new DurationConverter())
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .build()
                .getConfigMapping(RouteConfig.class);
        RoutesInForce changed = new RoutesInForce(config);

        Route metrics = Objects.requireNonNull(changed.find("/metrics"));
        assertThat(metrics.access()).isEqualTo(Access.OPEN);
        assertThat(metrics.role()).isNull();
        assertThat(Objects.requireNonNull(changed.find("/q/info")).role()).isEqualTo("operator");
        assertThat(found("/metrics").role()).isEqualTo("operator");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mine.access | OPEN | .mine: there is no such route; a new one needs a prefix",
                "mine.prefix | mine | : the prefix mine does not begin with a slash, or ends with one",
                "mine.prefix | /mine/ | : the prefix /mine/ does not begin with a slash, or ends with one",
                "mine.prefix | /api/ai | : two routes have the prefix /api/ai",
                "mine.prefix | =/api/auth/login | : two routes have the prefix =/api/auth/login"
            })
    void aRouteThatCannotBeEndsTheStart(String setting, String value, String message) {
        RouteConfig config = new SmallRyeConfigBuilder()
                .withMapping(RouteConfig.class)
                .withSources(
                        new PropertiesConfigSource(Map.of("devmentor.gateway.routes." + setting, value), "test", 100))
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .build()
                .getConfigMapping(RouteConfig.class);
        assertThatThrownBy(() -> new RoutesInForce(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("devmentor.gateway.routes" + message);
    }

    private static @Nullable Route scan(List<RouteTable.Entry> entries, String path) {
        RouteTable.Entry best = null;
        for (RouteTable.Entry entry : entries) {
            if (entry.exact() && entry.prefix().equals(path)) {
                return entry.route();
            }
            String below = entry.prefix().equals("/") ? "/" : entry.prefix() + "/";
            boolean fits = !entry.exact() && (path.equals(entry.prefix()) || path.startsWith(below));
            if (fits && (best == null || entry.prefix().length() > best.prefix().length())) {
                best = entry;
            }
        }
        return best == null ? null : best.route();
    }

    private static String path(SplittableRandom random, String[] words, int kinds) {
        StringBuilder path = new StringBuilder();
        int segments = random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            path.append('/').append(words[random.nextInt(kinds)]);
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static Settings routes(Map<String, RouteSettings> routes) {
        return new Settings(Settings.NONE.limits(), Settings.NONE.breaker(), Settings.NONE.retry(), routes, Map.of());
    }

    private Route found(String path) {
        return Objects.requireNonNull(routes.find(path), path);
    }
}
