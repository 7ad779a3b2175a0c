package dev.devmentor.gateway.route;

import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import jakarta.inject.Singleton;

/** Finds the route of a request; where there is none it is 404. */
@Singleton
final class RouteFilter implements Filter {
    private final Routes routes;

    RouteFilter(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Stage stage() {
        return Stage.ROUTE;
    }

    @Override
    public void apply(Exchange exchange) {
        Route route = routes.find(exchange.path());
        if (route == null) {
            exchange.refuse(GatewayProblem.notFound());
            return;
        }
        exchange.route(route);
        exchange.proceed();
    }
}
