package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import jakarta.inject.Singleton;

/** Refuses callers who have not shown who they are where that is needed, and those without the route's role. */
@Singleton
class AuthorizeFilter implements Filter {
    private static final GatewayProblem NOBODY =
            GatewayProblem.unauthorized("an access token or an API key is needed here");
    private static final GatewayProblem WRONG_ROLE =
            GatewayProblem.forbidden("the caller's role is not enough for this");

    @Override
    public Stage stage() {
        return Stage.AUTHORIZE;
    }

    @Override
    public void apply(Exchange exchange) {
        Route route = exchange.route();
        String role = route.role();
        if (route.access() == Route.Access.OPEN && role == null) {
            exchange.proceed();
        } else if (!exchange.caller().isKnown()) {
            exchange.refuse(NOBODY);
        } else if (role != null && !exchange.caller().roles().contains(role)) {
            exchange.refuse(WRONG_ROLE);
        } else {
            exchange.proceed();
        }
    }
}
