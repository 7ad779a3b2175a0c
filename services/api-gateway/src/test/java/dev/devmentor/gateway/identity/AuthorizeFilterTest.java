package dev.devmentor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.HandmadeExchange;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizeFilterTest {
    private static final Caller ADA =
            new Caller(Caller.Kind.TOKEN, "ada", "free", List.of("learner"), "", null, null, 0, 0);

    private static @Nullable GatewayProblem problem(Route.Access access, @Nullable String role, Caller caller) {
        HandmadeExchange exchange =
                new HandmadeExchange(HandmadeExchange.route(access, role, Route.Limits.CALLER)).as(caller);
        new AuthorizeFilter().apply(exchange);
        return exchange.problem();
    }

    private static @Nullable GatewayProblem problem(String method, String path, Caller caller) {
        HandmadeExchange exchange = new HandmadeExchange(
                        HandmadeExchange.route(Route.Access.TOKEN, null, Route.Limits.CALLER))
                .as(caller)
                .request(method, path);
        new AuthorizeFilter().apply(exchange);
        return exchange.problem();
    }

    @Test
    void letsAnybodyUseAnOpenRoute() {
        assertThat(problem(Route.Access.OPEN, null, Caller.NOBODY)).isNull();
        assertThat(problem(Route.Access.OPEN, null, ADA)).isNull();
    }

    @Test
    void asksForATokenWhereOneIsNeeded() {
        GatewayProblem problem = problem(Route.Access.TOKEN, null, Caller.NOBODY);
        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(problem(Route.Access.TOKEN, null, ADA)).isNull();
    }

    @Test
    void asksForTheRoleOfTheRoute() {
        assertThat(problem(Route.Access.TOKEN, "learner", ADA)).isNull();
        assertThat(problem(Route.Access.TOKEN, "operator", ADA).status()).isEqualTo(403);
        assertThat(problem(Route.Access.OPEN, "operator", Caller.NOBODY).status())
                .isEqualTo(401);
    }

    @Test
    void aKeyIsHeldToItsScope() {
        Caller reads = new Caller(Caller.Kind.KEY, "ada", "free", List.of("learner"), "read", null, "k", 0, 0);
        Caller writes = new Caller(Caller.Kind.KEY, "ada", "free", List.of("learner"), "read write", null, "k", 0, 0);
        Caller itself = new Caller(Caller.Kind.KEY, "sa-1", "free", List.of("service"), "service", null, "k", 0, 0);
        assertThat(problem("GET", "/api/learning/paths", reads)).isNull();
        assertThat(problem("POST", "/api/graphql", reads)).isNull();
        assertThat(problem("POST", "/api/learning/reviews", reads).status()).isEqualTo(403);
        assertThat(problem("DELETE", "/api/pbml/patterns/1", reads).status()).isEqualTo(403);
        assertThat(problem("POST", "/api/learning/reviews", writes)).isNull();
        assertThat(problem("POST", "/api/learning/xp/add", itself)).isNull();
        for (Caller key : List.of(reads, writes)) {
            assertThat(problem("GET", "/api/auth/me", key).status()).isEqualTo(403);
            assertThat(problem("POST", "/api/auth/me/erasure", key).status()).isEqualTo(403);
        }
    }
}
