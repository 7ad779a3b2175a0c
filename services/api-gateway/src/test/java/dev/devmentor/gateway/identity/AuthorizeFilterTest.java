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
}
