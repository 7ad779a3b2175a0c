package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Refuses callers who have not shown who they are where that is needed, and those without the route's role. A key that acts for its
 * owner is held to its scope here: only the gateway ever has the token that it is exchanged for.
 */
@Singleton
class AuthorizeFilter implements Filter {
    private static final GatewayProblem NOBODY =
            GatewayProblem.unauthorized("an access token or an API key is needed here");
    private static final GatewayProblem WRONG_ROLE =
            GatewayProblem.forbidden("the caller's role is not enough for this");

    private static final GatewayProblem KEY_FOR_ACCOUNT =
            GatewayProblem.forbidden("an API key does not manage the account of its owner");
    private static final GatewayProblem KEY_READS =
            GatewayProblem.forbidden("the key's scope is not enough: it reads and does not write");
    private static final String ACCOUNT = "/api/auth";
    private static final String GRAPHQL = "/api/graphql";

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
        } else if (isKeyOfPerson(exchange.caller()) && exchange.path().startsWith(ACCOUNT)) {
            exchange.refuse(KEY_FOR_ACCOUNT);
        } else if (isKeyOfPerson(exchange.caller()) && !mayWrite(exchange.caller()) && !isRead(exchange)) {
            exchange.refuse(KEY_READS);
        } else {
            exchange.proceed();
        }
    }

    private static boolean isKeyOfPerson(Caller caller) {
        return caller.kind() == Caller.Kind.KEY && !caller.roles().contains("service");
    }

    private static boolean mayWrite(Caller caller) {
        return List.of(caller.scope().split(" ")).contains("write");
    }

    /** There are no mutations in our GraphQL. */
    private static boolean isRead(Exchange exchange) {
        HttpMethod method = exchange.request().method();
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.OPTIONS)
                || exchange.path().equals(GRAPHQL);
    }
}
